"""Postcodes as people type them: spaces, case, and O for 0, I for 1, S for 5, B for 8, Z for 2."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import product

LONGEST = 200  # characters looked at; a longer text is no place
_AS_DIGIT = {"O": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2"}
_AS_LETTERS = {"0": "O", "1": "IL", "5": "S", "8": "B", "2": "Z"}
_NOT_CODE = re.compile(r"[^A-Z0-9]+")
_INCODE = re.compile(r"[0-9][A-Z]{2}")
_INSIDE = re.compile(r"(?<![A-Z0-9])([A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2})(?![A-Z0-9])")


def tidy(text: str) -> str:
    """Compatibility forms folded, in capitals, no longer than we look at."""
    return unicodedata.normalize("NFKC", text[:LONGEST]).upper()


def compact(tidied: str) -> str:
    """Only A–Z and 0–9."""
    return _NOT_CODE.sub("", tidied)


def split(code: str) -> tuple[str, str] | None:
    """Outcode and incode of a clean full postcode; None when it is not of that form."""
    if 5 <= len(code) <= 7 and _INCODE.fullmatch(code, len(code) - 3):
        return code[:-3], code[-3:]
    return None


def inside(tidied: str) -> str | None:
    """The last full postcode standing in a longer text, such as an address."""
    found = _INSIDE.findall(tidied)
    return compact(found[-1]) if found else None


def looks_like_one(code: str) -> bool:
    """Whether it has the look of a postcode, whole or half, with a figure where one must stand."""
    return re.fullmatch(r"[A-Z]{1,2}[0-9][A-Z0-9]?([0-9][A-Z]{0,2})?", code) is not None


def full_readings(code: str) -> Iterator[tuple[str, str]]:
    """Every outcode and incode that the code may be a slip for; position settles the incode."""
    if not 5 <= len(code) <= 7:
        return
    digit = code[-3] if code[-3].isdigit() else _AS_DIGIT.get(code[-3], "")
    ends = [c if c.isalpha() else _AS_LETTERS.get(c, "") for c in code[-2:]]
    for outcode in outcode_readings(code[:-3]):
        for first, second in product(*ends):
            if digit:
                yield outcode, digit + first + second


def outcode_readings(code: str) -> Iterator[str]:
    """The code with every usual swap of a letter for a figure, itself first."""
    for choice in product(*(c + _AS_DIGIT.get(c, "") + _AS_LETTERS.get(c, "") for c in code[:4])):
        yield "".join(choice)


def part_readings(tidied: str) -> Iterator[tuple[str, str]]:
    """Outcode and sector digit ("" = the whole outcode) that half a postcode may mean.

    "LN1" → LN1; "LN1 1" → LN1 sector 1; "LN11" → LN11, or LN1 sector 1; "NG34 7E" → NG34 sector 7.
    """
    words = [word for word in _NOT_CODE.split(tidied) if word]
    if len(words) == 2:
        if re.fullmatch(r"[0-9][A-Z]?", words[1]):
            yield words[0], words[1][0]
        return
    code = compact(tidied)
    if not 2 <= len(code) <= 6:
        return
    yield code, ""
    if code[-1].isdigit():
        yield code[:-1], code[-1]
    elif code[-2].isdigit():
        yield code[:-2], code[-2]
