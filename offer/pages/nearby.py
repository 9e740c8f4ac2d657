"""Help near you: by distance from a full postcode, by area from a district. No place is remembered.

A full postcode is answered in the reply to the form, kept nowhere; all else goes to an
address that carries the district alone. Distances are straight lines; nobody can visit a PO box.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.assembled import ServiceView
from directory.nearest import Near
from directory.places import Area, PlaceAnswer
from offer.clock import today
from offer.pages.edition import PRIVATE, edition_of
from offer.pages.hub_map import HubMap, hub_map
from offer.pages.place_asking import (
    PlaceBox,
    ask_form,
    district_note,
    known_district,
)
from offer.pages.rendering import Page, render
from offer.pages.service_words import ServiceCard, card
from offer.published import Published

PATH = "/help-nearby"
SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class NearbyView(Page):
    """Help near a place. `district` is None before one is settled; `measured` where distances are shown.

    `map` is None where there is nothing to draw; its numbers are those of `near`, then `places`.
    """

    box: PlaceBox
    district: Area | None
    upper: str
    measured: bool
    note: str
    map: HubMap | None
    near: tuple[ServiceCard, ...]
    places: tuple[ServiceCard, ...]
    private: tuple[ServiceCard, ...]
    remote: tuple[ServiceCard, ...]
    national: tuple[ServiceCard, ...]


async def show(request: Request) -> Response:
    """GET /help-nearby?in=E07000138: help for people who live in that district, or the question alone."""
    published = edition_of(request)
    typed = request.query_params.get("in", "")
    district = known_district(published.places, typed, today())
    if typed and district is None:
        return RedirectResponse(PATH, 303)
    return render(request, "help-nearby.html", _view(published, district))


async def post(request: Request) -> Response:
    """POST /help-nearby: a full postcode is answered here and now; a district has an address of its own."""
    published, form = edition_of(request), await request.form()
    asked = await ask_form(request, published, form, today())
    if asked.district is None:
        view = _view(published, None, asked.box)
        return render(request, "help-nearby.html", view, 422 if asked.box.error else 200, PRIVATE)
    if _point(asked.answer) is None and not asked.note:
        return RedirectResponse(f"{PATH}?in={asked.district.gss}", 303)
    view = _view(published, asked.district, asked.box, asked.answer)
    return render(request, "help-nearby.html", view, headers=PRIVATE)


def _view(
    published: Published,
    district: Area | None,
    box: PlaceBox | None = None,
    answer: PlaceAnswer | None = None,
) -> NearbyView:
    box, point = box or PlaceBox(), _point(answer)
    lat, lon = point or (None, None)
    codes = (district.gss,) if district else ()
    found = published.directory.nearby(lat, lon, codes, SHOWN, about=_is_rough(answer))
    upper = published.places.authority_of(district.gss, today()) if district else None
    title = f"Help near you in {district.name}" if district else "Help near you"
    return NearbyView(
        title=f"Error: {title}" if box.error else title,
        path=PATH,
        edition=published.places.edition,
        description="Hubs, teams and places that help care leavers, near you.",
        box=box,
        district=district,
        upper=upper.name if upper else "",
        measured=point is not None,
        note=_note(published, district, answer),
        map=hub_map(published, district, found, today()),
        near=tuple(map(near_card, found.near)),
        places=_cards(found.places) if district else (),
        private=_cards(found.private) if district else (),
        remote=_cards(found.remote) if district else (),
        national=_cards(found.national),
    )


def near_card(near: Near) -> ServiceCard:
    """A service with its distance; the map link carries the service's own point."""
    point = (near.lat, near.lon) if near.lat is not None and near.lon is not None else None
    return card(near.service, near.words, point, near.place)


def _cards(services: Iterable[ServiceView]) -> tuple[ServiceCard, ...]:
    return tuple(card(service) for service in services)


def _point(answer: PlaceAnswer | None) -> tuple[float, float] | None:
    """The point of a full postcode or a phone; the middle of a town or an outcode is no one's home."""
    if answer is None or answer.query_kind not in ("postcode", "point") or len(answer.matches) != 1:
        return None
    match = answer.matches[0]
    return (match.lat, match.lon) if match.lat is not None and match.lon is not None else None


def _is_rough(answer: PlaceAnswer | None) -> bool:
    return answer is not None and answer.precision != "exact"


def _note(published: Published, district: Area | None, answer: PlaceAnswer | None) -> str:
    """How the place was read; of a district alone, what to know about it."""
    if answer is not None:
        return answer.note or ""
    return district_note(published.places, district.gss, today()) if district else ""


ROUTES = (
    Route(PATH, show, name="help-nearby"),
    Route(PATH, post, methods=["POST"]),
)
