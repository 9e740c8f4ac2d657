"""What is probably the same thing under two names: for a person to decide, never joined by itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from rapidfuzz import fuzz, utils

from directory.openreferral.cleaning import plain_line
from directory.openreferral.given import Given, records_in
from directory.records import Location, Organisation, Record, Service

ALIKE = 85  # of 100: names that a person would look at twice
MOST = 3  # of one record
# Many bodies have a page there, so that it tells nothing.
_SHARED = frozenset({"facebook.com", "instagram.com", "x.com", "twitter.com", "linktr.ee", "youtube.com"})


@dataclass(frozen=True, slots=True)
class Traits:
    """What a record is known by. `group` is its kind: only records of one kind are compared."""

    group: str
    slug: str
    name: str
    identifiers: frozenset[str] = frozenset()  # "GB-COH 1234567", "UPRN 10092008082"
    domain: str = ""
    postcodes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two records that may be one, and why somebody should look."""

    group: str
    slug: str
    other: str
    why: str

    def __str__(self) -> str:
        return f"{self.group} {self.slug} may be {self.other}: {self.why}"


def traits_of(kind: str, record: Record, raw: Given, postcodes: Iterable[str] = ()) -> Traits:
    """A record's traits. `raw`: what a feed gave of it, {} for ours; `postcodes`: those of its places."""
    match record:
        case Organisation():
            return Traits(kind, record.id, record.name, _identifiers(raw), domain_of(record.website))
        case Location():
            own = frozenset({record.postcode} if record.postcode else ())
            return Traits(kind, record.id, record.name, _uprn(raw), "", own)
        case Service():
            near = frozenset(postcodes)
            return Traits(kind, record.id, record.name, frozenset(), domain_of(record.website), near)


def domain_of(url: str | None) -> str:
    """The host of a web address without its "www."; "" for none, and for sites that many share."""
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    return "" if host in _SHARED else host


@dataclass(slots=True)
class Known:
    """Records to compare with, found by what they are known by."""

    _by_trait: dict[tuple[str, str], list[Traits]] = field(default_factory=lambda: defaultdict(list))

    def add(self, traits: Traits) -> None:
        """One more record."""
        for key in _keys(traits):
            self._by_trait[key].append(traits)

    def like(self, traits: Traits) -> list[Likeness]:
        """The few that may be the same as this one, each with the strongest reason."""
        found: dict[str, Likeness] = {}
        for key in _keys(traits):
            for other in self._by_trait.get(key, ()):
                why = _why(traits, other)
                if why and other.slug != traits.slug:
                    found.setdefault(other.slug, Likeness(traits.group, traits.slug, other.slug, why))
                if len(found) == MOST:
                    return list(found.values())
        return list(found.values())


def _why(one: Traits, other: Traits) -> str:
    shared = sorted(one.identifiers & other.identifiers)
    if shared:
        return f"the same {shared[0].partition(' ')[0]} number"
    alike = fuzz.token_set_ratio(one.name, other.name, processor=utils.default_process) >= ALIKE
    if one.domain and one.domain == other.domain and (alike or one.group == "organisation"):
        return f"the same website, {one.domain}"
    if alike and one.postcodes & other.postcodes:
        return "the same postcode and nearly the same name"
    return ""


def _keys(traits: Traits) -> Iterator[tuple[str, str]]:
    yield from ((traits.group, each) for each in sorted(traits.identifiers))
    if traits.domain:
        yield traits.group, f"//{traits.domain}"
    yield from ((traits.group, each) for each in sorted(traits.postcodes))


def _identifiers(raw: Given) -> frozenset[str]:
    found = set()
    for each in records_in(raw.get("organization_identifiers")):
        number = plain_line(each.get("identifier"), 60)
        scheme = plain_line(each.get("identifier_scheme"), 40) or plain_line(each.get("identifier_type"), 40)
        if number and scheme:
            found.add(f"{scheme.replace(' ', '-')} {number.upper()}")
    return frozenset(found)


def _uprn(raw: Given) -> frozenset[str]:
    kind = plain_line(raw.get("external_identifier_type"), 20)
    number = plain_line(raw.get("external_identifier"), 20)
    return frozenset({f"UPRN {number}"} if number and (kind or "").upper() == "UPRN" else ())
