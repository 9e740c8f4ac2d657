"""All questions on one page, in groups, what settles most first: the adviser's form."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from offer.answer import answer
from offer.answer_parts import Answer
from offer.council_names import listed_name
from offer.eligibility.asking import Asking
from offer.eligibility.fact import Fact, closed
from offer.eligibility.facts import FACTS
from offer.eligibility.facts_care import FACTS_CARE
from offer.eligibility.facts_family import FACTS_FAMILY
from offer.eligibility.facts_home import FACTS_HOME
from offer.eligibility.facts_learning import FACTS_LEARNING
from offer.eligibility.facts_money import FACTS_MONEY
from offer.eligibility.facts_you import FACTS_YOU
from offer.eligibility.partly_known import knowledge
from offer.eligibility.situation import Situation, derive
from offer.language import gettext as _
from offer.language import later
from offer.pages.fields import AnyField
from offer.pages.forms import Filled
from offer.pages.person_form import MAIN, FieldMaker, Hidden, Spell, answers_to, other_facts
from offer.pages.typed_form import COUNCIL_CODE, UNSURE
from offer.published import Published
from offer.questions import SENSITIVE, askable

_GROUPS: tuple[tuple[str, Iterable[Fact]], ...] = (
    (later("Learning and work"), FACTS_LEARNING),
    (later("Home"), FACTS_HOME),
    (later("Money"), FACTS_MONEY),
    (later("Time in care, more exactly"), FACTS_CARE),
    (later("Family and health"), FACTS_FAMILY),
    (later("The right to be in the UK, and custody"), FACTS_YOU),
)
_NEVER = (*MAIN, "care", "status_events", "postcode")


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the form. `settles`: how many things wait for it while nothing is known."""

    field: AnyField
    settles: int


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions that belong together, what settles most first."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """The whole form: the first questions, everything else in groups, and what is not shown."""

    first: tuple[AnyField, ...]
    spells: tuple[Spell, ...]
    spells_open: bool
    groups: tuple[QuestionGroup, ...]
    hidden: tuple[Hidden, ...]


def questions_of(published: Published, filled: Filled, on: date) -> Questions:
    """Every question that can still be asked, with what was answered. Their order never moves."""
    make, counts = FieldMaker(published, filled, on, compact=True), settled_by(published, on)
    open_ = [fact for fact in FACTS if _may_ask(fact, filled, on)]
    named = [(title, [fact.name for fact in facts if fact.name in open_]) for title, facts in _GROUPS]
    named.sort(key=lambda each: -max((_rank(name, counts) for name in each[1]), default=0))
    code = filled.typed.get(COUNCIL_CODE)
    # By name: a list of 153 is slower than typing, and weighs as much as all the questions.
    council = make.named_council(listed_name(published.names[code]) if code in published.names else "")
    return Questions(
        first=tuple(make.field(name) if name != COUNCIL_CODE else council for name in MAIN),
        spells=make.spells(),
        spells_open=any(name.startswith("care-") for name in filled.typed.values),
        groups=tuple(_group(title, names, make, counts) for title, names in named if names),
        hidden=make.hidden(council=code not in published.names),
    )


def _group(title: str, names: list[str], make: FieldMaker, counts: Mapping[str, int]) -> QuestionGroup:
    """Ordered as the next question is chosen: by what it settles, private ones later."""
    ordered = sorted(names, key=lambda name: -_rank(name, counts))
    return QuestionGroup(_(title), tuple(Question(make.field(name), counts.get(name, 0)) for name in ordered))


def _rank(name: str, counts: Mapping[str, int]) -> float:
    return counts.get(name, 0) * SENSITIVE[FACTS[name].sensitivity]


def _may_ask(name: str, filled: Filled, on: date) -> bool:
    """Whether a question stands on the page: one shut by another answer only where it was answered."""
    fact = FACTS[name]
    if name in _NEVER or fact.derived:
        return False
    if filled.person is None or name in other_facts(filled.typed):
        return True
    return not closed(fact, derive(filled.person.situation, on))


def settled_by(published: Published, on: date) -> Mapping[str, int]:
    """How many things of England wait for each question while nothing at all is known."""
    nobody = Situation(told_on=on)
    return waiting(answer(published, nobody, on), Asking(knowledge(nobody, on)))


def waiting(found: Answer, asking: Asking) -> Mapping[str, int]:
    """How many open things wait for each fact that can be asked."""
    open_ = (each for each in found.outcomes if each.outcome == "unknown")
    return Counter(name for each in open_ for name in askable(each.missing, asking))


def changes_of(filled: Filled, on: date) -> Mapping[str, str]:
    """What a what-if may change: each answer in words → "employed:true".

    The words are "Do you have paid work? Yes". Questions shut by another answer are left out, and not
    to know is no what-if.
    """
    listed = (fact for fact in FACTS.values() if fact.type in ("bool", "choice") and not fact.derived)
    return {
        f"{_(fact.question)} {label}": f"{fact.name}:{value}"
        for fact in listed
        if fact.name in MAIN or _may_ask(fact.name, filled, on)
        for value, label in answers_to(fact)
        if value not in UNSURE
    }
