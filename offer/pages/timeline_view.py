"""The moments of a life from 16 to 26 as the page shows them: what starts, what stops, what to do before."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from directory.topics import TOPICS
from offer.addresses import entry_href
from offer.council_names import plain_name
from offer.eligibility.age_told import ages_by
from offer.eligibility.dates import ONE_DAY, birthday
from offer.eligibility.fact import Value
from offer.eligibility.situation import CareSpell, Situation
from offer.eligibility.stated_dates import stated_days
from offer.eligibility.timeline_dates import LAST_AGE
from offer.entitlements.in_force import standing
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.language import gettext as _
from offer.language import later, spoken
from offer.languages.dates import said_day
from offer.moments import Turn
from offer.outcome_parts import OutcomeValue
from offer.pages.timeline_parts import Asking, Moment, Turning, TurnItem
from offer.pages.timeline_words import ages_said, ahead, moment_title, status_said, turning
from offer.published import Published
from offer.timeline import (
    AgeChange,
    AmountChange,
    Change,
    StatusChange,
    amount_changes,
    last_day,
    status_changes,
    status_changes_by_age,
    timeline,
    timeline_by_age,
)

NOT_SURE = later("From now on it depends on something more. Ask, or open it to see for whom it goes on.")
FIRST_AGE, AFTER_LAST_AGE = 15, 27  # the page in general: what changes from the 15th birthday to 26
_TOPIC_ORDER: Mapping[str, int] = {slug: place for place, slug in enumerate(TOPICS)}
_BEST: Mapping[OutcomeValue, int] = {"yes": 0, "unknown": 1, "no": 2}
_IN_ENGLAND: Mapping[str, Value] = MappingProxyType(
    {"responsible_authority_nation": "england", "residence_nation": "england"}
)
# By language, of one edition and day: the same for everybody all day.
_last_made: dict[str, tuple[Published, date, tuple[Moment, ...]]] = {}


def anybodys_moments(published: Published, on: date) -> tuple[Moment, ...]:
    """For anybody in the care of a council in England until 18: ages, then the days of laws and figures."""
    edition, day, moments = _last_made.get(spoken().code, (None, None, ()))
    if edition is published and day == on:
        return moments
    days = persons_moments(published, Situation(told_on=on, facts=_IN_ENGLAND), on)
    moments = (*_anybodys_ages(published, on), *days)
    _last_made[spoken().code] = (published, on, moments)
    return moments


def anybody_born(born: date, on: date) -> Situation:
    """Anybody in the care of a council in England until 18, with a birthday; for a day before or after it."""
    adult = birthday(born, 18)
    care = CareSpell(birthday(born, 10), adult if adult <= on else None)
    return Situation(told_on=on, facts=_IN_ENGLAND, date_of_birth=born, care=(care,))


def _anybodys_ages(published: Published, on: date) -> tuple[Moment, ...]:
    """From today's rules. Nothing else about the person is known, so most of what starts is a might."""
    born = date(on.year - 18, 1, 15)  # any day but 1 September would give the same ages
    start = birthday(born, FIRST_AGE)
    person = anybody_born(born, start)
    end = birthday(born, AFTER_LAST_AGE) - ONE_DAY
    turns = timeline(published, person, start, end, law=on, explain=False)
    statuses = status_changes(published, person, start, end)
    maker = _Maker(published, person, None, law=on)
    return maker.moments(turns, statuses)


def persons_moments(published: Published, person: Situation, on: date) -> tuple[Moment, ...]:
    """For one person: to the day with a birth date; with an age birthday by birthday.

    The days on which a law or a figure changes are the same for everybody, and stand among either.
    """
    maker, end = _Maker(published, person, on, law=on), last_day(person, on)
    turns = timeline(published, person, on, end, explain=False)
    by_age = timeline_by_age(published, person, on, explain=False)
    statuses = (
        *status_changes(published, person, on, end),
        *status_changes_by_age(published, person, on),
    )
    return maker.moments([*turns, *by_age], statuses, amount_changes(published, person, on, end))


