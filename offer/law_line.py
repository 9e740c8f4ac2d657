"""What an adviser needs beside one right: law, duty, who decides, papers, forms, time limits, what to check.

Everything is quoted from the entry and from this answer. A sentence that names a form or a time limit is
repeated whole, so that nothing is said here that the entry does not say.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from offer.answer_parts import Outcome
from offer.deciding import Duty, decision
from offer.eligibility.dates import ONE_DAY
from offer.entitlements.schema import Entitlement

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_FORM = re.compile(r"\bforms?\b(?! of\b)(?! money| bursar| college| year)", re.I)
_NOT_A_FORM = re.compile(r"\bsixth form\b", re.I)
_TIME_LIMIT = re.compile(
    r"\bwithin (\d+|a|one|two|three|six|twelve) (working )?(day|week|month|year)s?\b"
    r"|\b(deadline|closing date|no later than|at the latest|before you turn|before your \d+)\b"
    r"|\b(by|before) (the end of|\d{1,2} (January|February|March|April|May|June|July|August|September"
    r"|October|November|December))\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class LawLine:
    """One right as an adviser reads it; () where the entry says nothing.

    `last_day`: the last on which age or the law's own end leaves it open, where that is known.
    `limits` and `forms` are sentences of the entry.
    """

    laws: tuple[str, ...]
    duty: Duty
    strength: str
    decides: str
    bring: tuple[str, ...]
    steps: tuple[str, ...]
    forms: tuple[str, ...]
    limits: tuple[str, ...]
    last_day: date | None
    check: tuple[str, ...]
    ask: str


def law_line(entry: Entitlement, outcome: Outcome, on: date) -> LawLine:
    """The line of one entry for one person on a day."""
    decided = decision(entry, on)
    ends = None if outcome.outcome == "no" else outcome.until
    return LawLine(
        laws=tuple(dict.fromkeys(law.cite for law in entry.legal_basis)),
        duty=decided.duty,
        strength=decided.words,
        decides=decided.who,
        bring=tuple(entry.bring),
        steps=tuple(entry.steps),
        forms=forms_of(entry),
        limits=limits_of(entry),
        last_day=ends - ONE_DAY if ends else None,
        check=tuple(outcome.asks),
        ask=entry.ask,
    )


def forms_of(entry: Entitlement) -> tuple[str, ...]:
    """The steps that name a form, whole."""
    return _forms(tuple(entry.steps))


def limits_of(entry: Entitlement) -> tuple[str, ...]:
    """The sentences that name a time by which something has to be done, whole."""
    return _limits((*entry.steps, *entry.what_you_get, *entry.good_to_know, entry.if_told_no))


@lru_cache(maxsize=4096)  # an entry's own words: each room of a visit asks for those of every entry
def _forms(steps: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(step for step in steps if _FORM.search(_NOT_A_FORM.sub("", step)))


@lru_cache(maxsize=4096)
def _limits(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in _sentences(texts) if _TIME_LIMIT.search(each)))


def _sentences(texts: Iterable[str]) -> Iterable[str]:
    return (sentence for text in texts for sentence in _SENTENCE.split(" ".join(text.split())))
