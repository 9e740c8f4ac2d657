"""Help near you: by distance from a full postcode, by area from a district. No place is remembered.

A full postcode is answered in the reply to the form, kept nowhere; all else goes to an
address that carries the district alone. Distances are straight lines; nobody can visit a PO box.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.assembled import ServiceView
from directory.nearest import Near, Nearby
from directory.places import Area, PlaceAnswer
from directory.records import KINDS
from offer.caching import PRIVATE
from offer.clock import now, today
from offer.language import gettext as _
from offer.pages.edition import edition_of
from offer.pages.hub_map import HubMap, hub_map
from offer.pages.listing import Link
from offer.pages.nearby_query import Narrowed, kind_choices, read_narrowed, topic_choices, wishes
from offer.pages.place_asking import (
    Choice,
    PlaceBox,
    ask_form,
    district_note,
    known_district,
)
from offer.pages.rendering import Page, render
from offer.pages.sensitive import narrows
from offer.pages.service_words import ServiceCard, card
from offer.published import Published

PATH = "/help-nearby"
SHOWN = 12  # of one sort on the page
WHOLE = 3  # of them as whole cards; the others as rows


@dataclass(frozen=True, slots=True)
class Group:
    """Services of one sort. `cards` are shown whole, `more` as rows below, `all` leads to the rest."""

    id: str
    title: str
    short: str
    lead: str
    cards: tuple[ServiceCard, ...]
    more: tuple[ServiceCard, ...] = ()
    all: Link | None = None

    @property
    def count(self) -> int:
        """How many are shown here."""
        return len(self.cards) + len(self.more)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearbyView(Page):
    """Help near a place. `district` is None before one is settled; `measured` where distances are shown.

    `map` is None where there is nothing to draw; its numbers are those of the first group.
    `left_out` counts what suits but keeps hours we do not know, where only what is open is wanted.
    """

    box: PlaceBox
    narrowed: Narrowed
    topics: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    district: Area | None
    upper: str
    measured: bool
    note: str
    map: HubMap | None
    groups: tuple[Group, ...]
    held: bool
    left_out: int
    wishes: tuple[str, ...]
    everything: str


async def show(request: Request) -> Response:
    """GET /help-nearby?in=E07000138: help for people who live in that district, or the question alone."""
    published = edition_of(request)
    typed = request.query_params.get("in", "")
    district = known_district(published.places, typed, today())
    if typed and district is None:
        return RedirectResponse(PATH, 303)
    narrowed = read_narrowed(request.query_params)
    return render(request, "help-nearby.html", _view(published, narrowed, district))


async def post(request: Request) -> Response:
    """POST /help-nearby: a full postcode is answered here and now; a district has an address of its own."""
    published, form = edition_of(request), await request.form()
    asked, narrowed = await ask_form(request, published, _settled(form), today()), read_narrowed(form)
    if asked.district is None:
        view = _view(published, narrowed, None, asked.box)
        return render(request, "help-nearby.html", view, 422 if asked.box.error else 200, PRIVATE)
    if _point(asked.answer) is None and not asked.note:
        return RedirectResponse(narrowed.address(PATH, **{"in": asked.district.gss}), 303)
    view = _view(published, narrowed, asked.district, asked.box, asked.answer)
    return render(request, "help-nearby.html", view, headers=PRIVATE)


def _settled(form: Mapping[str, object]) -> Mapping[str, object]:
    """The form with the district it was shown for, where no other place is given: only the wishes changed."""
    given = any(str(form.get(name, "")).strip() for name in ("place", "district", "lat"))
    return form if given else {"district": form.get("in", "")}


def _view(
    published: Published,
    narrowed: Narrowed,
    district: Area | None,
    box: PlaceBox | None = None,
    answer: PlaceAnswer | None = None,
) -> NearbyView:
    box, point, at = box or PlaceBox(), _point(answer), now()
    lat, lon = point or (None, None)
    codes = (district.gss,) if district else ()
    keep = narrowed.wanted(at).suits
    found = _in_order(published.directory.nearby(lat, lon, codes, SHOWN, keep, about=_is_rough(answer)))
    upper = published.places.authority_of(district.gss, today()) if district else None
    title = _("Help near you in %(place)s") % {"place": district.name} if district else _("Help near you")
    groups = tuple(_groups(found, narrowed, district, at)) if district else (_national(found, at),)
    any_hours = replace(narrowed, open=False).wanted(at).suits
    return NearbyView(
        title=f"{_('Error:')} {title}" if box.error else title,
        path=PATH,
        description=_("Hubs, teams and places that help care leavers, near you."),
        sensitive=narrows(narrowed),
        box=box,
        narrowed=narrowed,
        topics=topic_choices(narrowed.topic),
        kinds=kind_choices(narrowed.kind),
        district=district,
        upper=upper.name if upper else "",
        measured=point is not None,
        note=_note(published, district, answer),
        map=hub_map(published, district, found, today()),
        groups=tuple(group for group in groups if group.cards),
        held=any(group.cards and group.id != "england" for group in groups),
        left_out=published.directory.without_hours(codes, any_hours) if narrowed.open else 0,
        wishes=wishes(narrowed),
        everything=Narrowed().address(PATH, **({"in": district.gss} if district and not point else {})),
    )


def _groups(found: Nearby, narrowed: Narrowed, district: Area, at: datetime) -> Iterator[Group]:
    """Places and numbers stand beside one another: neither is lost below the other."""
    near = [near_card(each, at) for each in found.near] + _cards(found.places, at)
    yield _group("places", _("Places to go"), _("Places to go"), "", near, narrowed, district)
    yield _group(
        "phone",
        _("By phone or online"),
        _("Phone or online"),
        "",
        _cards(found.remote, at),
        narrowed,
        district,
    )
    private = _("Nobody can turn up there. Ask, and they tell you where it is.")
    yield _group(
        "private",
        _("Homes that stay private"),
        _("Private homes"),
        private,
        _cards(found.private, at),
        narrowed,
        district,
    )
    yield _national(found, at)


def _group(
    id_: str, title: str, short: str, lead: str, cards: list[ServiceCard], narrowed: Narrowed, district: Area
) -> Group:
    every = Link(narrowed.address("/services", **{"in": district.gss}), _("See all as a list"))
    return Group(
        id_, title, short, lead, tuple(cards[:WHOLE]), tuple(cards[WHOLE:SHOWN]),
        every if len(cards) > SHOWN else None,
    )  # fmt: skip


def _national(found: Nearby, at: datetime) -> Group:
    cards = _cards(found.national, at)
    title = _("By phone or online, wherever you live")
    return Group("england", title, _("All England"), "", tuple(cards[:WHOLE]), tuple(cards[WHOLE:SHOWN]))


def near_card(near: Near, at: datetime) -> ServiceCard:
    """A service with its distance; the map link carries the service's own point."""
    point = (near.lat, near.lon) if near.lat is not None and near.lon is not None else None
    return card(near.service, at, distance=near.words, point=point, place=near.place)


def _in_order(found: Nearby) -> Nearby:
    """What has no distance by its kind, hubs and teams first; the map shows no more than the list."""

    def ordered(services: Iterable[ServiceView]) -> tuple[ServiceView, ...]:
        return tuple(sorted(services, key=lambda each: KINDS.index(each.record.kind)))

    return Nearby(
        found.near,
        ordered(found.places)[: SHOWN - len(found.near)],
        ordered(found.private),
        ordered(found.remote),
        ordered(found.national),
    )


def _cards(services: Iterable[ServiceView], at: datetime) -> list[ServiceCard]:
    return [card(service, at) for service in services]


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
