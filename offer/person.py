"""From what somebody sent to a person we can answer: facts read, places looked up, faults named.

The API, the command line and the pages all come through here, so that the same
words mean the same everywhere. Nothing is kept.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from directory.places import PlaceAnswer, Places
from offer.answer import answer
from offer.answer_parts import Answer
from offer.eligibility.facts import FACTS
from offer.eligibility.situation import Fault, Situation, read_situation
from offer.published import Published


class PersonFaults(Exception):  # noqa: N818 - it carries faults, it is not one
    """What was sent cannot be answered; `faults` names everything wrong at once."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("some facts cannot be used")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a day. `place` is how the postcode was read, where one was given."""

    situation: Situation
    on: date
    place: PlaceAnswer | None = None

    def answer(self, published: Published, *, explain: bool = True, explain_open: bool = True) -> Answer:
        """The Answer for this person from this edition."""
        return answer(published, self.situation, self.on, explain=explain, explain_open=explain_open)


def read_person(published: Published, raw: Mapping[str, object], on: date) -> Person:
    """Read facts as the API names them. Raises PersonFaults naming every fault."""
    facts, place, faults = _placed(dict(raw), published.places, on)
    situation, more = read_situation(facts, on)
    if faults or more:
        raise PersonFaults((*faults, *more))
    return Person(situation, on, place)


def _placed(
    facts: dict[str, object], places: Places, on: date
) -> tuple[dict[str, object], PlaceAnswer | None, tuple[Fault, ...]]:
    """Postcode → district; codes that moved → their successors; codes that are no council → faults."""
    faults = [fault for fault in (_district(facts, places, on), _council(facts, places, on)) if fault]
    postcode = facts.pop("postcode", None)
    if postcode is None:
        return facts, None, tuple(faults)
    if not isinstance(postcode, str):
        return facts, None, (*faults, Fault("/facts/postcode", "Give the postcode as text."))
    place = places.read(postcode, on)
    fault = _postcode(facts, place)
    return facts, place, (*faults, fault) if fault else tuple(faults)


def _postcode(facts: dict[str, object], place: PlaceAnswer) -> Fault | None:
    pointer = "/facts/postcode"
    if len(place.matches) > 1:
        names = ", ".join(match.district.name for match in place.matches)
        return Fault(pointer, f"This could be {names}. Give the full postcode, or the district as lives_in.")
    if place.nation and place.nation != "england":
        facts.setdefault("residence_nation", place.nation)
    if not place.matches:
        if place.nation and place.nation != "england":
            return None
        return Fault(pointer, place.note or "We do not know this postcode. Check it and try again.")
    district = place.matches[0].district.gss
    if facts.get("lives_in") not in (None, district):
        return Fault(
            pointer, f"The postcode is in {place.matches[0].district.name}, but lives_in says another place."
        )
    facts["lives_in"] = district
    return None


def _district(facts: dict[str, object], places: Places, on: date) -> Fault | None:
    code = facts.get("lives_in")
    if not isinstance(code, str):
        return None
    facts["lives_in"] = places.areas.current(code, on)
    fault = district_fault(code, places, on)
    return Fault("/facts/lives_in", fault) if fault else None


def _council(facts: dict[str, object], places: Places, on: date) -> Fault | None:
    code = facts.get("responsible_authority")
    if not isinstance(code, str):
        return None
    facts["responsible_authority"] = places.areas.current(code, on)
    fault = council_fault(code, places, on)
    return Fault("/facts/responsible_authority", fault) if fault else None


def district_fault(code: str, places: Places, on: date) -> str | None:
    """Why a code is no district to live in, in one sentence; None when it is one."""
    if places.district(places.areas.current(code, on)) is not None:
        return None
    if places.authority(code) is not None:
        return "This is a county. Give the district inside it."
    return "This is not a district we know. Give its ONS code, such as E07000139."


def council_fault(code: str, places: Places, on: date) -> str | None:
    """Why a code is no council that looks after children; None when it is one, or outside England."""
    current = places.areas.current(code, on)
    if not code.startswith("E") or places.authority(current) is not None:
        return None
    upper = places.authority_of(current, on)
    if upper is not None:
        return f"A district does not look after children: {upper.name} does."
    return "This is not a council we know. Give its ONS code, such as E06000047."


def facts_told(situation: Situation) -> dict[str, object]:
    """The situation as the API takes it, without the postcode: reading it again gives the same answer."""
    told: dict[str, object] = {
        name: _as_sent(name, value) for name, value in situation.facts.items() if name != "postcode"
    }
    if situation.date_of_birth is not None:
        told["date_of_birth"] = situation.date_of_birth.isoformat()
    if situation.care is not None:
        told["care"] = [
            {"start": spell.start.isoformat(), "end": spell.end and spell.end.isoformat(), "kind": spell.kind}
            for spell in situation.care
        ]
    events = {name: value for name, value in asdict(situation.events).items() if value is not None}
    if events:
        told["status_events"] = {name: _plain(value) for name, value in events.items()}
    return told


def _as_sent(name: str, value: object) -> object:
    """Money in pounds, as people type it; a date as text."""
    if FACTS[name].unit == "pence" and isinstance(value, int):
        return value / 100
    return _plain(value)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
