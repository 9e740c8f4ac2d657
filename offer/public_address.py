"""What the address of a page may say: whom it identifies nobody by. Pure.

Our forms post what tells of a person. Somebody can still write a postcode or a birthday into an address by
hand, or follow a link of another site that does. Such an address works as if the rest of it stood there,
is repeated in no link, and its reply is kept by no cache: `offer/middleware.py`.
"""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

# Every name that a public page reads from its address; see the docstrings of the views.
NAMES = frozenset(
    {
        "access", "age", "ages", "by", "council", "councils", "decides", "exact", "in", "kind", "language",
        "lives_in", "more", "open", "page", "part", "q", "sort", "thing", "things", "topic", "with",
    }
)  # fmt: skip
WORDS = frozenset({"q", "age", "thing", "things"})  # somebody's own, though they identify nobody
_TELLING = re.compile(
    r"\b[A-Za-z]{1,2}[0-9][A-Za-z0-9]?[\s.-]*[0-9][A-Za-z]{2}\b"  # a full postcode
    r"|\b[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\b|\b[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}\b"  # a day
    r"|(?<![A-Za-z0-9])[0-9]{6,}"  # a number of a person or an account
    r"|@"  # an email address
)


def is_telling(name: str, value: str) -> bool:
    """Whether one part of an address is none of ours, or tells of a person."""
    return name not in NAMES or _TELLING.search(value) is not None


def tells(query: str) -> bool:
    """Whether the query of an address has such a part."""
    return any(is_telling(name, value) for name, value in _pairs(query))


def has_words(query: str) -> bool:
    """Whether it has somebody's own words, so that a cache for many must not keep the reply."""
    return any(name in WORDS for name, _ in _pairs(query))


def repeatable(query: str) -> str:
    """The query without what must not be repeated; as it was where nothing must go."""
    return query if not tells(query) else urlencode([each for each in _pairs(query) if not is_telling(*each)])


def without_telling(address: str) -> str:
    """A whole address with what may be repeated of its query."""
    parts = urlsplit(address)
    return parts._replace(query=repeatable(parts.query)).geturl() if parts.query else address


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)
