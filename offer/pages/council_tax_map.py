"""Council tax on a map: one council's districts with those next door, and England. The table says the same.

The maps are drawn from committed outlines; nothing is fetched and nobody's place is asked for.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.outlines import Outlines
from directory.outlines.drawing import Drawn, Wanted, draw, frame_of, members, wrapped
from directory.outlines.frame import Canvas
from directory.phrase import phrase, together
from directory.places import Area
from offer.clock import today
from offer.council_names import plain_name
from offer.council_tax import current, rows_held
from offer.errors import Problem
from offer.language import gettext as _
from offer.languages.phrases import said
from offer.pages.council_tax_kinds import KINDS, Fact, Kind, fact_of
from offer.pages.edition import edition_of
from offer.pages.rendering import Page, render
from offer.published import Published

PATH = "/council-tax/map"
WIDE = 660  # units across a council's map: about half a pixel each on a phone
TEXT = 23  # units high: 11.5 pixels on a phone
ALONE, SEVERAL = 0.3, 0.06  # margin round one district, and round several: next door needs room
UNKNOWN = "We do not know that council. Choose yours from the list on the council tax page."


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of text in the drawing."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One district in the drawing, a link. `own`: of the council that the map is about."""

    href: str
    title: str
    pattern: str
    path: str
    own: bool
    name: tuple[Mark, ...]
    value: Mark | None


@dataclass(frozen=True, slots=True)
class Row:
    """One district in the table. `letter` marks it on the map where its words do not fit, else ""."""

    fact: Fact
    letter: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The districts under one heading of the table."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the SVG shows: its size in units, the height of its text, the key and the districts."""

    width: int
    height: int
    text: int
    kinds: tuple[Kind, ...]
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilMapView(Page):
    """One council's map and table; the table alone where we have no outline of it."""

    council: str
    summary: str
    drawing: Drawing | None
    groups: tuple[Rows, ...]
    edition: str  # of the postcodes that the outlines are drawn from


async def council(request: Request) -> Response:
    """GET /council-tax/map/{area}: the map of the council of that code or name."""
    published, on = edition_of(request), today()
    area = _council(published, request.path_params["area"], on)
    if area.gss != request.path_params["area"]:
        return RedirectResponse(f"{PATH}/{area.gss}", 303)
    view = await asyncio.to_thread(council_view, published, area, on)  # drawn first, it takes a while
    return render(request, "council-tax-map.html", view)


def _council(published: Published, typed: str, on: date) -> Area:
    """The council of a code, or that of a district's code. Raises Problem 404."""
    places = published.places
    current_code = places.areas.current(typed, on)
    found = places.authority_of(current_code, on) or next(
        (area for area in places.authorities(on) if area.gss == typed), None
    )
    if found is None:
        raise Problem(404, UNKNOWN)
    return found


def council_view(published: Published, area: Area, on: date) -> CouncilMapView:
    """The map of a council's own districts, with as much of those next door as fits round them."""
    facts, name = facts_of(published, on), plain_name(area.name)
    own = tuple(each.gss for each in published.places.districts_of(area.gss, on))
    canvas, drawn = _drawn(published, own, facts, on)
    near = tuple(each.gss for each in drawn if each.gss not in own)
    letters = _letters(drawn, (*own, *near))
    groups = (
        Rows(
            _("Districts of %(place)s") % {"place": name} if len(own) > 1 else name,
            _rows(own, facts, letters),
        ),
        Rows(_("Next door"), _rows(near, facts, letters)),
    )
    return CouncilMapView(
        title=_("Council tax map: %(place)s") % {"place": name},
        path="/council-tax",
        edition=published.places.edition,
        description=_(
            "What care leavers may get off the council tax bill in %(place)s and next door, as a map."
        )
        % {"place": name},
        council=name,
        summary=summary([facts[gss] for gss in own], name),
        drawing=_drawing(canvas, drawn, own, facts, letters) if canvas else None,
        groups=tuple(group for group in groups if group.rows),
    )


