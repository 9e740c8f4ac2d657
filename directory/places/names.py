"""Names of places as keys: the same name typed in any usual way gives the same key."""

import re
import unicodedata

_COUNCIL = re.compile(
    r"\b(?:(?:metropolitan|district|borough|county|city|london borough|royal borough|parish|unitary"
    r"|metropolitan borough|metropolitan district) )*(?:council|authority)$"
)
_SHORT = {"&": "and", "saint": "st", "st.": "st"}
_TITLES = (
    "london borough of ",
    "royal borough of ",
    "metropolitan borough of ",
    "borough of ",
    "council of ",
)
JOINING = frozenset({"upon", "on", "under", "in", "by", "le", "next", "and", "the"})


def key(name: str) -> str:
    """Lower case, no accents, one space between words: "St. Ann's-on-Sea" → "st anns on sea"."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("&", " and ")
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’`]", "", plain)).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def council_key(name: str) -> tuple[str, bool]:
    """The key without the council words, and whether there were any.

    "Lincoln City Council" → ("lincoln", True); "Bristol, City of" → ("bristol", False).
    """
    full = key(name)
    core = _COUNCIL.sub("", full).strip()
    said = core != full
    for title in _TITLES:
        if core.startswith(title):
            core, said = core.removeprefix(title), True
    for tail in (" city of", " county of"):
        core = core.removesuffix(tail)
    if core.startswith("city of ") and core != "city of london":
        core, said = core.removeprefix("city of "), True
    return core, said


def is_longer_name(name_key: str, typed_key: str) -> bool:
    """Whether a place's name goes on with a joining word: Newark → Newark on Trent."""
    rest = name_key.removeprefix(typed_key).split()
    return name_key.startswith(f"{typed_key} ") and bool(rest) and rest[0] in JOINING
