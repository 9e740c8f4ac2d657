"""The words to keep away from, and the kinder ones to write: our list, and a council's own beside it.

Ours is `kinder.json`: words young people asked for (TACT "Language that Cares", Surrey Youth Voice, Bromley)
and office words with the plain ones. A council writes its own as lines "placement = your home, where you
live"; the same word in its list stands in the place of ours, and "placement =" takes ours out.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("kinder.json")
MOST = 300  # lines of a council's list
LONGEST = 120  # signs of one line


@dataclass(frozen=True, slots=True)
class Term:
    """Words in all their forms and what to say instead. `keep`: official, so explain it rather than drop it.

    `fine_in`: longer words in which it is fine ("health and care plan").
    """

    words: tuple[str, ...]
    say: tuple[str, ...]
    keep: bool = False
    fine_in: tuple[str, ...] = ()


@cache
def our_terms() -> tuple[Term, ...]:
    """The list that comes with the service."""
    listed = json.loads(_FILE.read_text("utf-8"))
    return tuple(
        Term(tuple(each["words"]), tuple(each["say"]), each["keep"], tuple(each.get("fine_in", ())))
        for each in listed
    )


def terms_with(own: Iterable[Term]) -> tuple[Term, ...]:
    """A council's own words, then ours without those it has its own mind about."""
    theirs = tuple(own)
    taken = {word.casefold() for term in theirs for word in term.words}
    kept = (
        replace(term, words=left)
        for term in our_terms()
        if (left := tuple(word for word in term.words if word.casefold() not in taken))
    )
    return (*(term for term in theirs if term.say), *kept)


def read_lines(typed: str) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    """A council's list as typed, one word a line, and what is wrong with it, in plain words."""
    terms, faults = [], []
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if len(lines) > MOST:
        faults.append(f"There are {len(lines)} lines: keep to {MOST}.")
    for number, line in enumerate(lines[:MOST], 1):
        words, sign, say = (part.strip() for part in line.partition("="))
        if not sign or not words:
            faults.append(
                f"Line {number}: write the word, then = and what to say, as in: placement = your home"
            )
        elif len(line) > LONGEST:
            faults.append(f"Line {number} is longer than {LONGEST} letters.")
        else:
            terms.append(Term(_parts(words), _parts(say)))
    return tuple(terms), tuple(faults)


def _parts(typed: str) -> tuple[str, ...]:
    return tuple(part for each in typed.split(",") if (part := each.strip()))


def as_lines(terms: Iterable[Term]) -> str:
    """A council's list as it is typed."""
    return "\n".join(f"{', '.join(term.words)} = {', '.join(term.say)}".strip() for term in terms)


def to_kept(terms: Iterable[Term]) -> str:
    """A council's list as `StaffScope.words` keeps it: JSON."""
    return json.dumps([[list(term.words), list(term.say)] for term in terms], ensure_ascii=False)


def from_kept(kept: str) -> tuple[Term, ...]:
    """A council's list as it is kept; empty where nothing is, or nothing that can be read."""
    try:
        return tuple(
            Term(tuple(map(str, words)), tuple(map(str, say))) for words, say in json.loads(kept or "[]")
        )
    except (ValueError, TypeError):
        return ()
