"""Facts of a person that nobody has, and every shape in which one could be found again. Pure."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, quote_plus

POSTCODES = ("LN6 3RF", "LN2 4DY", "NG31 6JN", "PE21 6RW", "DH1 1SQ", "DL14 6DD", "DH9 8AF", "SR8 1AL")
IMMIGRATION = "no_leave_appeal_rights_exhausted"
WORD = "kanarie"  # begins each word that is made up: it may be found nowhere
TOLD = "wellensittich"  # begins what is told us on purpose, and kept


@dataclass(frozen=True)
class Person:
    """One invented person. `number` makes them unlike the others."""

    number: int

    @property
    def postcode(self) -> str:
        """A real one, in use."""
        return POSTCODES[self.number % len(POSTCODES)]

    @property
    def born(self) -> tuple[int, int, int]:
        """Year, month, day."""
        return 2006, 8, 11 + self.number % 17

    @property
    def birthday(self) -> str:
        """As the API takes it."""
        return "{:04}-{:02}-{:02}".format(*self.born)

    @property
    def savings(self) -> int:
        """Pounds."""
        return 471_930 + self.number

    def word(self, what: str) -> str:
        """A made-up word for one use, that says where it was typed."""
        return f"{WORD}{what}{self.number}x"

    @property
    def form(self) -> Mapping[str, str]:
        """All of it as our forms send it."""
        year, month, day = self.born
        return {
            "dob-day": str(day), "dob-month": str(month), "dob-year": str(year),
            "place": self.postcode, "postcode": self.postcode,
            "responsible_authority": "E10000019", "care_when": "left_at_18", "care_13_weeks": "true",
            "immigration": IMMIGRATION, "savings_gbp": str(self.savings),
            "care-1-start-day": str(day), "care-1-start-month": str(month), "care-1-start-year": "2015",
            "care-1-kind": "full",
        }  # fmt: skip

    @property
    def facts(self) -> Mapping[str, object]:
        """The same as the API takes it."""
        return {
            "date_of_birth": self.birthday, "postcode": self.postcode, "responsible_authority": "E10000019",
            "care_when": "left_at_18", "immigration": IMMIGRATION, "savings_gbp": self.savings,
        }  # fmt: skip

    @cached_property
    def needles(self) -> tuple[bytes, ...]:
        """Small letters: every shape of postcode, birthday, savings, and the beginning of made-up words."""
        year, month, day = self.born
        dates = (
            self.birthday, self.birthday.replace("-", ""),
            f"{day:02}/{month:02}/{year}", f"{day}/{month}/{year}",
            f"{day} august {year}", f"{day} aug {year}", f"{day} {month} {year}",
        )  # fmt: skip
        out, _, inner = self.postcode.lower().partition(" ")
        codes = (f"{out} {inner}", f"{out}{inner}", f"{out}+{inner}", f"{out}%20{inner}", f"{out}-{inner}")
        return tuple(each.encode() for each in (*dates, *codes, str(self.savings), WORD))


def _coded(text: str) -> Iterator[bytes]:
    """Base 64 from each of three beginnings, hexadecimal, percent signs, two bytes a letter, and digests."""
    raw = text.encode()
    for before in range(3):  # the letters that stand for its bytes alone
        coded = base64.b64encode(b"\0" * before + raw)
        yield coded[before + 1 if before else 0 : (before + len(raw)) * 8 // 6]
    yield raw.hex().encode()
    yield quote(text, safe="").encode()
    yield quote_plus(text).encode()
    yield text.encode("utf-16-le")
    for kind in ("md5", "sha1", "sha256"):
        digest = hashlib.new(kind, raw)
        yield digest.digest()
        yield digest.hexdigest().encode()


class Sieve:
    """Finds any canary of some people in bytes, and any of further `secrets` as it stands."""

    def __init__(self, people: Iterable[Person], secrets: Iterable[str] = (), *, words: bool = True) -> None:
        """`words=False`: facts alone, for an address that may hold words searched."""
        people = tuple(people)
        self._small = {needle for person in people for needle in person.needles}
        self._small -= set() if words else {WORD.encode()}
        texts = {
            text
            for person in people
            for text in (person.postcode, person.postcode.replace(" ", ""), person.birthday)
            for text in (text, text.lower())
        } | ({WORD, WORD.upper()} if words else set())
        coded = {each for text in texts for each in _coded(text) if len(each) >= 8}
        self._exact = coded | {secret.encode() for secret in secrets}

    def found(self, data: bytes) -> Iterator[bytes]:
        """Each canary with some bytes around it, so that it can be seen where it was typed."""
        small = data.lower()
        for needles, where in ((self._small, small), (self._exact, data)):
            for needle in needles:
                at = where.find(needle)
                if at >= 0:
                    yield data[max(0, at - 80) : at + 80]
