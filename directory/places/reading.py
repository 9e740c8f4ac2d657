"""Reading a typed place: postcode, half a postcode, town, district, council or nation.

Pure over the store and the lists: no clock, no I/O beyond the mapped file, and it never
logs. Every text gets an answer with a plain sentence; none raises.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from directory.places import answers, typed
from directory.places.answers import Match, PlaceAnswer, Precision
from directory.places.areas import ISLANDS, Area, Areas, Named
from directory.places.names import is_longer_name, key
from directory.places.store import PackedStore, Row, Town

MOST_TOWNS = 12
_NATION_NAMES = {
    "england": "england", "scotland": "scotland", "wales": "wales", "cymru": "wales",
    "northern ireland": "northern_ireland", "jersey": "jersey", "guernsey": "guernsey",
    "isle of man": "isle_of_man",
}  # fmt: skip


@dataclass(slots=True)
class _Tally:
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


class Reader:
    """One store and one set of lists; safe to share between threads."""

    def __init__(self, store: PackedStore, areas: Areas) -> None:
        self._store = store
        self._areas = areas

    def read(self, text: str, on: date) -> PlaceAnswer:
        """What `text` stands for on the day `on`, which settles districts that merge."""
        tidied = typed.tidy(text)
        code = typed.compact(tidied)
        if parts := typed.split(code):
            row = self._store.find(*parts)
            if row is not None:
                return self._full(parts[0], row, on)
        if code.startswith(("BFPO", "BF1")):
            return answers.FORCES
        has_digit = any(c.isdigit() for c in code)
        readers = (self._postcode, self._name) if has_digit else (self._name, self._postcode)
        for reader in readers:
            if (answer := reader(tidied, on)) is not None:
                return answer
        return answers.UNKNOWN if text.strip() else answers.EMPTY

    # Postcodes

    def _postcode(self, tidied: str, on: date) -> PlaceAnswer | None:
        """A slip of the keys, half a postcode, one inside an address, or one we do not know."""
        code = typed.compact(tidied)
        if (answer := self._corrected(code, on)) is not None:
            return answer
        if (answer := self._part(tidied, on)) is not None:
            return answer
        if (parts := typed.split(code)) and parts[0] in self._store.outcodes:
            return answers.no_such_postcode(parts[0])
        address = typed.inside(tidied)
        return self.read(address, on) if address and address != code else None

    def _corrected(self, code: str, on: date) -> PlaceAnswer | None:
        found = {}
        for outcode, incode in typed.full_readings(code):
            if (row := self._store.find(outcode, incode)) is not None:
                found[f"{outcode} {incode}"] = (outcode, row)
        if not found:
            return None
        if len(found) == 1:
            [(name, (outcode, row))] = found.items()
            return self._full(outcode, row, on).corrected(name)
        matches = self._merged([(row, 1) for _, row in found.values()], on)
        note = f"That may be {answers.listed(list(found))}: type the one you mean."
        return PlaceAnswer("postcode", "several", matches, None, note, self._nation(matches))

    def _full(self, outcode: str, row: Row, on: date) -> PlaceAnswer:
        if island := self._island(outcode):
            return replace(island, query_kind="postcode", precision="exact")
        match = self._match(row.district, on)
        if match is None:
            return answers.NO_DISTRICT
        nation = self._areas.nation(match.district.gss)
        note = None
        if self._store.outcodes[outcode].letters_only:
            note = answers.LETTERS_ONLY
        elif nation != "england" and nation:
            note = answers.abroad(nation)
        elif not row.live:
            note = answers.ENDED
        return PlaceAnswer(
            "postcode", "exact", (replace(match, lat=row.lat, lon=row.lon),), None, note, nation
        )

    def _island(self, outcode: str) -> PlaceAnswer | None:
        if not outcode.startswith(tuple(ISLANDS)):
            return None
        nation, name = ISLANDS[outcode[:2]]
        area = Area("M99999999" if nation == "isle_of_man" else "L99999999", name)
        return PlaceAnswer("outcode", "about", (Match(area, area),), None, answers.abroad(nation), nation)

    def _part(self, tidied: str, on: date) -> PlaceAnswer | None:
        """An outcode or a sector: the districts of its live postcodes, each with its share."""
        readings = [part for part in typed.part_readings(tidied) if self._holds(*part)]
        if readings:
            return self._area(readings, on)
        fixed = {
            (right, sector)
            for outcode, sector in typed.part_readings(tidied)
            if any(c.isdigit() for c in outcode + sector)
            for right in typed.outcode_readings(outcode)
            if self._holds(right, sector)
        }
        if not fixed:
            return None
        name = answers.listed([f"{outcode} {sector}".strip() for outcode, sector in sorted(fixed)])
        return self._area(sorted(fixed), on).corrected(name)

    def _holds(self, outcode: str, sector: str) -> bool:
        if outcode not in self._store.outcodes:
            return False
        return not sector or next(self._store.rows(outcode, sector), None) is not None

    def _area(self, parts: list[tuple[str, str]], on: date) -> PlaceAnswer:
        outcode, sector = parts[0]
        if island := self._island(outcode):
            return island
        matches = self._merged(self._weighed(parts), on)
        kind: answers.Kind = "sector" if sector else "outcode"
        name = " or ".join(f"{outcode} {sector}".strip() for outcode, sector in parts)
        nation = self._nation(matches)
        if not matches:
            return replace(answers.NO_DISTRICT, query_kind=kind)
        if len(parts) > 1:
            note = f"That may be {name}: type your full postcode, or choose your council."
            return PlaceAnswer(kind, "several", matches, None, note, nation)
        if len(matches) > 1:
            return PlaceAnswer(kind, "several", matches, None, answers.which_district(name, matches), nation)
        note = answers.MIDDLE_OF_AREA if nation == "england" else answers.abroad(nation or "scotland")
        return PlaceAnswer(kind, "about", matches, None, note, nation)

    def _weighed(self, parts: list[tuple[str, str]]) -> list[tuple[Row, int]]:
        """The rows in use; where none is, all of them."""
        rows = [row for outcode, sector in parts for row in self._store.rows(outcode, sector) if row.district]
        return [(row, 1) for row in rows if row.live] or [(row, 1) for row in rows]

    def _merged(self, rows: Iterable[tuple[Row, int]], on: date) -> tuple[Match, ...]:
        """One match a district, the largest first; districts that have merged by `on` count as one."""
        tallies: dict[str, _Tally] = {}
        for row, _ in rows:
            tallies.setdefault(self._areas.current(row.district, on), _Tally()).add(row)
        total = sum(tally.count for tally in tallies.values())
        matches = []
        for code, tally in sorted(tallies.items(), key=lambda item: (-item[1].count, item[0])):
            if (match := self._match(code, on)) is not None:
                lat, lon = tally.centre
                matches.append(replace(match, lat=lat, lon=lon, share=tally.count / total))
        return tuple(matches)

    def _match(self, code: str, on: date) -> Match | None:
        """The district that holds on `on`; outside England its council area is also its authority."""
        area = self._areas.district(self._areas.current(code, on))
        return Match(area, self._areas.authority_of(area.gss, on) or area) if area else None

    def _nation(self, matches: tuple[Match, ...]) -> str | None:
        nations = {self._areas.nation(match.district.gss) for match in matches}
        return nations.pop() if len(nations) == 1 else None

    # Names

    def _name(self, tidied: str, on: date) -> PlaceAnswer | None:
        parts = [part for part in re.split(r"[,;\n]", tidied) if key(part)]
        whole = key(tidied)
        if not whole:
            return None
        if whole in _NATION_NAMES:
            return self._whole_nation(_NATION_NAMES[whole])
        return (
            self._found(tidied, on)
            or (self._within(parts[0], parts[1:], on) if len(parts) > 1 else None)
            or self._within_last_words(whole, on)
        )

    def _whole_nation(self, nation: str) -> PlaceAnswer:
        if nation == "england":
            return answers.ENGLAND_ONLY
        return PlaceAnswer("nation", "none", nation=nation, note=answers.abroad(nation))

    def _found(self, text: str, on: date) -> PlaceAnswer | None:
        """Areas and towns of exactly this name: one answers, several are asked about."""
        named = self._areas.named(text)
        towns = () if named.council or named.wide else self._towns(text)
        if not named.codes and not towns:
            return None
        if named.codes and not towns:
            return self._areas_named(named, text, on)
        by_name = () if named.former else self._expanded(named.codes, on)
        by_town = self._town_matches(towns, on)
        same = {match.district: match for match in (*by_name, *by_town)}  # a town's match has a point
        return self._towns_found(tuple(same.values()), towns)

    def _towns_found(self, matches: tuple[Match, ...], towns: tuple[Town, ...]) -> PlaceAnswer:
        nation = self._nation(matches)
        if len(matches) > 1:
            note = "More than one place has that name: choose yours, or type your postcode."
            return PlaceAnswer("town", "several", matches, None, note, nation)
        home = nation in ("england", None)
        note = answers.in_the_middle_of(towns[0].name) if home else answers.abroad(nation or "")
        return PlaceAnswer("town", "about", matches, None, note, nation)

    def _areas_named(self, named: Named, text: str, on: date) -> PlaceAnswer | None:
        matches = self._expanded(named.codes, on)
        if not matches:
            return None
        nation = self._nation(matches)
        single = self._areas.authority(named.codes[0]) if len(named.codes) == 1 else None
        tiers = single is not None and len(matches) > 1
        precision: Precision = "exact" if len(matches) == 1 else "several"
        note = None
        if tiers and single:
            note = f"{single.name} has {len(matches)} districts: choose yours, or type your postcode."
        elif len(matches) > 1:
            note = "That name covers more than one council: choose yours, or type your postcode."
        elif nation != "england" and nation:
            note = answers.abroad(nation)
        elif named.former:
            note = f"That council is now part of {matches[0].district.name}."
        return PlaceAnswer("authority" if tiers else "district", precision, matches, None, note, nation)

    def _expanded(self, codes: Iterable[str], on: date) -> tuple[Match, ...]:
        """A county becomes its districts; a district or a unitary stays what it is on that day."""
        matches: dict[Area, Match] = {}
        for code in codes:
            districts = [area.gss for area in self._areas.districts_of(code, on)] or [code]
            for district in districts:
                if (match := self._match(district, on)) is not None:
                    matches.setdefault(match.district, match)
        return tuple(matches.values())

    def _towns(self, text: str) -> tuple[Town, ...]:
        """Towns of this name, and those it begins (Newark → Newark on Trent), the largest first."""
        wanted = key(text)
        if not wanted:
            return ()
        towns = [
            town
            for town in self._store.towns(wanted)
            if key(town.name) == wanted or is_longer_name(key(town.name), wanted)
        ]
        return tuple(sorted(towns, key=lambda town: -town.population)[:MOST_TOWNS])

    def _town_matches(self, towns: Iterable[Town], on: date) -> tuple[Match, ...]:
        matches: dict[Area, Match] = {}
        for town in towns:
            match = self._match(town.district, on)
            if match is not None:
                point = replace(match, lat=town.lat, lon=town.lon, place=town.name)
                matches.setdefault(match.district, point)
        return tuple(matches.values())

    def _within_last_words(self, whole: str, on: date) -> PlaceAnswer | None:
        """ "newport isle of wight": the last words name the area, the first the town."""
        words = whole.split()
        for cut in range(1, min(len(words), 8)):
            first, last = " ".join(words[:cut]), " ".join(words[cut:])
            if self._areas.named(last).codes and self._towns(first):
                return self._within(first, [last], on)
        return None

    def _within(self, first: str, rest: list[str], on: date) -> PlaceAnswer | None:
        """A town narrowed by the area after it; an unknown village gives the area instead."""
        found = self._found(first, on)
        for part in rest:
            codes = set(self._areas.named(part).codes)
            if found is None and (codes or self._towns(part)):
                return self._found(part, on)
            kept = [m for m in found.matches if {m.district.gss, m.authority.gss} & codes] if found else []
            if kept:
                towns = tuple(t for t in self._towns(first) if t.district in {m.district.gss for m in kept})
                return self._towns_found(tuple(kept), towns) if towns else found
        return found
