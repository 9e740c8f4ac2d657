"""One answer as an adviser reads it: compact lists with the law on each line, and what-ifs side by side."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from directory.phrase import together
from directory.topics import TOPICS
from offer.answer_parts import Answer, Outcome
from offer.deciding import Duty
from offer.eligibility.dates import age_in_years, birthday
from offer.language import gettext as _
from offer.language import later
from offer.languages.dates import said_day
from offer.languages.phrases import said
from offer.law_line import LawLine, law_line
from offer.pages.items import Item, ItemMaker
from offer.person import Person
from offer.published import Published
from offer.what_if import Cause, Difference, Kind, differences

_PLACES: Mapping[str, int] = {slug: place for place, slug in enumerate(TOPICS)}
_HEADINGS: Mapping[Kind, str] = {
    "gained": later("Gained"),
    "lost": later("Lost"),
    "open": later("Now a might"),
    "shut": later("No longer open"),
    "moved": later("Another last day or figure"),
}
_DUTIES: Mapping[Duty, str] = {
    "must": later("Must"),
    "must-in-part": later("Must help; how much or how far is theirs to decide"),
    "chose-to": later("The council’s own promise"),
    "own-rules": later("A scheme with its own rules"),
    "may": later("May"),
    "nobody-yet": later("Nobody has to yet"),
    "nothing-to-decide": later("Nothing to decide"),
}
_SINCE: Mapping[Kind, str] = {
    "gained": later("Yes today, not then"),
    "lost": later("Yes then, not today"),
    "open": later("Might today, no then"),
    "shut": later("Might then, no today"),
    "moved": later("Another last day or figure"),
}
_CAUSES: Mapping[Cause, str] = {
    "list": later("Our list changed."),
    "time": later("Only time passed."),
    "both": later("Our list changed, and time passed."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing with everything an adviser needs. `duty`: must, may or scheme, in a few words."""

    item: Item
    law: LawLine
    duty: str

    @property
    def brief(self) -> bool:
        """Still open on a question: what it turns on comes before papers and forms."""
        return self.item.outcome == "unknown" and not self.item.likely


@dataclass(frozen=True, slots=True)
class Rows:
    """One topic of a list."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """The three lists; in `might`, what waits only for a person's decision stands first."""

    yes: tuple[Rows, ...]
    might: tuple[Rows, ...]
    no: tuple[Row, ...]
    counts: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Shift:
    """One thing that comes out otherwise: `why` and `when` in words, "" for none."""

    title: str
    href: str
    whose: str
    why: str
    when: str


@dataclass(frozen=True, slots=True)
class ShiftGroup:
    """What shifts alike."""

    kind: Kind
    title: str
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One what-if beside the answer. `fault`: what to put right, and then nothing else stands in it."""

    title: str
    names: tuple[str, ...]
    day: str = ""
    counts: tuple[int, int, int] = (0, 0, 0)
    groups: tuple[ShiftGroup, ...] = ()
    fault: str = ""


def lists_of(published: Published, found: Answer, born: date | None) -> Lists:
    """Every outcome on its line, by outcome and topic."""
    make = ItemMaker(published, born)
    rows = [_row(published, make, each, found.on) for each in found.outcomes]
    by = {value: [row for row in rows if row.item.outcome == value] for value in ("yes", "unknown", "no")}
    likely = tuple(row for row in by["unknown"] if row.item.likely)
    nearly = (Rows(_("Somebody only has to say yes"), likely),) if likely else ()
    rest = [row for row in by["unknown"] if not row.item.likely]
    return Lists(
        yes=_by_topic(by["yes"]),
        might=(*nearly, *_by_topic(rest)),
        no=tuple(by["no"]),
        counts=counts_of(found),
    )


def _row(published: Published, make: ItemMaker, outcome: Outcome, on: date) -> Row:
    law = law_line(published.entries[outcome.slug], outcome, on)
    return Row(make.item(outcome), law, _(_DUTIES[law.duty]))


def counts_of(found: Answer) -> tuple[int, int, int]:
    """How many are a yes, a might and a no."""
    values = [each.outcome for each in found.outcomes]
    return values.count("yes"), values.count("unknown"), values.count("no")


def _by_topic(rows: Sequence[Row]) -> tuple[Rows, ...]:
    ordered = sorted(rows, key=lambda row: _PLACES[row.item.words.topic])
    groups = groupby(ordered, lambda row: row.item.words.topic)
    return tuple(Rows(_(TOPICS[topic].title), tuple(together)) for topic, together in groups)


def next_birthday(published: Published, person: Person, found: Answer) -> Column | None:
    """What changes when they next turn a year older; None without a birth date."""
    born = person.situation.date_of_birth
    if born is None:
        return None
    age = age_in_years(born, found.on) + 1
    day = birthday(born, age)
    then = Person(person.situation, day).answer(published)
    names = (_("They turn %(age)s on %(day)s") % {"age": age, "day": said_day(day)},)
    shifts = differences(found, then, found)
    return column(published, _("Next birthday"), names, then, shifts, born)


def column(
    published: Published,
    title: str,
    names: tuple[str, ...],
    after: Answer,
    found: Iterable[Difference],
    born: date | None,
    *,
    why: Mapping[str, Cause] | None = None,
) -> Column:
    """Differences in words. `why`: they are from an earlier day, each with its cause."""
    make, outcomes = ItemMaker(published, born), {each.slug: each for each in after.outcomes}
    titles = _HEADINGS if why is None else _SINCE
    groups = tuple(
        ShiftGroup(kind, _(titles[kind]), tuple(_shifts(together, make, outcomes, published, why)))
        for kind, together in groupby(found, lambda each: each.kind)
    )
    return Column(title, names, said_day(after.on), counts_of(after), groups)


def _shifts(
    found: Iterable[Difference],
    make: ItemMaker,
    outcomes: Mapping[str, Outcome],
    published: Published,
    why: Mapping[str, Cause] | None,
) -> Iterator[Shift]:
    for each in found:
        item = make.item(outcomes[each.slug]) if each.slug in outcomes else None
        known = each.slug in published.entries
        yield Shift(
            title=item.words.title if item else each.title,
            href=f"/entitlements/{each.slug}" if known else "",
            whose=item.words.whose if item else "",
            why=together(*_reasons(each, item, why)),
            when=_("From %(day)s.") % {"day": said_day(each.since)} if each.since else "",
        )


def _reasons(each: Difference, item: Item | None, why: Mapping[str, Cause] | None) -> Iterator[str]:
    if why is not None and each.slug in why:
        yield _(_CAUSES[why[each.slug]])
    if each.kind == "moved" and item:
        yield from (f"{said(text).rstrip('.')}." for text in (item.words.amount, item.when) if text)
    elif item is None and why is None:
        yield _("It belongs to another council.")
    elif item is None:
        yield _("It is not in today’s list for this person.")
    yield from map(said, each.why)
