"""Made-up councils: as many entries and services as a real one might hold, shaped like the starter's.

Every name says that it is made up; words are the starter's, shuffled; numbers are Ofcom's for drama and
addresses on the web those kept for examples. Only the codes of councils and districts, and the postcodes
that place a service on the map, are real: nothing works without them. Nothing of this is ever shipped.
"""

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory.places import Places
from directory.places.store import LIVE, NO_POINT, ROWS_OF_A_DIGIT
from offer.catalogue.documents import ENTITLEMENT, LOCATION, ORGANISATION, SERVICE, Body, body_of
from offer.entitlements.schema import Entitlement
from tests.bench.edition import ON, documents

SEED = 20261123
COUNCILS = 153
# What stands in the words of the starter, and is made of shuffled words here.
_WORDED = frozenset(
    {"title", "summary", "what_you_get", "who_for", "steps", "before_it_ends", "bring", "if_told_no",
     "first", "if_no", "good_to_know", "not_sure", "also_known_as", "description", "how_to_use", "note",
     "sentences", "caution"}
)  # fmt: skip
_CODE = re.compile(r"E\d{8}")
_AGES = ((16, 18), (16, 21), (16, 25), (18, 21), (18, 25), (21, 25))
_POSTCODES_EACH = 120  # of a district
_PHONES = 1_000  # 01632 960000 to 960999 belong to nobody


@dataclass(frozen=True, slots=True)
class Size:
    """How much one council holds. As many as stand here make 30,000 entries and 150,000 services of 153."""

    entries: int = 196
    services: int = 980
    locations: int = 400
    organisations: int = 60


@dataclass(frozen=True, slots=True)
class Made:
    """One document as the database keeps it."""

    kind: str
    slug: str
    text: str


class Country:
    """Made-up councils under the real codes, always the same for a seed."""

    def __init__(self, places: Places, size: Size = Size()) -> None:
        entries, records = documents()
        bodies: dict[str, list[Body]] = {ENTITLEMENT: [], ORGANISATION: [], LOCATION: [], SERVICE: []}
        for document in (*entries, *records):
            if document.stage == "public" and _is_shape(document):
                bodies[_kind_of(document)].append(body_of(document))
        self._shapes = bodies
        self.size = size
        self.places = places
        self._words = [word for shapes in bodies.values() for shape in shapes for word in _words_of(shape)]
        self._postcodes = _postcodes(places)

    def codes(self, councils: int) -> list[str]:
        """The first so many, the starter's own among them like any other."""
        return sorted(area.gss for area in self.places.authorities(ON))[:councils]

    def council(self, gss: str) -> Iterator[Made]:
        """Everything of one council: who runs services and where come before the services."""
        chance = random.Random(f"{SEED} {gss}")
        districts = [area.gss for area in self.places.districts_of(gss, ON)] or [gss]
        maker = _Maker(gss, districts, chance, self._words)
        for kind, count in (
            (ORGANISATION, self.size.organisations),
            (LOCATION, self.size.locations),
            (SERVICE, self.size.services),
            (ENTITLEMENT, self.size.entries),
        ):
            for number in range(count):
                body = maker.of(kind, number, chance.choice(self._shapes[kind]), self)
                text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
                yield Made(kind, body["id"], text)

    def postcode(self, district: str, chance: random.Random) -> str | None:
        """One in use there."""
        held = self._postcodes.get(district)
        return chance.choice(held) if held else None


