"""A visit as one of its two people sees it: the question, the answers, and what comes of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from offer.answer_parts import Answer
from offer.clock import LONDON
from offer.common_ground import answer_in_all
from offer.eligibility.facts import FACTS
from offer.language import gettext as _
from offer.law_line import LawLine, law_line
from offer.pages.asking import QuestionCard, open_districts, question_card
from offer.pages.beforehand import Beforehand, beforehand
from offer.pages.blocks import Groups, groups_of
from offer.pages.faults import FormFault
from offer.pages.forms import Filled
from offer.pages.person_form import Hidden
from offer.pages.rendering import Page
from offer.pages.sharing import Code
from offer.pages.told import Teller, Told
from offer.pages.visit_answers import fact_of_field
from offer.published import Published
from offer.visits.codes import said
from offer.visits.once import Once
from offer.visits.shared import Role, Shared
from offer.visits.store import Visit


@dataclass(frozen=True, slots=True)
class Knock:
    """Somebody at the door. `number` stands on their page too, so that both can compare."""

    id: str
    number: int


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer, who gave it last ("you", "other" or ""), and whether a name for it can be shown."""

    told: Told
    by: str
    fact: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the other one points at: its title and where it stands on this page."""

    title: str
    anchor: str
    mine: bool


@dataclass(frozen=True, slots=True)
class RoomParts:
    """What follows from the answers of a visit. `groups` and `before`: None where they cannot be read."""

    question: QuestionCard | None
    answers: tuple[AnswerRow, ...]
    groups: Groups | None
    before: Beforehand | None
    laws: Mapping[str, LawLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomPage(Page):
    """The whole room. `laws` by slug for the adviser, empty for the young person.

    `latest`: the newest answer; `crossed`: the one that stands of two at once; `aside`: questions whose
    answers fit no more.
    `code` and `square` stand only while the other has not come. `change` counts what happened.
    """

    visit: str
    role: Role
    change: int
    ends: str
    alone: bool
    code: str
    square: Code | None
    knocks: tuple[Knock, ...]
    shown: Shown | None
    question: QuestionCard | None
    faults: tuple[FormFault, ...]
    refused: str
    aside: tuple[str, ...]
    latest: AnswerRow | None
    crossed: AnswerRow | None
    answers: tuple[AnswerRow, ...]
    left_out: tuple[str, ...]
    groups: Groups | None
    before: Beforehand | None
    laws: Mapping[str, LawLine]
    hidden: tuple[Hidden, ...]
    on: date


def door_number(knock: str) -> int:
    """Two digits that both pages show, so that the right person is let in."""
    return sum(knock.encode()) % 90 + 10


def room_parts(
    published: Published, visit: Visit, role: Role, filled: Filled, on: date, answers_of: Once[Answer]
) -> RoomParts:
    """The question, the answers, the groups and, for an adviser, the law beside each right."""
    answers = tuple(_rows(Teller(published, filled, on), visit.shared, role))
    if filled.person is None:
        return RoomParts(None, answers, None, None, {})
    person, districts = filled.person, open_districts(filled)
    state = (visit.id, visit.version, published.version, on)
    answer = answers_of.of(state, lambda: answer_in_all(published, person, districts))
    return RoomParts(
        question=question_card(published, filled, answer, on),
        answers=answers,
        groups=groups_of(published, answer.outcomes, person.situation.date_of_birth),
        before=beforehand(published, filled, answer),
        laws=_laws(published, answer) if role == "adviser" else {},
    )


def ends_at(visit: Visit) -> str:
    """ "16:05", on the clock of this country."""
    return f"{visit.ends_at.astimezone(LONDON):%H:%M}"


def code_of(visit: Visit) -> str:
    """The code to read out, while it still works."""
    return said(visit.shared.code) if visit.open else ""


def shown_of(published: Published, shared: Shared, role: Role) -> Shown | None:
    """What somebody points at, where it is something we know."""
    entry = published.entries.get(shared.pointer.at) if shared.pointer else None
    if shared.pointer is None or entry is None:
        return None
    return Shown(entry.title, f"at-{entry.id}", shared.pointer.by == role)


def _rows(teller: Teller, shared: Shared, role: Role) -> Iterable[AnswerRow]:
    for told in (*teller.four(), *teller.others()):
        facts = [fact_of_field(field) for field in told.fields]
        given = [shared.given[fact] for fact in facts if fact in shared.given]
        latest = max(given, key=lambda each: each.change, default=None)
        by = "" if latest is None or not told.given else "you" if latest.by == role else "other"
        yield AnswerRow(told, by, facts[0] if facts else "")


def row_of(rows: Iterable[AnswerRow], fact: str) -> AnswerRow | None:
    """The row in which a fact is answered; None for "" and for what has none."""
    return next((row for row in rows if fact in map(fact_of_field, row.told.fields)), None)


def latest_of(rows: Iterable[AnswerRow], shared: Shared) -> AnswerRow | None:
    """The row of the newest answer that somebody gave in the visit; None before the first."""
    newest = max(shared.given, key=lambda fact: shared.given[fact].change, default="")
    row = row_of(rows, newest)
    return row if row and row.by else None


def _laws(published: Published, answer: Answer) -> Mapping[str, LawLine]:
    return {
        outcome.slug: law_line(published.entries[outcome.slug], outcome, answer.on)
        for outcome in answer.outcomes
    }


def question_names(facts: Iterable[str]) -> tuple[str, ...]:
    """The questions that are not answered here, as they are asked."""
    return tuple(_(FACTS[fact].question) for fact in sorted(facts) if fact in FACTS)
