"""Reading postcodes: whole, mistyped, half, inside an address, or unknown."""

from dataclasses import replace
from datetime import date
from functools import lru_cache, partial

from directory.phrase import listed, phrase
from directory.places import answers, typed
from directory.places.answers import Match, PlaceAnswer
from directory.places.areas import ISLANDS, Area, Areas
from directory.places.matching import match_of, merged, nation_of
from directory.places.store import PackedStore, Row


class PostcodeReader:
    """Postcodes of one store, with districts as the lists know them."""

    def __init__(self, store: PackedStore, areas: Areas) -> None:
        self._store = store
        self._areas = areas
        self._match = lru_cache(maxsize=1024)(partial(match_of, areas))  # some 360 districts on a few days

    def read(self, tidied: str, on: date) -> PlaceAnswer | None:
        """A slip of the keys, half a postcode, one inside an address, or one we do not know."""
        code = typed.compact(tidied)
        if (answer := self._corrected(code, on)) is not None:
            return answer
        if (answer := self._part(tidied, on)) is not None:
            return answer
        if (parts := typed.split(code)) and parts[0] in self._store.outcodes:
            return answers.no_such_postcode(parts[0])
        return self._inside_an_address(tidied, on)

    def _inside_an_address(self, tidied: str, on: date) -> PlaceAnswer | None:
        parts = typed.split(typed.inside(tidied) or "")
        row = self._store.find(*parts) if parts else None
        return self.full(parts[0], row, on).corrected(" ".join(parts)) if parts and row else None

    def _corrected(self, code: str, on: date) -> PlaceAnswer | None:
        found: dict[str, tuple[str, Row]] = {}
        fewest = len(code)
        for outcode, incode in typed.full_readings(code):
            changed = sum(a != b for a, b in zip(outcode, code, strict=False))
            row = self._store.find(outcode, incode) if changed <= fewest else None
            if row is not None:
                kept = found if changed == fewest else {}  # one slip is likelier than two
                found, fewest = {**kept, f"{outcode} {incode}": (outcode, row)}, changed
        if not found:
            return None
        if len(found) == 1:
            [(name, (outcode, row))] = found.items()
            return self.full(outcode, row, on).corrected(name)
        return self._one_of(list(found), merged(self._areas, (row for _, row in found.values()), on))

    def _one_of(self, names: list[str], matches: tuple[Match, ...]) -> PlaceAnswer:
        """More than one postcode is a slip away: asked about, unless all lie in one district."""
        matches = tuple(replace(match, share=None) for match in matches)
        nation = nation_of(self._areas, matches)
        if len(matches) == 1:
            note = phrase(
                "That may be %(postcodes)s: both are in %(district)s.",
                postcodes=listed(names, "or"), district=matches[0].district.name,
            )  # fmt: skip
            return PlaceAnswer("postcode", "about", matches, None, note, nation)
        note = phrase("That may be %(postcodes)s: type the one you mean.", postcodes=listed(names, "or"))
        return PlaceAnswer("postcode", "several" if matches else "none", matches, None, note, nation)

    def full(self, outcode: str, row: Row, on: date) -> PlaceAnswer:
        """One postcode of the store: its district on that day, with what to beware of."""
        if island := self._island(outcode):
            return replace(island, query_kind="postcode", precision="exact")
        found = self._match(row.district, on)
        if found is None:
            return answers.NO_DISTRICT
        match = Match(found.district, found.authority, row.lat, row.lon)
        nation = self._areas.nation(match.district.gss)
        note: str | None = None
        if self._store.outcodes[outcode].letters_only:
            note = answers.LETTERS_ONLY
        elif nation != "england" and nation:
            note = answers.abroad(nation)
        elif not row.live:
            note = answers.ENDED
        return PlaceAnswer("postcode", "exact", (match,), None, note, nation)

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
        if len(fixed) != 1:
            return self._area(sorted(fixed), on) if fixed else None
        [(outcode, sector)] = fixed
        return self._area([(outcode, sector)], on).corrected(f"{outcode} {sector}".strip())

    def _holds(self, outcode: str, sector: str) -> bool:
        if outcode not in self._store.outcodes:
            return False
        return not sector or next(self._store.rows(outcode, sector), None) is not None

    def _area(self, parts: list[tuple[str, str]], on: date) -> PlaceAnswer:
        """The first reading gives the shares; the districts of any other stand after it, uncounted."""
        outcode, sector = parts[0]
        if island := self._island(outcode):
            return island
        matches = self._districts(parts, on)
        kind: answers.Kind = "sector" if sector else "outcode"
        if not matches:
            return replace(answers.NO_DISTRICT, query_kind=kind)
        names = [f"{outcode} {sector}".strip() for outcode, sector in parts]
        nation = nation_of(self._areas, matches)
        if len(matches) == 1:
            note = answers.MIDDLE_OF_AREA if nation == "england" else answers.abroad(nation or "")
            return PlaceAnswer(kind, "about", matches, None, note, nation)
        note = answers.which_district(names, matches)
        return PlaceAnswer(kind, "several", matches, None, note, nation)

    def _districts(self, parts: list[tuple[str, str]], on: date) -> tuple[Match, ...]:
        readings = [merged(self._areas, self._in_use(*part), on) for part in parts]
        others = (replace(match, share=None) for reading in readings[1:] for match in reading)
        matches: dict[Area, Match] = {}
        for match in (*readings[0], *others):
            matches.setdefault(match.district, match)
        return tuple(matches.values())

    def _in_use(self, outcode: str, sector: str) -> list[Row]:
        """The rows with a district that are in use; where none is, all of them."""
        rows = [row for row in self._store.rows(outcode, sector) if row.district]
        return [row for row in rows if row.live] or rows
