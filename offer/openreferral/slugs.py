"""A slug for a stranger's record: its own where this same software gave it, else made of its name."""

import re
import unicodedata
from collections.abc import Collection

from directory.openreferral.ids import id_of

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MOST = 60


def slug_for(kind: str, remote_id: str, name: str, own: object, taken: Collection[str]) -> str:
    """A slug that is not `taken`. `own` is the slug the record says it has.

    It is kept where the record's id was made of it, as our own feed does: then its id never changes, through
    however many directories it goes.
    """
    ours = isinstance(own, str) and len(own) <= 80 and _SLUG.fullmatch(own)
    if ours and id_of(f"{kind}/{own}") == remote_id and own not in taken:
        return str(own)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"'", "", plain))[:_MOST].strip("-") or kind
    ends = ("", *(f"-{remote_id[:length]}" for length in (4, 8, 13)))
    free = (candidate for end in ends if (candidate := _tidy(slug + end)) not in taken)
    return next(free, _tidy(f"{kind}-{remote_id}"))


def _tidy(slug: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", slug.lower()).strip("-")[:80].strip("-")