class _Maker:
    """Makes the documents of one council."""

    def __init__(
        self, gss: str, districts: Sequence[str], chance: random.Random, words: Sequence[str]
    ) -> None:
        self._gss, self._districts, self._chance, self._words = gss, districts, chance, words

    def of(self, kind: str, number: int, shape: Body, country: Country) -> Body:
        """A document in the shape of a real one."""
        body: Body = self._shuffled(shape)
        body |= {"id": self._slug(kind, number), "authority": self._gss}
        for source in body.get("sources", ()):
            source |= {"name": "Made-up source", "url": "https://example.org/"}
        if kind == ENTITLEMENT:
            return self._entry(body, number)
        body["name"] = f"Made-up {kind} {number} of {self._gss}: {self._text(3)}"
        if kind == LOCATION:
            self._place(body, number, country)
        if kind == SERVICE:
            self._service(body, number, country.size)
        return body

    def _slug(self, kind: str, number: int) -> str:
        return f"made-up-{self._gss.lower()}-{kind}-{number}"

    def _entry(self, body: Body, number: int) -> Body:
        body["title"] = f"Made-up offer {number} of {self._gss}: {self._text(4)}"
        if "areas" in body:
            body["areas"] = list(self._districts)
        body["rule"] = self._rule(body["rule"])
        return body

    def _rule(self, node: Any) -> Any:
        """The same tests, of this council and these ages."""
        if isinstance(node, list):
            return [self._rule(part) for part in node]
        if isinstance(node, str):
            return self._gss if _CODE.fullmatch(node) else node
        if not isinstance(node, dict):
            return node
        made = {key: self._rule(part) for key, part in node.items()}
        if made.get("fact") == "lives_in":
            made |= {"in": list(self._districts)} if "in" in made else {"is": self._districts[0]}
        if made.get("fact") == "age_years" and {"from", "before"} <= made.keys():
            made["from"], made["before"] = self._chance.choice(_AGES)
        return made

    def _place(self, body: Body, number: int, country: Country) -> None:
        district = self._chance.choice(self._districts)
        body["areas"] = [district]
        if "postcode" in body and (postcode := country.postcode(district, self._chance)):
            body["postcode"] = postcode
        if "address" in body:
            body["address"] = [f"{number} Made-up Street"]

    def _service(self, body: Body, number: int, size: Size) -> None:
        body["organisation"] = self._slug(ORGANISATION, number % size.organisations)
        body.pop("partners", None)
        body["areas"] = [self._chance.choice([self._gss, *self._districts])]
        places = self._chance.sample(range(size.locations), len(body.get("at", ())))
        for at, place in zip(body.get("at", ()), places, strict=True):
            at["location"] = self._slug(LOCATION, place)

    def _shuffled(self, node: Any, key: str = "") -> Any:
        if isinstance(node, dict):
            return {name: self._shuffled(part, name) for name, part in node.items()}
        if isinstance(node, list):
            return [self._shuffled(part, key) for part in node]
        if not isinstance(node, str):
            return node
        if key in _WORDED:
            return self._text(len(node.split()))
        if key in ("website", "url"):
            return "https://example.org/"
        if key == "email":
            return "nobody@example.org"
        return f"01632 960{self._chance.randrange(_PHONES):03}" if key == "number" else node

    def _text(self, count: int) -> str:
        """So many words that stand together somewhere in the starter; never longer than a line may be."""
        start = self._chance.randrange(len(self._words) - count)
        return " ".join(self._words[start : start + count])[:390].strip().capitalize() or "Made up"


def _is_shape(document: object) -> bool:
    """A local document; one that reads the dated rows of a district is left to the real districts."""
    local = document.authority != "E92000001"  # type: ignore[attr-defined]
    return local and not (isinstance(document, Entitlement) and "council-tax-terms" in str(document.rule))


def _kind_of(document: object) -> str:
    return type(document).__name__.lower()


def _words_of(body: Mapping[str, Any]) -> Iterator[str]:
    for key, value in body.items():
        if key in _WORDED and isinstance(value, (str, list)):
            yield from " ".join([value] if isinstance(value, str) else map(str, value)).split()


def _postcodes(places: Places) -> dict[str, list[str]]:
    """Some of each district, from all over it."""
    store, found = places.store, dict[str, list[str]]()
    rows = list(zip(store.incode, store.district, store.y, strict=True))
    for box in store.outcodes.values():
        for number, code, y in rows[box.start : box.end : 7]:
            held = found.setdefault(store.districts[code & ~LIVE], [])
            if code & LIVE and y != NO_POINT and not box.letters_only and len(held) < _POSTCODES_EACH:
                digit, letters = divmod(number, ROWS_OF_A_DIGIT)
                held.append(f"{box.name} {digit}{chr(65 + letters // 26)}{chr(65 + letters % 26)}")
    return found
