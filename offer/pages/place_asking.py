"""One question, asked on many pages: where is it? Text in; a district, a choice or a plain fault out.

Pages keep only the district. What is typed goes no further than this request, but for
the words that `directory.geocoder.query` lets through where a council switched that on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request

from directory.places import Area, PlaceAnswer, Places
from directory.places.answers import EMPTY, abroad
from directory.places.areas import NATIONS
from offer.common_words import rule_hints, same_words
from offer.council_names import councils_by_name
from offer.place_reading import credit, read_place
from offer.published import Published

HOME = "england"


@dataclass(frozen=True, slots=True)
class Choice:
    """One district a typed place may be in, or one area of a list. `hint`: what sets it apart."""

    gss: str
    name: str
    chosen: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class PlaceBox:
    """The place question as a form shows it: what was typed, what is wrong with it, what it may be.

    With a `note` nothing is wrong: it says why we ask for one of the `choices`, what an island
    changes, or that the place could not be looked up just now. `credit`: whose the choices are.
    `same`: sentences on what is the same in all the choices.
    """

    value: str = ""
    error: str = ""
    choices: tuple[Choice, ...] = ()
    note: str = ""
    credit: str = ""
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedPlace:
    """What a form's place came to: the settled district, or the box to show again. Both may be absent.

    `note` says how a settled place was read, where that must be said: a slip put right, a phone, an
    old postcode. What the district's own page says anyway is left out.
    """

    answer: PlaceAnswer | None
    district: Area | None
    box: PlaceBox
    note: str = ""


async def ask_form(
    request: Request, published: Published, form: Mapping[str, object], on: date
) -> AskedPlace:
    """Read a form's `district`, `lat` and `lon` (where a phone is), or `place`, in that order."""
    point = typed_point(form)
    chosen, text = str(form.get("district", "")), str(form.get("place", ""))
    if point is None or known_district(published.places, chosen, on):
        return await ask_place(request, published, text, chosen, on)
    return asked_place(published, published.places.at(*point, on), "", on)


def typed_point(form: Mapping[str, object]) -> tuple[float, float] | None:
    """The point of a form in WGS84 degrees; None where it has none, or what stands there is no point."""
    try:
        lat, lon = (float(str(form.get(name))) for name in ("lat", "lon"))
    except ValueError:
        return None
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


async def ask_place(
    request: Request, published: Published, text: str, chosen: str, on: date, *, at_once: bool = False
) -> AskedPlace:
    """Read the `place` and `district` fields of a form; a chosen district settles it.

    `at_once`: somebody may be in danger, so no other computer is waited for.
    """
    district = known_district(published.places, chosen, on)
    if district:
        return AskedPlace(None, district, PlaceBox())
    offline = published.places.read(text, on)
    answer = offline if at_once else await read_place(request, published, text, on)
    return asked_place(published, answer, text, on)


def asked_place(published: Published, answer: PlaceAnswer, text: str, on: date) -> AskedPlace:
    """What an answer means for the form. One from a geocoder is asked about, even when it is single."""
    places = published.places
    if answer.online:
        return AskedPlace(answer, None, _online_box(answer, text))
    if answer.district and not places.district(answer.district.gss):  # Jersey, Guernsey, the Isle of Man
        return AskedPlace(answer, None, PlaceBox(text, note=answer.note or ""))
    if answer.district:
        own = district_note(places, answer.district.gss, on)
        note = answer.note if answer.note != own else ""
        return AskedPlace(answer, answer.district, PlaceBox(value=text), note or "")
    note = answer.note or EMPTY.note or ""
    if not answer.matches:
        return AskedPlace(answer, None, PlaceBox(text, error=note))
    districts = [match.district for match in answer.matches]
    return AskedPlace(answer, None, box_of(published, districts, on, text, note))


def box_of(
    published: Published, districts: Iterable[Area], on: date, text: str = "", note: str = ""
) -> PlaceBox:
    """Districts to choose from, each with what sets it apart, and what is the same in all."""
    named = {district.gss: district.name for district in districts}
    hints = rule_hints(published, [*named], on)
    choices = tuple(Choice(gss, name, hint=hints.get(gss, "")) for gss, name in named.items())
    return PlaceBox(text, choices=choices, note=note, same=same_words(published, [*named], on))


def _online_box(answer: PlaceAnswer, text: str) -> PlaceBox:
    note = answer.note or ""
    if answer.online == "nothing":
        return PlaceBox(text, error=note)
    yes = "Yes, in " if len(answer.matches) == 1 else ""
    choices = tuple(Choice(match.district.gss, f"{yes}{match.district.name}") for match in answer.matches)
    return PlaceBox(text, choices=choices, note=note, credit=credit(answer))


def known_district(places: Places, code: str, on: date) -> Area | None:
    """The district a code stands for on that day, following codes that were replaced."""
    return places.district(places.areas.current(code, on)) if code else None


def district_note(places: Places, gss: str, on: date) -> str:
    """What to know of a district by its code: what an address outside England changes, or a new council."""
    return nation_note(gss) or places.areas.change_told(gss, on) or ""


def nation_note(gss: str) -> str:
    """What living outside England changes, for a district's code; "" inside England."""
    nation = NATIONS.get(gss[:1], HOME)
    return "" if nation == HOME else abroad(nation)


def council_choices(places: Places, on: date, chosen: str = "") -> tuple[Choice, ...]:
    """Every council that looks after children, by name, for a select."""
    return tuple(Choice(gss, name, gss == chosen) for gss, name in councils_by_name(places, on))
