"""Which of our areas a stranger's record means: by code, by name, by postcode."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from directory.openreferral.cleaning import plain_line
from directory.openreferral.given import records_in
from directory.places import Places
from directory.records import ENGLAND

_CODE = re.compile(r"\bE[0-9]{8}\b")


def areas_in(records: object, places: Places) -> list[str]:
    """The codes of the areas served, by the code in `uri` or the area's own name; each once."""
    by_name = _by_name(places)
    found: dict[str, None] = {}
    for each in records_in(records):
        uri = each.get("uri")
        match = _CODE.search(uri) if isinstance(uri, str) and len(uri) < 500 else None
        names = (plain_line(each.get("name"), 80), plain_line(each.get("service_area"), 80))
        by_words = (by_name.get(name.casefold()) for name in names if name)
        code = match[0] if match and _is_ours(match[0], places) else next(filter(None, by_words), None)
        if code:
            found[code] = None
    return list(found)


@lru_cache(maxsize=2)
def _by_name(places: Places) -> Mapping[str, str]:
    """A district that has the name of its council comes last, and so wins."""
    areas = (*places.authorities(), *places.districts())
    return {"england": ENGLAND, **{area.name.casefold(): area.gss for area in areas}}


def council_for(areas: Iterable[str], postcodes: Iterable[str], places: Places) -> str:
    """Whose directory it belongs in: its areas' one council, else its first postcode's, else England."""
    councils = {_council(code, places) for code in areas}
    if len(councils) == 1 and (only := councils.pop()):
        return only
    for postcode in postcodes:
        row = places.find(postcode)
        council = places.areas.council_of(row.district) if row else None
        if council:
            return council.gss
    return ENGLAND


def _council(code: str, places: Places) -> str | None:
    if code == ENGLAND or places.authority(code):
        return code
    council = places.areas.council_of(code)
    return council.gss if council else None


def _is_ours(code: str, places: Places) -> bool:
    return code == ENGLAND or bool(places.authority(code) or places.district(code))