def _drawn(
    published: Published, own: Sequence[str], facts: Mapping[str, Fact], on: date
) -> tuple[Canvas | None, Sequence[Drawn]]:
    """The districts in the council's frame, by name; no canvas where we have no outline of the council."""
    outlines = Outlines.load()
    made_of = members(published.places, outlines, on)
    rings = outlines.rings(code for gss in own for code in made_of.get(gss, ()))
    if not rings:
        return None, ()
    canvas = Canvas(frame_of(rings, ALONE if len(own) == 1 else SEVERAL), WIDE)
    wanted = tuple(
        Wanted(gss, made_of[gss], _labels(fact), lettered=True)
        for gss, fact in facts.items()
        if gss in made_of
    )
    return canvas, sorted(draw(outlines, wanted, canvas, TEXT), key=lambda each: facts[each.gss].row.name)


def _drawing(
    canvas: Canvas,
    drawn: Iterable[Drawn],
    own: Sequence[str],
    facts: Mapping[str, Fact],
    letters: Mapping[str, str],
) -> Drawing:
    ordered = sorted(drawn, key=lambda each: each.gss in own)  # their thick outline lies on top
    return Drawing(
        width=canvas.width,
        height=canvas.height,
        text=TEXT,
        kinds=kinds_in(facts[each.gss] for each in ordered),
        shapes=tuple(
            shape(each, facts[each.gss], letters.get(each.gss, ""), own=each.gss in own) for each in ordered
        ),
    )


def facts_of(published: Published, on: date) -> Mapping[str, Fact]:
    """The fact about every English district of that day, by code."""
    held = rows_held(published)
    return {
        area.gss: fact_of(area.gss, plain_name(area.name), current(held.get(area.gss, ()), on))
        for area in published.places.districts(on)
    }


def kinds_in(facts: Iterable[Fact]) -> tuple[Kind, ...]:
    """The kinds that a map shows, in the order of its key."""
    seen = {fact.kind for fact in facts}
    return tuple(kind for kind in KINDS if kind in seen)


def summary(facts: Sequence[Fact], where: str) -> str:
    """The map in one sentence: "In all 7 districts of Kent you may pay nothing until you turn 25." """
    counts = Counter(fact.kind for fact in facts)
    if len(facts) == 1:
        return phrase("In %(place)s, %(rule)s.", place=where, rule=facts[0].kind.many)
    if len(counts) == 1:
        return phrase(
            "In all %(num)s districts of %(place)s, %(rule)s.",
            num=len(facts),
            place=where,
            rule=facts[0].kind.many,
        )
    parts = [
        phrase("In %(num)s, %(rule)s.", num=counts[kind], rule=kind.many) for kind in KINDS if counts[kind]
    ]
    return together(phrase("%(place)s has %(num)s districts.", place=where, num=len(facts)), *parts)


def _labels(fact: Fact) -> tuple[tuple[str, ...], ...]:
    end = (_until(fact.value),) if fact.value else ()
    return tuple((*lines, *end) for lines in wrapped(fact.row.name))


def _until(value: str) -> str:
    return said(phrase("until %(age)s", age=value)) if value.isdigit() else value


def _letters(drawn: Iterable[Drawn], order: Iterable[str]) -> Mapping[str, str]:
    """A letter for each district whose words do not fit, in the order of the table."""
    small = {each.gss for each in drawn if not each.words and each.roomy}
    return dict(zip((gss for gss in order if gss in small), ascii_uppercase, strict=False))


def _rows(codes: Iterable[str], facts: Mapping[str, Fact], letters: Mapping[str, str]) -> tuple[Row, ...]:
    return tuple(Row(facts[gss], letters.get(gss, "")) for gss in codes)


def shape(drawn: Drawn, fact: Fact, letter: str, own: bool, size: int = TEXT) -> Shape:
    """A district with its words in their places, or its letter."""
    words = drawn.words or ((letter,) if letter else ())
    step = round(size * 1.1)
    top = drawn.y - step * (len(words) - 1) // 2 + round(size * 0.35)
    marks = tuple(Mark(drawn.x, top + step * line, text) for line, text in enumerate(words))
    has_value = bool(drawn.words and fact.value)
    return Shape(
        href=f"/council-tax/{fact.row.gss}",
        title=fact.words,
        pattern=fact.kind.id,
        path=drawn.path,
        own=own,
        name=marks[:-1] if has_value else marks,
        value=marks[-1] if has_value else None,
    )


ROUTES = (Route(f"{PATH}/{{area}}", council, name="council-tax-map"),)
