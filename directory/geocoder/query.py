"""What may leave this service for a geocoder: the words of a town or street, and nothing else.

No figure is ever sent. That keeps back every postcode and half postcode (each has a
figure), house and flat numbers, telephone numbers and birthdays. Words in which a letter
may stand for a figure ("LNI IYL") are kept back too where they would read as a postcode
of an area that exists.
"""

import re
import unicodedata
from collections.abc import Container
from itertools import pairwise

from directory.places import typed
from directory.places.answers import PlaceAnswer

SHORTEST, LONGEST, MOST_WORDS = 3, 60, 8
_NUMBER = re.compile(r"(?:(?:flat|apartment|apt|unit|room|no|number)\.?\s+)?\d{1,4}[a-z]?(?![a-z0-9])[\s,]*")
_ONLY_WORDS = re.compile(r"[^\W\d_]+(?:[ ,.'’-]+[^\W\d_]+)*")
_BETWEEN = re.compile(r"[^\w]+")


def query_of(text: str, offline: PlaceAnswer, outcodes: Container[str]) -> str | None:
    """The words to send for `text`, or None when nothing may be sent.

    Only what the offline reader does not know at all is sent. `outcodes`: the first
    halves of postcodes that exist. The same place typed in any case and spacing gives
    the same words, so that it is asked once.
    """
    if offline.query_kind != "none" or offline.matches or offline.nation or len(text) > typed.LONGEST:
        return None
    tidied = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    words = without_house_number(tidied).strip(" ,.-'’")
    if not SHORTEST <= len(words) <= LONGEST or not _ONLY_WORDS.fullmatch(words):
        return None
    apart = [word for word in _BETWEEN.split(words) if word]
    if len(apart) > MOST_WORDS or max(map(len, apart)) < SHORTEST or may_be_a_postcode(apart, outcodes):
        return None
    return words


def without_house_number(words: str) -> str:
    """ "flat 3, 12 steep hill" → "steep hill": the street is enough to find the council."""
    while found := _NUMBER.match(words):
        words = words[found.end() :]
    return words


def may_be_a_postcode(words: list[str], outcodes: Container[str]) -> bool:
    """Whether all the words together, or one or two side by side, are a slip away from a postcode."""
    pairs = [first + second for first, second in pairwise(words)]
    return any(_reads_as_a_postcode(code, outcodes) for code in ("".join(words), *words, *pairs))


def _reads_as_a_postcode(code: str, outcodes: Container[str]) -> bool:
    readings = typed.full_readings(typed.compact(typed.tidy(code)))
    return any(outcode in outcodes for outcode, _ in readings)
