"""Marks around words in the page's language. What stands outside them in a finished page is English.

Translated words are marked rather than English ones, so that what nobody thought of (an entry's
text, a council's name, a phrase without a translation) is told as English by itself. The
marks are two characters of Unicode's private use, taken out when the page is finished.
"""

import re

OWN, END = "\ue000", "\ue001"
AS_IT_IS = "\ue002"  # before an address that names its language itself
_ANY = re.compile(f"[{OWN}{END}{AS_IT_IS}]")
_HOLE = re.compile(r"%\(\w+\)[sd]")
_BRACKETS = re.compile(r"\(([^()%]+)\)")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9’'/&.-]*(?: [A-Za-z0-9][A-Za-z0-9’'/&.-]*)*(?<![.’'])")
_NUMBERS = re.compile(r"(?<!\d)\d+(?:\.\d+)?(?: \d+(?:\.\d+)?)+")
_LEFT_TO_RIGHT, _AS_BEFORE = "\u2066", "\u2069"  # "27 3 2007" keeps its order in a line from right to left
_TAG = re.compile(r"<[^>]*>")


def own(words: str) -> str:
    """Words known to be in the page's language: a date, a translation written by staff."""
    return f"{OWN}{words}{END}" if words else words


def marked(said: str, english: str, *, latin: bool, rtl: bool = False) -> str:
    """A translation with its marks; English terms in it, and places for other words, stand outside them.

    A term is English when it stands in brackets and in the English sentence too; in a
    language with a script of its own, whatever is written in Latin letters. Figures side by
    side keep their order by Unicode's isolates, which attributes and options can hold too.
    """
    if rtl:
        said = _NUMBERS.sub(lambda found: f"{_LEFT_TO_RIGHT}{found[0]}{_AS_BEFORE}", said)
    text = "".join(part if _TAG.fullmatch(part) else _inside(part, english, latin) for part in _pieces(said))
    return _HOLE.sub(lambda hole: f"{END}{hole[0]}{OWN}", own(text)).replace(f"{OWN}{END}", "")


def _pieces(said: str) -> list[str]:
    return re.split(r"(<[^>]*>|%\(\w+\)[sd])", said)


def _inside(text: str, english: str, latin: bool) -> str:
    if text.startswith("%("):
        return text
    if not latin:
        return _LATIN.sub(lambda word: f"{END}{word[0]}{OWN}", text)
    return _BRACKETS.sub(lambda term: _bracket(term[0], term[1], english), text)


def _bracket(whole: str, term: str, english: str) -> str:
    return f"({END}{term}{OWN})" if term.casefold() in english.casefold() else whole


def without_marks(text: str) -> str:
    """The text as it is sent where no page can say which language it is in."""
    return _ANY.sub("", text)
