"""From district codes to matches: the district and its council on a day, and the nation they share."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from directory.places.answers import Match
from directory.places.areas import Areas
from directory.places.store import Row


@dataclass(slots=True)
class Tally:
    """Postcodes of one district and the sum of their positions."""

    count: int = 0
    points: int = 0
    lat: float = 0.0
    lon: float = 0.0

    def add(self, row: Row) -> None:
        self.count += 1
        if row.lat is not None and row.lon is not None:
            self.points += 1
            self.lat += row.lat
            self.lon += row.lon

    @property
    def centre(self) -> tuple[float, float] | tuple[None, None]:
        return (self.lat / self.points, self.lon / self.points) if self.points else (None, None)


def match_of(areas: Areas, code: str, on: date) -> Match | None:
    """The district that holds on `on`; outside England its council area is also its authority."""
    area = areas.district(areas.current(code, on))
    return Match(area, areas.authority_of(area.gss, on) or area) if area else None


def nation_of(areas: Areas, matches: Iterable[Match]) -> str | None:
    """The nation that is the same in all matches, if it is."""
    nations = {areas.nation(match.district.gss) for match in matches}
    return nations.pop() if len(nations) == 1 else None


def merged(areas: Areas, rows: Iterable[Row], on: date) -> tuple[Match, ...]:
    """One match a district, the largest first; districts that have merged by `on` count as one."""
    tallies: dict[str, Tally] = {}
    for row in rows:
        tallies.setdefault(areas.current(row.district, on), Tally()).add(row)
    total = sum(tally.count for tally in tallies.values())
    matches = []
    for code, tally in sorted(tallies.items(), key=lambda item: (-item[1].count, item[0])):
        if (match := match_of(areas, code, on)) is not None:
            lat, lon = tally.centre
            matches.append(replace(match, lat=lat, lon=lon, share=tally.count / total))
    return tuple(matches)
