"""Hubs near a place on a small map, numbered as in the list above it.

The visitor's own point is never drawn: only the district they live in. Places that keep their
address private have no point at all; one known by its town alone is drawn as "about".
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from directory.nearest import Nearby
from directory.outlines import Outlines, Spot, to_plane
from directory.outlines.drawing import Drawn, Wanted, draw, frame_of, members, wrapped
from directory.outlines.frame import Box, Canvas, scale_bar
from directory.outlines.shapes import Ring
from directory.places import Area
from directory.points import Point
from offer.addresses import service_href
from offer.council_names import plain_name
from offer.language import gettext as _
from offer.pages.council_tax_map import Mark
from offer.published import Published

WIDE, TEXT = 660, 21  # units: about half a pixel each on a phone
STRIP = 46  # units below the map for the scale and north
REACH = 40.0  # km from the district: what lies further stands in the list alone
LEAST = 12.0  # km: a small district is shown with what is round it
RADIUS = 19  # units of a marker
MOST = 30  # markers: more would cover the map
ROUND = ((0, 0), (1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, 1), (1, 1), (-1, -1), (2, 0), (-2, 0))


@dataclass(frozen=True, slots=True)
class Ground:
    """A district for orientation. `own`: the visitor's."""

    path: str
    own: bool
    words: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbered place; where it had to move aside a line leads from it to its spot."""

    number: int
    href: str
    title: str
    about: bool
    x: int
    y: int
    spot: tuple[int, int]


@dataclass(frozen=True, slots=True)
class HubRow:
    """The same place in the table."""

    number: int
    href: str
    name: str
    where: str


@dataclass(frozen=True, slots=True)
class HubMap:
    """The drawing, its scale bar (`miles` long, `bar` units) and the table.

    `left_out`: how many stand in the list alone, too far away or too many.
    """

    width: int
    height: int
    text: int
    strip: int
    radius: int
    district: str
    grounds: tuple[Ground, ...]
    markers: tuple[Marker, ...]
    rows: tuple[HubRow, ...]
    miles: int
    bar: int
    left_out: int

    @property
    def some_about(self) -> bool:
        """Whether some place is known by its town alone."""
        return any(marker.about for marker in self.markers)

    @property
    def some_sure(self) -> bool:
        """Whether some place is drawn at its address."""
        return not all(marker.about for marker in self.markers)


@dataclass(frozen=True, slots=True)
class _Hub:
    number: int
    point: Point
    spot: Spot


def hub_map(published: Published, district: Area | None, found: Nearby, on: date) -> HubMap | None:
    """The map of what was found for a district; None where there is nothing to draw."""
    if district is None:
        return None
    outlines = Outlines.load()
    made_of = members(published.places, outlines, on)
    home = outlines.rings(made_of.get(district.gss, ()))
    hubs = tuple(_hubs(published, found))
    shown = tuple(hub for hub in hubs if _is_close(hub.spot, home))[:MOST]
    if not shown:
        return None
    canvas = Canvas(_frame(home, shown), WIDE)
    markers = tuple(_apart(shown, canvas))
    miles, bar = scale_bar(canvas, 0.4)
    wanted = tuple(
        Wanted(gss, codes, wrapped(plain_name(published.names[gss])))
        for gss, codes in made_of.items()
        if gss in published.names
    )
    return HubMap(
        width=canvas.width,
        height=canvas.height,
        text=TEXT,
        strip=STRIP,
        radius=RADIUS,
        district=plain_name(district.name),
        grounds=_grounds(draw(outlines, wanted, canvas, TEXT), district.gss, markers),
        markers=markers,
        rows=tuple(_row(hub) for hub in shown),
        miles=miles,
        bar=bar,
        left_out=len({hub.number for hub in hubs} - {hub.number for hub in shown}),
    )


def _hubs(published: Published, found: Nearby) -> Iterator[_Hub]:
    """Each place that may be drawn, with its number in the list: the near ones first, as there."""
    for number, near in enumerate(found.near, 1):
        for point in published.directory.points_of(near.service):
            if point.place == near.place:
                yield _Hub(number, point, to_plane(point.lat, point.lon))
    for number, service in enumerate(found.places, 1 + len(found.near)):
        for point in published.directory.points_of(service):
            yield _Hub(number, point, to_plane(point.lat, point.lon))


def _is_close(spot: Spot, home: Sequence[Ring]) -> bool:
    return not home or _around(home).grown(REACH).holds(spot)


def _around(rings: Iterable[Ring]) -> Box:
    return Box.around(spot for ring in rings for spot in ring)


def _frame(home: Sequence[Ring], hubs: Sequence[_Hub]) -> Box:
    spots = tuple(hub.spot for hub in hubs)
    return frame_of((*home, spots), 0.08, tallest=1.1).at_least(LEAST, LEAST)


def _apart(hubs: Iterable[_Hub], canvas: Canvas) -> Iterator[Marker]:
    """Markers side by side where they would cover one another; what is full keeps its spot."""
    taken: list[tuple[int, int]] = []
    for hub in hubs:
        spot = canvas.at(hub.spot)
        ways = [(spot[0] + 2 * RADIUS * x, spot[1] + 2 * RADIUS * y) for x, y in ROUND]
        inside = [way for way in ways if _is_inside(way, canvas)]
        x, y = next((way for way in inside if all(math.dist(way, t) >= 2 * RADIUS for t in taken)), spot)
        taken.append((x, y))
        service = hub.point.service
        title = f"{hub.number}. {service.name}"
        if hub.point.about:
            title = _("%(name)s (about: only the town is known)") % {"name": title}
        yield Marker(hub.number, service_href(service.id), title, hub.point.about, x, y, spot)


def _is_inside(at: tuple[int, int], canvas: Canvas) -> bool:
    return RADIUS <= at[0] <= canvas.width - RADIUS and RADIUS <= at[1] <= canvas.height - RADIUS


def _grounds(drawn: Iterable[Drawn], own: str, markers: Sequence[Marker]) -> tuple[Ground, ...]:
    """The visitor's district last: its thick outline lies on top."""
    grounds = (_ground(each, each.gss == own, markers) for each in drawn)
    return tuple(sorted(grounds, key=lambda ground: ground.own))


def _ground(drawn: Drawn, own: bool, markers: Iterable[Marker]) -> Ground:
    """A district with its name, unless a marker stands on it."""
    room = 2 * RADIUS
    free = not any(
        abs(marker.x - drawn.x) < 3 * room and abs(marker.y - drawn.y) < 1.2 * room for marker in markers
    )
    step = round(TEXT * 1.1)
    top = drawn.y - step * (len(drawn.words) - 1) // 2 + round(TEXT * 0.35)
    marks = (Mark(drawn.x, top + step * line, text) for line, text in enumerate(drawn.words))
    return Ground(drawn.path, own, tuple(marks) if free else ())


def _row(hub: _Hub) -> HubRow:
    service, location = hub.point.service, hub.point.place.location
    known = ", ".join(part for part in (location.town, location.postcode) if part)
    where = _("%(town)s (only the town is known)") % {"town": location.town} if hub.point.about else known
    return HubRow(hub.number, service_href(service.id), service.name, where)
