"""Council tax over all England on one map, with the crowded cities drawn larger beside it."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from directory.outlines import Outlines
from directory.outlines.drawing import Wanted, draw, members
from directory.outlines.frame import Box, Canvas
from offer.clock import today
from offer.council_names import councils_by_name
from offer.language import gettext as _
from offer.pages.council_tax_kinds import KINDS, NOTHING, Fact, Kind
from offer.pages.council_tax_map import PATH, Mark, Row, Shape, facts_of, shape
from offer.pages.edition import edition_of
from offer.pages.rendering import Page, render
from offer.published import Published

TEXT = 22  # units high: 13 pixels on a desk; a phone leaves the words out
MAINLAND = Canvas(Box(82, 4, 662, 662), 1160)  # km; two units each


@dataclass(frozen=True, slots=True)
class Inset:
    """A crowded part, drawn larger in the sea. `left`, `top`, `width` are units of the whole drawing."""

    name: str
    box: Box  # km
    left: int
    top: int
    width: int

    @property
    def canvas(self) -> Canvas:
        """Its own piece of the drawing."""
        return Canvas(self.box, self.width, self.left, self.top)


INSETS = (
    Inset("London", Box(501, 153, 563, 203), 4, 40, 404),
    Inset("Manchester to Mersey", Box(316, 374, 408, 430), 4, 420, 384),
    Inset("West Midlands", Box(384, 272, 440, 314), 4, 710, 384),
    Inset("Tyne and Wear", Box(408, 545, 446, 584), 860, 40, 290),
)


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of the drawing: England whole, or a part in its frame. `name` is "" for the whole."""

    name: Mark | None
    frame: Canvas
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many districts are of a kind."""

    kind: Kind
    districts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EnglandMapView(Page):
    """The map of England, what it shows in numbers, and the same in a table and a list."""

    width: int
    height: int
    text: int
    kinds: tuple[Kind, ...]
    counts: tuple[Count, ...]
    panels: tuple[Panel, ...]
    held: tuple[Row, ...]
    not_held: tuple[Fact, ...]
    councils: tuple[tuple[str, str], ...]
    edition: str  # of the postcodes that the outlines are drawn from


async def england(request: Request) -> Response:
    """GET /council-tax/map."""
    view = await asyncio.to_thread(england_view, edition_of(request))  # drawn first, it takes a second
    return await asyncio.to_thread(render, request, "council-tax-england.html", view)


def england_view(published: Published) -> EnglandMapView:
    """England's districts as they are today."""
    on = today()
    outlines, facts = Outlines.load(), facts_of(published, on)
    made_of = members(published.places, outlines, on)
    by_name = sorted(facts.values(), key=lambda fact: fact.row.name)
    drawn = [fact for fact in by_name if fact.row.gss in made_of]
    return EnglandMapView(
        title=_("Council tax map of England"),
        path="/council-tax",
        edition=published.places.edition,
        description=_("What care leavers may get off the council tax bill in each district, as a map."),
        width=MAINLAND.width,
        height=MAINLAND.height,
        text=TEXT,
        kinds=KINDS,
        counts=tuple(Count(kind, sum(fact.kind == kind for fact in by_name)) for kind in KINDS),
        panels=tuple(_panels(outlines, made_of, drawn)),
        held=tuple(Row(fact, "") for fact in by_name if fact.kind != NOTHING),
        not_held=tuple(fact for fact in by_name if fact.kind == NOTHING),
        councils=councils_by_name(published.places, on),
    )


def _panels(
    outlines: Outlines, made_of: Mapping[str, tuple[str, ...]], facts: Sequence[Fact]
) -> Iterable[Panel]:
    wanted = tuple(Wanted(f.row.gss, made_of[f.row.gss], ((f.value,),) if f.value else ()) for f in facts)
    known = {fact.row.gss: fact for fact in facts}

    def shapes(canvas: Canvas) -> tuple[Shape, ...]:
        drawn = draw(outlines, wanted, canvas, TEXT)
        return tuple(shape(each, known[each.gss], "", own=False, size=TEXT) for each in drawn)

    yield Panel(None, MAINLAND, shapes(MAINLAND))
    for inset in INSETS:
        canvas = inset.canvas
        name = Mark(inset.left, inset.top - 10, inset.name)
        yield Panel(name, canvas, shapes(canvas))


ROUTES = (Route(PATH, england, name="council-tax-england"),)
