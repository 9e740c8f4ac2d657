"""What-ifs worked out: each a column of what it changes, beside the answer as things are."""

import asyncio
from dataclasses import replace
from datetime import date

from starlette.requests import Request

from offer.answer_parts import Answer
from offer.common_ground import answer_in_all
from offer.language import gettext as _
from offer.pages.adviser_questions import changes_of
from offer.pages.adviser_variants import Imagined, WhatIf, imagined
from offer.pages.adviser_view import Column, column, next_birthday
from offer.pages.asking import open_districts
from offer.pages.forms import Filled, fill
from offer.pages.typed_values import TypingFault
from offer.place_reading import read_place
from offer.published import Published
from offer.what_if import differences


async def columns_of(
    request: Request, published: Published, filled: Filled, found: Answer, asked: tuple[WhatIf, ...]
) -> tuple[Column, ...]:
    """The next birthday, where the birth date is known, and each what-if that was typed.

    Each is two more answers, so it is worked out beside the event loop.
    """
    assert filled.person is not None
    first = await asyncio.to_thread(next_birthday, published, filled.person, found)
    typed = [await _column(request, published, filled, found, each) for each in asked if each.values]
    return (first, *typed) if first else tuple(typed)


async def _column(
    request: Request, published: Published, filled: Filled, found: Answer, asked: WhatIf
) -> Column:
    """One what-if worked out, or what to put right in it."""
    title = _("What if %(number)s") % {"number": asked.number}
    try:
        thought = imagined(asked, filled, changes_of(filled, found.on), found.on)
    except TypingFault as fault:
        return Column(title, (), fault=str(fault))
    place = await read_place(request, published, thought.typed.get("place"), thought.told)
    other = fill(thought.typed, published, thought.told, place)
    if other.person is None:
        return Column(title, thought.names, fault=" ".join(fault.text for fault in other.faults))
    return await asyncio.to_thread(worked_out, published, title, thought, other, found)


def worked_out(published: Published, title: str, thought: Imagined, other: Filled, found: Answer) -> Column:
    """What differs once it is so, in words."""
    assert other.person is not None
    after, along = (_answer(published, other, day) for day in (thought.on, thought.told))
    shifts = differences(found, after, along)
    names = thought.names
    if open_districts(other):
        names = (*names, _("More than one council covers that place. Name the district to be exact."))
    return column(published, title, names, after, shifts, other.person.situation.date_of_birth)


def _answer(published: Published, other: Filled, day: date) -> Answer:
    assert other.person is not None
    return answer_in_all(published, replace(other.person, on=day), open_districts(other))
