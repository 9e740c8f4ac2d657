"""What to do after an answer: each task with who does it, until when, and what it is about. Pure.

Nothing here is new knowledge. The day a task is due is the last day before the answer changes; who does
it follows from who decides. It is a proposal for two people to cross out and write on.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from directory.phrase import together
from offer.answer_parts import Answer, Outcome
from offer.deciding import decision
from offer.eligibility.dates import ONE_DAY
from offer.eligibility.facts import FACTS
from offer.entitlements.schema import Entitlement
from offer.language import gettext as _
from offer.languages.entries import in_spoken
from offer.pages.blocks import Block, Group, Groups
from offer.pages.items import Item
from offer.pages.timeline_parts import SOON
from offer.published import Published

Doer = Literal["young_person", "adviser", "council"]
_BOUND = ("must", "must-in-part", "chose-to")  # what a council owes an answer on
MOST_OF_A_KIND = 3  # without a day, of what an adviser does
MOST_FIRST_STEPS = 6  # the same of what the young person does: the rest is in the list of what was found
MOST_STARTING = 3
_NO_PAPER = "Nothing"  # how the catalogue says that no paper is needed


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `due`: the last day for it, None where no day is known; `about` names the things."""

    what: str
    about: str = ""
    due: date | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class Tasks:
    """The tasks of one doer, those with a day first. `more`: how many of what was found have none here."""

    doer: Doer
    title: str
    items: tuple[Task, ...]
    more: int = 0


def tasks_of(published: Published, answer: Answer, groups: Groups) -> tuple[Tasks, ...]:
    """What the young person, the adviser and the council do next; a doer with nothing to do is left out."""
    make = _Maker(published, answer)
    yes, likely = _blocks(groups.yes), _blocks(groups.likely)
    steps, starting = list(make.first_steps(yes)), list(make.starting(groups.no))
    asked, papers = list(make.to_settle(likely)), list(make.papers([*yes, *likely]))
    first = _first(steps, MOST_FIRST_STEPS)
    every = (
        Tasks("young_person", _("The young person"), _in_order([*first, *starting]), len(steps) - len(first)),
        Tasks(
            "adviser",
            _("The adviser"),
            _in_order([*_first(asked, MOST_OF_A_KIND), *_first(papers, MOST_OF_A_KIND), *make.to_find_out()]),
        ),
        Tasks("council", _("The council"), _in_order(make.to_decide(yes))),
    )
    return tuple(tasks for tasks in every if tasks.items)


def due_of(outcome: Outcome, on: date) -> date | None:
    """The last day before time alone changes this outcome, where that is within two years."""
    days = (outcome.from_,) if outcome.outcome == "no" else (outcome.until, outcome.sure_until)
    turns = [day for day in days if day and on < day <= on + SOON]
    return min(turns) - ONE_DAY if turns else None


def _blocks(groups: Iterable[Group]) -> list[Block]:
    return [block for group in groups for block in group.blocks if not block.item.words.background]


def _in_order(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Those with a day in the order of their days, then the others; each once."""
    return tuple(sorted(dict.fromkeys(tasks), key=lambda task: task.due or date.max))


def _first(tasks: Sequence[Task], most: int) -> list[Task]:
    """All with a day, and so many of the others."""
    others = [task for task in tasks if not task.due]
    return [task for task in tasks if task.due or task in others[:most]]


class _Maker:
    """Makes the tasks of one answer."""

    def __init__(self, published: Published, answer: Answer) -> None:
        self._published = published
        self._answer = answer
        self._outcomes: Mapping[str, Outcome] = {each.slug: each for each in answer.outcomes}

    def first_steps(self, blocks: Iterable[Block]) -> Iterator[Task]:
        """The first step towards each thing they should get, as their own council gives it."""
        for block in blocks:
            item = self._nearest(block)
            entry = self._entry(item)
            if entry.steps:
                yield Task(entry.steps[0], item.words.title, self._due(item))

    def starting(self, blocks: Iterable[Block]) -> Iterator[Task]:
        """What time alone will open within two years: to be asked about before that day."""
        outcomes = ((block.item, self._outcomes[block.item.words.slug]) for block in blocks)
        ahead = [(due, item) for item, outcome in outcomes if (due := due_of(outcome, self._answer.on))]
        for due, item in sorted(ahead, key=lambda pair: pair[0])[:MOST_STARTING]:
            yield Task(
                _("Ask about this before it starts. %(when)s.") % {"when": item.when}, item.words.title, due
            )

    def to_settle(self, blocks: Iterable[Block]) -> Iterator[Task]:
        """What waits only for somebody to say yes: what they go by."""
        for block in blocks:
            item = self._nearest(block)
            asks = together(*self._outcomes[item.words.slug].asks)
            what = _("Get a yes or a no in writing. It turns on this: %(asks)s") % {"asks": asks}
            yield Task(what, item.words.title, self._due(item), self._who(item))

    def papers(self, blocks: Iterable[Block]) -> Iterator[Task]:
        """The papers each thing needs, to be found together; each paper once."""
        things: dict[str, list[Item]] = {}
        for block in blocks:
            item = self._nearest(block)
            entry = self._published.entries[item.words.slug]
            for english, paper in zip(entry.bring, in_spoken(entry).bring, strict=False):
                if not english.startswith(_NO_PAPER):
                    things.setdefault(paper, []).append(item)
        for paper, items in things.items():
            dues = [due for item in items if (due := self._due(item))]
            what = _("Help to get this ready: %(paper)s") % {"paper": paper}
            yield Task(what, _titles(items), min(dues, default=None))

    def to_find_out(self) -> Iterator[Task]:
        """The questions still open that the most things wait for, the easy ones first."""
        waiting = Counter(fact for outcome in self._answer.outcomes for fact in outcome.missing)
        ordered = sorted(waiting, key=lambda fact: (FACTS[fact].sensitivity, -waiting[fact]))
        for fact in ordered[:MOST_OF_A_KIND]:
            yield Task(_("Find out together: %(question)s") % {"question": _(FACTS[fact].question)})

    def to_decide(self, blocks: Iterable[Block]) -> Iterator[Task]:
        """What a council must say yes to, or chose to give: an answer is theirs to give, by whom and when."""
        together: dict[tuple[date | None, str], list[Item]] = {}
        for block in blocks:
            item = self._nearest(block)
            decided = decision(self._published.entries[item.words.slug], self._answer.on)
            if decided.duty in _BOUND and "council" in decided.who.lower():
                together.setdefault((self._due(item), decided.who), []).append(item)
        for (due, who), items in together.items():
            yield Task(_("Decide, and say so in writing."), _titles(items), due, who)

    def _nearest(self, block: Block) -> Item:
        """The council's own terms where they are as sure as the right: they say how it is done there."""
        return next((term for term in block.terms if term.outcome == block.outcome), block.item)

    def _entry(self, item: Item) -> Entitlement:
        return in_spoken(self._published.entries[item.words.slug])

    def _due(self, item: Item) -> date | None:
        return due_of(self._outcomes[item.words.slug], self._answer.on)

    def _who(self, item: Item) -> str:
        return decision(self._published.entries[item.words.slug], self._answer.on).who


def _titles(items: Iterable[Item]) -> str:
    return "; ".join(dict.fromkeys(item.words.title for item in items))