class _Maker:
    """Makes the moments of one person; `on` is None in general, where no date is told.

    `law`: the day whose laws count where a moment has no day of its own.
    """

    def __init__(self, published: Published, person: Situation, on: date | None, *, law: date) -> None:
        self._published = published
        self._person = person
        self._on = on
        self._law = law

    def moments(
        self,
        turns: Sequence[Change | AgeChange],
        statuses: Sequence[StatusChange],
        amounts: Sequence[AmountChange] = (),
    ) -> tuple[Moment, ...]:
        """One moment for each day or age on which something changes, in order."""
        shown = [turn for turn in turns if self._is_shown(turn)]
        by_status = {key: status for status in statuses if (key := status.date or status.age) is not None}
        days = {change.date for change in amounts}
        keys = sorted({_key(turn) for turn in shown} | set(by_status) | days, key=self._place)
        return tuple(
            self._moment(
                key,
                [turn for turn in shown if _key(turn) == key],
                by_status.get(key),
                [change for change in amounts if change.date == key],
            )
            for key in keys
        )

    def _place(self, key: date | int) -> tuple[int, bool, date]:
        """Where a moment stands: a day before the birthday that may come before it or after."""
        if isinstance(key, int):
            return key, False, date.min
        ages = ages_by(self._person, key) if self._person.date_of_birth is None else ()
        return (ages[0] if ages else 0), True, key

    def _moment(
        self,
        key: date | int,
        turns: Iterable[Turn],
        status: StatusChange | None,
        amounts: Sequence[AmountChange],
    ) -> Moment:
        ordered = sorted(turns, key=self._order)
        day = key if isinstance(key, date) else None
        told = day if self._on else None
        return Moment(
            id=f"on-{key}" if told or not day else f"on-about-{key}",  # in general a day is an example
            title=moment_title(self._published, self._person, day) if day else turning(int(str(key))),
            short=self._short(key),
            day=told,
            when=said_day(told) if told else "",
            away=ahead(told, self._on) if told and self._on else "",
            age=ages_said(self._person, told) if told else "",
            status=status_said(status) if status else None,
            turnings=tuple(
                turning
                for turning in (*self._turnings(ordered, told), self._amounts(amounts))
                if turning.groups
            ),
        )

    def _short(self, key: date | int) -> str:
        """ "At 18" for a birthday."""
        born = self._person.date_of_birth
        if isinstance(key, date):
            ages = [age for age in range(1, LAST_AGE + 1) if born and birthday(born, age) == key]
            return _("At %(age)d") % {"age": ages[0]} if ages else ""
        return _("At %(age)d") % {"age": key}

    def _turnings(self, turns: Sequence[Turn], day: date | None) -> Iterator[Turning]:
        """What starts, first what surely does; what stops; what depends on more from now on."""
        surely = [turn for turn in turns if turn.after == "yes" and turn.before == "no"]
        perhaps = [turn for turn in turns if turn.after == "unknown" and turn.before == "no"]
        surer = [turn for turn in turns if turn.after == "yes" and turn.before == "unknown"]
        stops = [turn for turn in turns if turn.after == "no"]
        unsure = [turn for turn in turns if turn.after == "unknown" and turn.before == "yes"]
        if self._on is None:
            yield Turning("starts", _("Starts"), "", self._starting([*surely, *perhaps]))
        else:
            yield Turning("starts", _("Starts: you should get"), "", self._starting(surely))
            yield Turning("starts", _("Now you should get"), "", self._starting(surer))
            yield Turning("starts", self._perhaps(day), "", self._starting(perhaps))
        last = _("Want it? Ask before then.")
        if day:
            words = _("The last day is %(day)s. Want it? Ask before then.")
            last = words % {"day": said_day(day - ONE_DAY)}
        yield Turning("stops", _("Stops"), last, self._to_ask_about(stops, _before_it_ends))
        yield Turning("open", _("Not sure any more"), _(NOT_SURE), self._to_ask_about(unsure, _first))

    def _amounts(self, changes: Sequence[AmountChange]) -> Turning:
        """The new figure of each; where none is known yet, that the old one is over."""
        items = tuple(
            self._item(change, line=change.after.now_text if change.after else "") for change in changes
        )
        return Turning("amount", _("Amount changes"), "", (Asking("", items),) if items else ())

    def _perhaps(self, day: date | None) -> str:
        """From a stated end on nobody knows what comes next."""
        ends = day is not None and day in stated_days(self._person)
        return _("Open again: depends on what comes next") if ends else _("Starts: you might get")

    def _is_shown(self, turn: Turn) -> bool:
        """A status has a line of its own; what is not law yet may come, and cannot stop."""
        entry = self._entry(turn)
        was = standing(entry, self._law_of(turn, before=ONE_DAY))
        return entry.strength != "status" and (was != "coming" or turn.after != "no")

    def _coming(self, turn: Turn) -> str:
        """What to say of what is not in force on the day of a turn; "" where it is."""
        entry, day = self._entry(turn), self._law_of(turn)
        if standing(entry, day) != "coming":
            return ""
        if not entry.begins:
            return _("Not law yet. Ask if it has started.")
        return _("Not law yet. It starts on %(day)s.") % {"day": said_day(entry.begins)}

    def _law_of(self, turn: Turn, before: timedelta = timedelta()) -> date:
        """The day whose laws count at a turn; `before`: so much earlier, where it has a day."""
        if isinstance(turn, AgeChange):
            return turn.law
        return turn.date - before if self._on and isinstance(turn, Change) else self._law

    def _starting(self, turns: Sequence[Turn]) -> tuple[Asking, ...]:
        return (Asking("", tuple(self._start(turn) for turn in turns)),) if turns else ()

    def _order(self, turn: Turn) -> tuple[int, int]:
        return _BEST[turn.after], _TOPIC_ORDER[self._entry(turn).topic]

    def _entry(self, turn: Turn | AmountChange) -> Entitlement:
        return self._published.entries[turn.slug]

    def _start(self, turn: Turn) -> TurnItem:
        entry = self._entry(turn)
        line = self._coming(turn)
        first = "" if line else _first(entry)
        return self._item(turn, line=line or ("" if self._on else entry.summary), first=first)

    def _to_ask_about(self, turns: Iterable[Turn], step: Callable[[Entitlement], str]) -> tuple[Asking, ...]:
        """Those with the same people to ask stand together; `step` says what to do before the day."""
        groups: dict[str, list[TurnItem]] = {}
        for turn in turns:
            entry = self._entry(turn)
            asked = groups.setdefault(entry.ask if self._on else "", [])
            asked.append(self._item(turn, first=step(entry)))
        return tuple(Asking(ask, tuple(items)) for ask, items in groups.items())

    def _item(self, turn: Turn | AmountChange, line: str = "", first: str = "") -> TurnItem:
        entry = self._entry(turn)
        council = "" if entry.authority == ENGLAND else self._published.names.get(entry.authority, "")
        whose = "" if council and plain_name(council) in entry.title else plain_name(council)
        return TurnItem(entry_href(entry.id), entry.title, whose, line, first)


def _first(entry: Entitlement) -> str:
    """The first step of how to get it: what to do before it starts."""
    return entry.steps[0] if entry.steps else ""


def _before_it_ends(entry: Entitlement) -> str:
    """What to do before it stops; where nobody has written that, the first step of how to get it."""
    return entry.before_it_ends or _first(entry)


def _key(turn: Change | AgeChange) -> date | int:
    return turn.date if isinstance(turn, Change) else turn.age
