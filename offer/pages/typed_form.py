"""What a form about a person sends: its fields by name, as they were typed, and none that we do not know.

It stands only in the body of this request and in the page that answers it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from starlette.datastructures import FormData
from starlette.requests import Request

from offer.eligibility.facts import FACTS
from offer.errors import WORDS, Problem
from offer.language import later
from offer.pages.typed_values import PARTS

UNSURE: Mapping[str, str] = {"unknown": later("I do not know"), "unsaid": later("I would rather not say")}
SPELLS = 3
SPELL_KINDS: Mapping[str, str] = {
    "full": later("In care"),
    "remand": later("On remand"),
    "short_break": later("Planned short breaks"),
}
SKIP, REFUSED = "skip", "refused"
EDIT = "edit"  # the button that opens all answers on one page
EVERY = "every"  # its value that opens all questions still to ask there too
LAW = "law"  # the button that shows every reason with its law
COUNCIL = "council"  # its name in words, where a page is too small for the list of 153
SEEN = "seen"  # what the page showed that this form was sent from, and when (offer.pages.seen)
NEXT = "next"  # a button of the results: "employed:true" answers, "savings_gbp:" sends what was typed
CHANGED = "told"  # the same button where an earlier answer is changed
PLAIN = (
    "plain"  # a form says so inside <noscript>: no script runs, so a page cannot ask the tab for its answers
)
PLACE = "place"
COUNCIL_CODE = "responsible_authority"
_LONGEST = 200
_KINDS = ("application/x-www-form-urlencoded", "multipart/form-data", "")  # "": an empty body
_LONGEST_OF_OURS = 4000  # of the fields that pages write and nobody types
# The facts that are a date, by the name of their three boxes, and how a fault calls them.
DATES: Mapping[str, tuple[str, str]] = {
    "date_of_birth": ("dob", later("your date of birth")),
    "course_ends_on": ("course_ends_on", later("the date your course ends")),
    "release_date": ("release_date", later("the date you are due to be released")),
}
_NOT_TYPED = ("care", "status_events", "postcode", *DATES)


def spell_names(number: int) -> tuple[str, str, str]:
    """The names of the fields of one time in care, counted from 1: start, end, kind."""
    return f"care-{number}-start", f"care-{number}-end", f"care-{number}-kind"


def _dates() -> Iterable[str]:
    spells = (name for number in range(1, SPELLS + 1) for name in spell_names(number)[:2])
    for name in (*(boxes for boxes, _ in DATES.values()), *spells):
        yield from (f"{name}-{part}" for part in PARTS)


FIELDS = frozenset(
    {
        *_dates(),
        *(spell_names(number)[2] for number in range(1, SPELLS + 1)),
        *(name for name in FACTS if name not in _NOT_TYPED),
        PLACE,
        COUNCIL,
        SKIP,
        REFUSED,
        EDIT,
        LAW,
        SEEN,
        PLAIN,
        NEXT,
    }
)


@dataclass(frozen=True)
class Typed:
    """The fields of the form by name, trimmed; a field left empty is absent.

    `asked`: the fact whose button was pressed on the results, or CHANGED; "" for none.
    """

    values: Mapping[str, str]
    asked: str = ""

    def get(self, name: str) -> str:
        """What stands in a field; "" for nothing."""
        return self.values.get(name, "")

    @cached_property
    def unsure(self) -> Mapping[str, str]:
        """Facts answered with "I do not know" or "I would rather not say": fact → which."""
        words = f"{self.get(REFUSED)} {self.get(SKIP)}".split()
        pairs = (word.partition(":")[::2] for word in words)
        aside = {fact: word for fact, word in pairs if fact in FACTS and not self._told(fact, word)}
        answered = {name: value for name, value in self.values.items() if name in FACTS}
        return {fact: word for fact, word in (aside | answered).items() if word in UNSURE}

    def _told(self, fact: str, word: str) -> bool:
        """Whether somebody put a question aside and answered it after all.

        Not to know where a place lies is no answer to take back by naming the place.
        """
        if fact == "lives_in" and word == "unknown":
            return False
        return any(name in self.values for name in (fact, *boxes_of(fact)))


def boxes_of(fact: str) -> tuple[str, ...]:
    """The names of the boxes a fact is typed into, where they are not its own name."""
    own = {"lives_in": PLACE, COUNCIL_CODE: COUNCIL}
    if fact in own:
        return (own[fact],)
    return tuple(f"{DATES[fact][0]}-{part}" for part in PARTS) if fact in DATES else ()


def has_no_list(fact: str) -> bool:
    """Whether a fact is typed, so that "I do not know" cannot stand in its own field."""
    return fact == "lives_in" or FACTS[fact].type in ("date", "int")


def check_form(request: Request) -> None:
    """Raises Problem 415 for a body that no form sends: it would be read as if nothing was told."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _KINDS:
        raise Problem(415, WORDS[400])


def typed_of(form: FormData) -> Typed:
    """The fields we know, first one filled in where a name comes twice. Nothing is kept elsewhere."""
    values: dict[str, str] = {}
    for name, value in form.multi_items():
        longest = _LONGEST_OF_OURS if name in (REFUSED, SEEN) else _LONGEST
        text = value.strip()[:longest] if isinstance(value, str) else ""
        if not text or name not in FIELDS:
            continue
        if name in (REFUSED, SKIP) and name in values:  # one for each question put aside
            values[name] = f"{values[name]} {text}"[:_LONGEST_OF_OURS]
        values.setdefault(name, text)
    said = values.pop(NEXT, "")
    return _with_next(values, said)


def _with_next(values: dict[str, str], said: str) -> Typed:
    """The answer that a button carries stands over what the fields say."""
    name, _, word = said.partition(":")
    fact = "lives_in" if name == PLACE else name
    if fact not in FACTS:
        return Typed(values, CHANGED if name == CHANGED else "")
    if not word:
        return Typed(values, fact)
    of_a_place = name == "lives_in" and word != "unsaid"  # which district the typed place is in
    emptied = (fact, *(() if of_a_place else boxes_of(fact)))
    kept = {field: text for field, text in values.items() if field not in emptied}
    if word in UNSURE and has_no_list(fact):
        return Typed(kept | {REFUSED: f"{values.get(REFUSED, '')} {fact}:{word}".strip()}, fact)
    return Typed(kept | {fact: word}, fact)
