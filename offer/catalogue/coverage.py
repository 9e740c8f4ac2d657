"""Where the catalogue has nothing: topics with no entry left for people of an age in a district.

Each district is looked at by itself: the entries of England, of its council and of its own. Whoever
lives there is taken to have been in that council's care, and may be anything else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from directory.places import Area, Places
from directory.topics import TOPICS
from offer.catalogue.candidates import Finding
from offer.eligibility.joined import Indexed
from offer.eligibility.kleene import Known
from offer.entitlements.in_force import is_in_force
from offer.entitlements.schema import ENGLAND, Entitlement

Band = tuple[int, int]  # the first and the last age
BANDS: tuple[Band, ...] = ((16, 17), (18, 20), (21, 24))
EXPECTED = frozenset(TOPICS) - {"help-now"}  # help now is help lines, not entries
_OTHERS = "any place whose council's own offer we do not hold"


def coverage(
    entries: Sequence[Entitlement], index: Indexed, places: Places, today: date
) -> Iterator[Finding]:
    """A finding for each topic and ages with nothing, naming the places: whole councils where all of it."""
    empty = dict[tuple[str, tuple[Band, ...]], list[Area]]()
    for district in places.districts(today):
        for topic, bands in sorted(_missing(entries, index, places, district, today).items()):
            empty.setdefault((topic, bands), []).append(district)
    held = {entry.authority for entry in entries}
    for (topic, bands), districts in sorted(empty.items(), key=lambda gap: gap[0]):
        where = ", ".join(_places(districts, held, places, today))
        yield Finding("topic", topic, f"nothing for people aged {_ages(bands)} in {where}")


@dataclass(frozen=True, slots=True)
class Reach:
    """The topics on which somebody of a district and of some ages may get something.

    `local` are those with an entry of the council or of the district, `every` those with any entry.
    """

    district: Area
    band: Band
    every: frozenset[str]
    local: frozenset[str]


def reaches(
    entries: Sequence[Entitlement], index: Indexed, places: Places, districts: Iterable[Area], today: date
) -> Iterator[Reach]:
    """What reaches each band of ages in each district."""
    for district in districts:
        council = places.authority_of(district.gss, today)
        codes = {ENGLAND, district.gss} | ({council.gss} if council else set())
        near = [e for e in entries if is_in_force(e, today) and codes & {e.authority, *e.areas}]
        for first, last in BANDS:
            known: Known = {"age_years": frozenset(range(first, last + 1)), "lives_in": district.gss}
            found = index.evaluate({**known, "responsible_authority": council.gss} if council else known)
            alive = [entry for entry in near if index.outcome(found, entry.id) is not False]
            local = (entry for entry in alive if entry.authority != ENGLAND)
            yield Reach(district, (first, last), _topics(alive), _topics(local))


def _topics(entries: Iterable[Entitlement]) -> frozenset[str]:
    return frozenset(topic for entry in entries for topic in (entry.topic, *entry.more_topics))


def _missing(
    entries: Sequence[Entitlement], index: Indexed, places: Places, district: Area, today: date
) -> Mapping[str, tuple[Band, ...]]:
    """The topics with no entry for somebody of the district, and the ages that have none."""
    missing = dict[str, tuple[Band, ...]]()
    for reach in reaches(entries, index, places, [district], today):
        for topic in EXPECTED - reach.every:
            missing[topic] = (*missing.get(topic, ()), reach.band)
    return missing


def _ages(bands: Sequence[Band]) -> str:
    """ "16 to 20", bands that touch said as one."""
    said = list[Band]()
    for first, last in bands:
        start = said.pop()[0] if said and said[-1][1] + 1 == first else first
        said.append((start, last))
    return " and ".join(f"{first} to {last}" for first, last in said)


def _places(districts: Sequence[Area], held: set[str], places: Places, today: date) -> Iterator[str]:
    """The districts by name; a council's name where all its districts are among them; the rest together."""
    by_council = dict[str, list[Area]]()
    for district in districts:
        council = places.authority_of(district.gss, today)
        by_council.setdefault(council.gss if council else "", []).append(district)
    for code, of_council in by_council.items():
        council = places.authority(code)
        if code not in held or council is None:
            continue
        whole = len(of_council) == len(places.districts_of(code, today))
        yield council.name if whole else ", ".join(district.name for district in of_council)
    if by_council.keys() - held:
        yield _OTHERS
