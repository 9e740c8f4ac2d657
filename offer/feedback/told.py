"""A report as it is taken in: what it is about, and words from which whoever wrote them cannot be known."""

import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from offer.language import later

LONGEST = 1_000  # signs
HELPED = "helped"
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "wrong": later("Something here is wrong or out of date"),
        "different": later("I was told something different"),
        "missing": later("Something is missing"),
    }
)
STATES: Mapping[str, str] = MappingProxyType(
    {
        "new": later("We have it. Nobody has read it yet."),
        "read": later("We have read it and are checking."),
        "changed": later("We changed the page. Thank you."),
        "kept": later("We checked, and the page is right as it is."),
    }
)
SIGNS = "CDFGHJKMNPQRTVWXY34679"  # no vowels, so no words; none that look alike
LENGTH = 8  # 22^8 = 55 thousand million: nobody guesses one

# With slips of the hand: a@b@c, a@@b. Only from where a word begins: else a long one is read again and again.
_EMAIL = re.compile(r"(?<![^\s@,;<>()])[^\s@,;<>()]++(?:@++[^\s@,;<>()]++)+")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d(?:[\s().,/_-]{0,3}\d){5,}")  # phones, dates of birth, bank and insurance numbers
_BLANKS = re.compile(r"[^\S\n]+")
_JOINERS = "\n\u200c\u200d"  # the last two stand inside words of Persian and inside emoji
_MANY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Report:
    """One report, ready to be kept."""

    code: str
    slug: str
    version: int
    kind: str
    text: str


def new_code() -> str:
    """A random reference."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def read_code(typed: str) -> str | None:
    """A reference as people type it: small letters, blanks and dashes are no fault. None for no reference."""
    code = re.sub(r"[\s–-]", "", typed).upper()
    return code if len(code) == LENGTH and set(code) <= set(SIGNS) else None


def shown_code(code: str) -> str:
    """ "CDFG-HJKM"."""
    return f"{code[:4]}-{code[4:]}"


def clean(typed: str) -> str:
    """The words without anything odd in them: one form of each sign, plain blanks, no control signs."""
    text = unicodedata.normalize("NFKC", typed.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(sign for sign in text if sign in _JOINERS or unicodedata.category(sign)[0] != "C")
    return _MANY_LINES.sub("\n\n", _BLANKS.sub(" ", kept)).strip()


def blanked(text: str) -> str:
    """Words without email addresses, postcodes and long numbers. A sum such as £3,000 stays."""
    text = _EMAIL.sub("[email]", text)
    text = _POSTCODE.sub("[postcode]", text)
    return _NUMBER.sub("[number]", text)
