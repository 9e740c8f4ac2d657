"""Council tax if somebody moved: two districts side by side, and what would change."""

from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.places import Area
from offer.caching import PRIVATE
from offer.clock import today
from offer.council_names import plain_name
from offer.council_tax import current, rows_held
from offer.council_tax_facts import Fact, facts_of_rows
from offer.council_tax_move import Home, changes
from offer.council_tax_words import RuleWords, rules_in_words
from offer.errors import Problem
from offer.language import gettext as _
from offer.pages.council_tax_district import PATH, district_view, teams_of, upper_name
from offer.pages.edition import edition_of
from offer.pages.listing import Link
from offer.pages.place_asking import ask_form, known_district
from offer.pages.rendering import Page, render
from offer.pages.service_words import ServiceCard
from offer.published import Published

OLDEST = 120


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two districts. `rules` and `facts` are empty where we hold none."""

    name: str
    href: str
    rules: tuple[RuleWords, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class FactPair:
    """One question, answered for here and for there; "" where nothing is held of one."""

    question: str
    here: str
    there: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveView(Page):
    """What moving from here to there would change. `age` is "" where it was not told."""

    here: Side
    there: Side
    age: str
    changes: tuple[str, ...]
    pairs: tuple[FactPair, ...]
    teams: tuple[ServiceCard, ...]
    back: Link
    other_way: Link


async def show(request: Request) -> Response:
    """GET /council-tax/{gss}/compare?with=E07000139&age=19: two codes of districts, and an age or none."""
    published, on = edition_of(request), today()
    here = _district(published, request.path_params["gss"], on)
    there = known_district(published.places, request.query_params.get("with", ""), on)
    if there is None or there.gss == here.gss:
        return RedirectResponse(f"{PATH}/{here.gss}#move", 303)
    age = _age(request.query_params.get("age", ""))
    return render(request, "council-tax-compare.html", move_view(published, here, there, age, on))


async def find(request: Request) -> Response:
    """POST /council-tax/{gss}/compare: the place is read once, and only its district's code is kept."""
    published, on, form = edition_of(request), today(), await request.form()
    here = _district(published, request.path_params["gss"], on)
    asked, typed = await ask_form(request, published, form, on), str(form.get("age", "")).strip()
    if asked.district:
        age = _age(typed)
        given = f"&age={age}" if age is not None else ""
        return RedirectResponse(f"{PATH}/{here.gss}/compare?with={asked.district.gss}{given}", 303)
    view = district_view(published, here, on, box=asked.box, age=typed[:3])
    return render(request, "council-tax-district.html", view, 422 if asked.box.error else 200, PRIVATE)


def move_view(published: Published, here: Area, there: Area, age: int | None, on: date) -> MoveView:
    """The comparison on a day."""
    homes = [_home(published, area, on) for area in (here, there)]
    sides = [_side(area, home) for area, home in zip((here, there), homes, strict=True)]
    names = {"here": homes[0].name, "there": homes[1].name}
    given = f"&age={age}" if age is not None else ""
    return MoveView(
        title=_("Council tax: if you moved from %(here)s to %(there)s") % names,
        path=PATH,
        here=sides[0],
        there=sides[1],
        age="" if age is None else str(age),
        changes=changes(homes[0], homes[1], age),
        pairs=_pairs(sides[0], sides[1]),
        teams=teams_of(published, there.gss),
        back=Link(f"{PATH}/{here.gss}", _("Council tax in %(place)s") % {"place": homes[0].name}),
        other_way=Link(
            f"{PATH}/{there.gss}/compare?with={here.gss}{given}",
            _("The other way round: from %(there)s to %(here)s") % names,
        ),
    )


def _district(published: Published, code: str, on: date) -> Area:
    area = known_district(published.places, code, on)
    if area is None:
        raise Problem(404, _("We do not know that council. Choose yours on the council tax page."))
    return area


def _age(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and int(typed[:4]) <= OLDEST else None


def _home(published: Published, area: Area, on: date) -> Home:
    rows = current(rows_held(published).get(area.gss, ()), on)
    return Home(plain_name(area.name), upper_name(published, area, on), rows)


def _side(area: Area, home: Home) -> Side:
    return Side(
        home.name,
        f"{PATH}/{area.gss}",
        rules_in_words(home.rows, home.upper),
        facts_of_rows(home.rows, home.upper),
    )


def _pairs(here: Side, there: Side) -> tuple[FactPair, ...]:
    """The answers of both, question by question."""
    mine, theirs = ({fact.question: fact.answer for fact in side.facts} for side in (here, there))
    return tuple(FactPair(each, mine.get(each, ""), theirs.get(each, "")) for each in {**mine, **theirs})


ROUTES = (
    Route(f"{PATH}/{{gss}}/compare", show, name="council-tax-compare"),
    Route(f"{PATH}/{{gss}}/compare", find, methods=["POST"]),
)
