"""What we said on an earlier day: the same answers, sent then, to the catalogue as it was published then."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request

from offer.catalogue.earlier import EarlierEdition
from offer.catalogue.reading import NotPublished
from offer.clock import LONDON
from offer.db.connections import AWAY
from offer.language import gettext as _
from offer.languages.dates import said_day
from offer.live import live_of
from offer.pages.adviser_view import Column, column, counts_of
from offer.pages.fields import DateField
from offer.pages.forms import Filled, fill
from offer.pages.typed_values import PARTS, TypingFault, typed_date
from offer.person import Person
from offer.published import Published
from offer.what_if import causes, differences

FIELD = "said"


@dataclass(frozen=True, slots=True)
class EarlierView:
    """What was asked and what came of it. `words`: which list it is, or why there is none."""

    field: DateField
    words: tuple[str, ...] = ()
    counts: tuple[int, int, int] | None = None
    column: Column | None = None


async def earlier_view(
    request: Request, published: Published, filled: Filled, sent: Mapping[str, str], on: date
) -> EarlierView:
    """The box for a day and, where one was given, the answer of that day beside today's."""
    try:
        day = _day(sent, on)
    except TypingFault as fault:
        return EarlierView(_field(sent, str(fault)))
    if day is None or filled.person is None:
        return EarlierView(_field(sent))
    connection = live_of(request).connection
    try:
        if connection is None:
            raise OSError
        held = await live_of(request).earlier.on(connection, day, published)
    except NotPublished:
        words = _("We hold no list of %(day)s: our first was published later.") % {"day": said_day(day)}
        return EarlierView(_field(sent), (words,))
    except AWAY:
        words = _("We cannot look at earlier lists just now. Try again in a minute.")
        return EarlierView(_field(sent), (words,))
    return await asyncio.to_thread(beside, published, filled, sent, held, day)


def _day(sent: Mapping[str, str], on: date) -> date | None:
    day, month, year = (sent.get(f"{FIELD}-{part}", "") for part in PARTS)
    found = typed_date((day, month, year), _("the earlier day"))
    if found is None:
        return None
    if date.fromisoformat(found) >= on:
        raise TypingFault(_("Choose a day before today."))
    return date.fromisoformat(found)


def _field(sent: Mapping[str, str], error: str = "") -> DateField:
    day, month, year = (sent.get(f"{FIELD}-{part}", "") for part in PARTS)
    return DateField(
        id=f"{FIELD}-day", name=FIELD, label=_("The day"), error=error, day=day, month=month, year=year
    )


def beside(
    published: Published,
    filled: Filled,
    sent: Mapping[str, str],
    held: EarlierEdition,
    day: date,
) -> EarlierView:
    """Three answers: that list that day, today's list that day, today's list today."""
    words = (_which(held, published, day),)
    then = fill(filled.typed, held.published, day, filled.place).person
    assert filled.person is not None
    if then is None:
        why = _("These answers do not fit that day: something in them had not happened yet.")
        return EarlierView(_field(sent), (*words, why))
    before = then.answer(held.published)
    between = Person(then.situation, day).answer(published, explain=False)
    now = filled.person.answer(published)
    shifts, why_not = differences(before, now), causes(before, between, now)
    born = filled.person.situation.date_of_birth
    shown = column(published, _("Then and today"), (), now, shifts, born, why=why_not)
    return EarlierView(_field(sent), words, counts_of(before), shown)


def _which(held: EarlierEdition, published: Published, day: date) -> str:
    """ "On 3 May 2026 our list was version 4, published on 2 May 2026. Today it is version 9." """
    number, at = held.published.version, said_day(held.at.astimezone(LONDON).date())
    values = {"day": said_day(day), "number": number, "at": at, "today": published.version}
    if number == published.version:
        return _("On %(day)s our list was version %(number)s, published on %(at)s. It still is.") % values
    return (
        _("On %(day)s our list was version %(number)s, published on %(at)s. Today it is version %(today)s.")
        % values
    )
