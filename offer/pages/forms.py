"""The form about a person: from what was typed to facts, every fault named beside its field.

What was typed is kept as it was, right or wrong, so that the form can be shown again.
"""

from dataclasses import dataclass, replace
from datetime import date

from directory.places import PlaceAnswer, Places
from offer.council_names import councils_by_name
from offer.eligibility.fact import Fact
from offer.eligibility.facts import FACTS
from offer.eligibility.facts_you import NATIONS
from offer.language import gettext as _
from offer.language import later
from offer.pages.faults import FormFault, form_faults
from offer.pages.typed_form import COUNCIL, COUNCIL_CODE, DATES, PLACE, SPELLS, Typed, spell_names
from offer.pages.typed_values import PARTS, TypingFault, typed_date, typed_number
from offer.person import Person, PersonFaults, read_person
from offer.published import Published

_NATIONS = dict(NATIONS)
_SPELL_DATES = {
    "start": later("the date care started, time %(number)s"),
    "end": later("the date care ended, time %(number)s"),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """A form read: the person where it can be answered, else its faults; how the place was read."""

    typed: Typed
    place: PlaceAnswer | None = None
    person: Person | None = None
    faults: tuple[FormFault, ...] = ()


def fill(typed: Typed, published: Published, on: date, asked: PlaceAnswer | None = None) -> Filled:
    """Read the whole form; never raises for what somebody typed. `asked`: its place as read online."""
    typed, unknown = _coded(typed, published.places, on)
    facts, faults = _plain(typed)
    care, more = _care(typed)
    if care:
        facts["care"] = care
    place, placed, wrong = _place(typed, published.places, on, asked)
    faults = [*faults, *unknown, *more, *wrong]
    try:
        person: Person | None = read_person(published, facts | placed, on)
    except PersonFaults as error:
        person = None
        faults += form_faults(error.faults, _filled_spells(typed))
    return Filled(typed, place, None if faults else person, tuple(sorted(faults, key=_on_the_page)))


def _on_the_page(fault: FormFault) -> int:
    """Where the field stands, so that the list of faults reads from top to bottom."""
    first = ("dob", "age_years", "place", COUNCIL_CODE, "care_when", "care_13_weeks", "care-")
    return next((n for n, start in enumerate(first) if fault.field.startswith(start)), len(first))


def _plain(typed: Typed) -> tuple[dict[str, object], list[FormFault]]:
    """Every fact that stands in one field, and the dates."""
    facts: dict[str, object] = {}
    faults: list[FormFault] = []
    for name in FACTS:
        boxes, called = DATES.get(name, ("", ""))
        field = f"{boxes}-day" if boxes else name
        try:
            if boxes:
                facts[name] = typed_date(_parts(typed, boxes), _(called))
            elif typed.get(name) and name not in (*typed.unsure, "lives_in"):
                facts |= _fact(FACTS[name], typed.get(name))
        except TypingFault as fault:
            faults.append(FormFault(field, str(fault)))
    return {name: value for name, value in facts.items() if value is not None}, faults


def _fact(fact: Fact, text: str) -> dict[str, object]:
    if fact.name == COUNCIL_CODE and text in _NATIONS:
        return {"responsible_authority_nation": text}
    if fact.type == "int":
        return {fact.name: typed_number(fact, text)}
    if fact.type == "bool":
        return {fact.name: {"true": True, "false": False}.get(text, text)}
    return {fact.name: text}


def _care(typed: Typed) -> tuple[list[dict[str, object]], list[FormFault]]:
    spells, faults = list[dict[str, object]](), list[FormFault]()
    for number in _filled_spells(typed):
        spell: dict[str, object] = {"kind": typed.get(spell_names(number)[2]) or "full"}
        for key, name in zip(("start", "end"), spell_names(number)[:2], strict=True):
            called = _SPELL_DATES[key]
            try:
                spell[key] = typed_date(_parts(typed, name), _(called) % {"number": number})
            except TypingFault as fault:
                faults.append(FormFault(f"{name}-day", str(fault)))
        if spell.get("start") is None and not faults:
            faults.append(FormFault(f"{spell_names(number)[0]}-day", _("Give the first day in care too.")))
        spells.append(spell)
    return ([] if faults else spells), faults


def _filled_spells(typed: Typed) -> list[int]:
    """The numbers of the times in care in which something was typed."""
    names = {number: spell_names(number)[:2] for number in range(1, SPELLS + 1)}
    return [number for number, both in names.items() if any(any(_parts(typed, name)) for name in both)]


def _parts(typed: Typed, name: str) -> tuple[str, str, str]:
    day, month, year = (typed.get(f"{name}-{part}") for part in PARTS)
    return day, month, year


def _coded(typed: Typed, places: Places, on: date) -> tuple[Typed, list[FormFault]]:
    """A council named in words, as the results page asks for it, becomes its code."""
    text = typed.get(COUNCIL)
    if not text:
        return typed, []
    rest = {name: value for name, value in typed.values.items() if name not in (COUNCIL, COUNCIL_CODE)}
    named = {name.casefold(): gss for gss, name in councils_by_name(places, on)}.get(text.casefold())
    authority = places.read(text, on).authority
    gss = named or (authority.gss if authority else None)
    if gss is None:
        fault = _("We do not know a council called “%(name)s”. Choose it from the list.") % {"name": text}
        return replace(typed, values=rest), [FormFault(COUNCIL_CODE, fault)]
    return replace(typed, values=rest | {COUNCIL_CODE: gss}), []


def _place(
    typed: Typed, places: Places, on: date, asked: PlaceAnswer | None
) -> tuple[PlaceAnswer | None, dict[str, object], list[FormFault]]:
    """The typed place as facts. Several districts are asked about on the page: that is no fault."""
    text, chosen = typed.get(PLACE), typed.get("lives_in")
    if not text:
        known = places.district(places.areas.current(chosen, on)) if chosen else None
        return None, {"lives_in": known.gss} if known else {}, []
    place = asked or places.read(text, on)
    if place.online == "failed":
        return place, {}, []
    found = [match.district.gss for match in place.matches]
    if place.nation is None and not found:
        return place, {}, [FormFault("place", place.note or _("We do not know that place."))]
    if place.precision == "none" and place.nation == "england":
        return place, {}, [FormFault("place", place.note or _("Type a postcode, a town or a council."))]
    settled = len(found) == 1 and not place.online
    district = found[0] if settled else chosen if chosen in found else None
    if district and district[0] in "ESWN":
        return place, {"lives_in": district}, []
    return place, {"residence_nation": place.nation} if place.nation in _NATIONS else {}, []
