"""Reading names: towns and villages, districts, councils, counties and nations."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from directory.phrase import phrase
from directory.places import answers
from directory.places.answers import Match, PlaceAnswer, Precision
from directory.places.areas import Area, Areas, Named
from directory.places.matching import match_of, nation_of
from directory.places.names import council_key, is_longer_name, key
from directory.places.store import PackedStore, Town

MOST_TOWNS = 12
_NATION_NAMES = {
    "england": "england", "scotland": "scotland", "wales": "wales", "cymru": "wales",
    "northern ireland": "northern_ireland", "jersey": "jersey", "guernsey": "guernsey",
    "isle of man": "isle_of_man",
}  # fmt: skip


class NameReader:
    """Names of one store's towns and of the lists' areas."""

    def __init__(self, store: PackedStore, areas: Areas) -> None:
        self._store = store
        self._areas = areas

    def read(self, tidied: str, on: date) -> PlaceAnswer | None:
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
        towns = () if named.council or named.wide else self._towns(text) or self._town_of(named)
        if not named.codes and not towns:
            return None
        if named.codes and not towns:
            return self._areas_named(named, text, on)
        by_name = () if named.former else self._expanded(named.codes, on)
        by_town = self._town_matches(towns, on)
        same = {match.district: match for match in (*by_name, *by_town)}  # a town's match has a point
        return self._towns_found(tuple(same.values()), towns)

    def _towns_found(self, matches: tuple[Match, ...], towns: tuple[Town, ...]) -> PlaceAnswer:
        nation = nation_of(self._areas, matches)
        if len(matches) > 1:
            note: str = phrase("More than one place has that name: choose yours, or type your postcode.")
            return PlaceAnswer("town", "several", matches, None, note, nation)
        home = nation in ("england", None)
        note = answers.in_the_middle_of(towns[0].name) if home else answers.abroad(nation or "")
        return PlaceAnswer("town", "about", matches, None, note, nation)

    def _areas_named(self, named: Named, text: str, on: date) -> PlaceAnswer | None:
        matches = self._expanded(named.codes, on)
        if not matches:
            return None
        nation = nation_of(self._areas, matches)
        single = self._areas.authority(named.codes[0]) if len(named.codes) == 1 else None
        tiers = single is not None and len(matches) > 1
        precision: Precision = "exact" if len(matches) == 1 else "several"
        note: str | None = None
        if tiers and single:
            note = phrase(
                "%(council)s has %(num)s districts: choose yours, or type your postcode.",
                council=single.name, num=len(matches),
            )  # fmt: skip
        elif len(matches) > 1:
            note = phrase("That name covers more than one council: choose yours, or type your postcode.")
        elif nation != "england" and nation:
            note = answers.abroad(nation)
        elif named.former or self._areas.current(named.codes[0], on) != named.codes[0]:
            note = phrase("That council is now part of %(council)s.", council=matches[0].district.name)
        return PlaceAnswer("authority" if tiers else "district", precision, matches, None, note, nation)

    def _expanded(self, codes: Iterable[str], on: date) -> tuple[Match, ...]:
        """A county becomes its districts; a district or a unitary stays what it is on that day."""
        matches: dict[Area, Match] = {}
        for code in codes:
            districts = [area.gss for area in self._areas.districts_of(code, on)] or [code]
            for district in districts:
                if (match := match_of(self._areas, district, on)) is not None:
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

    def _town_of(self, named: Named) -> tuple[Town, ...]:
        """The town an alias stands for, so that it has a point: Hull → Kingston upon Hull."""
        area = self._areas.district(named.codes[0]) if len(named.codes) == 1 and not named.former else None
        core = council_key(area.name)[0] if area else ""
        return tuple(
            town
            for town in self._store.towns(core)
            if area and town.district == area.gss and key(town.name) == core
        )

    def _town_matches(self, towns: Iterable[Town], on: date) -> tuple[Match, ...]:
        matches: dict[Area, Match] = {}
        for town in towns:
            match = match_of(self._areas, town.district, on)
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
