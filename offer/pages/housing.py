"""A home, district by district: choose a district from lists, or by a place that is posted and not kept."""

from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.homes import homes
from directory.places import Area
from offer.caching import PRIVATE
from offer.clock import today
from offer.council_names import plain_name
from offer.errors import Problem
from offer.language import gettext as _
from offer.language import later
from offer.pages.edition import edition_of
from offer.pages.housing_district import PATH, DistrictHomeView, district_view
from offer.pages.listing import Link
from offer.pages.place_asking import Choice, PlaceBox, ask_form, council_choices, known_district
from offer.pages.rendering import Page, render
from offer.published import Published

UNKNOWN = later("We do not know that district. Choose yours on the housing page.")


@dataclass(frozen=True, slots=True, kw_only=True)
class HousingView(Page):
    """Find your district. `council` is the one chosen, and `districts` its own; "" and () for none."""

    box: PlaceBox
    held: tuple[Link, ...]
    choices: tuple[Choice, ...]
    council: str
    districts: tuple[Link, ...]


async def show(request: Request) -> Response:
    """GET /housing?council=E10000019: `council` narrows the list of districts."""
    published, on = edition_of(request), today()
    council = published.places.authority(request.query_params.get("council", ""))
    districts = published.places.districts_of(council.gss, on) if council else ()
    if len(districts) == 1:
        return RedirectResponse(f"{PATH}/{districts[0].gss}", 303)
    return render(request, "housing.html", _view(published, PlaceBox(), council, on))


async def find(request: Request) -> Response:
    """POST /housing: to the district's own address; a place is read once and not kept."""
    published, on = edition_of(request), today()
    asked = await ask_form(request, published, await request.form(), on)
    if asked.district and asked.note:
        view = district_view(published, asked.district, on, asked.note)
        return render(request, "housing-district.html", view, headers=PRIVATE)
    if asked.district:
        return RedirectResponse(f"{PATH}/{asked.district.gss}", 303)
    view_again = _view(published, asked.box, None, on)
    return render(request, "housing.html", view_again, 422 if asked.box.error else 200, PRIVATE)


async def district(request: Request) -> Response:
    """GET /housing/{gss}: a home in one district."""
    published, on, code = edition_of(request), today(), request.path_params["gss"]
    area = known_district(published.places, code, on)
    if area is None:
        raise Problem(404, _(UNKNOWN))
    if area.gss != code:
        return RedirectResponse(f"{PATH}/{area.gss}", 303)
    view: DistrictHomeView = district_view(published, area, on)
    return render(request, "housing-district.html", view)


def _view(published: Published, box: PlaceBox, council: Area | None, on: date) -> HousingView:
    title = _("A home, district by district")
    return HousingView(
        title=_("Error: %(title)s") % {"title": title} if box.error else title,
        path="/topics",
        description=_("Who owns the homes where you live, where to join the list, and homeless tonight."),
        box=box,
        held=_links([area for gss in homes().by_area if (area := published.places.district(gss))]),
        choices=council_choices(published.places, on, council.gss if council else ""),
        council=plain_name(council.name) if council else "",
        districts=_links(published.places.districts_of(council.gss, on)) if council else (),
    )


def _links(areas: list[Area] | tuple[Area, ...]) -> tuple[Link, ...]:
    named = sorted((plain_name(area.name), area.gss) for area in areas)
    return tuple(Link(f"{PATH}/{gss}", name) for name, gss in named)


ROUTES = (
    Route(PATH, show, name="housing"),
    Route(PATH, find, methods=["POST"]),
    Route(f"{PATH}/{{gss}}", district, name="housing-district"),
)
