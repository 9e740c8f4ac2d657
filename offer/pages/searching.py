"""Search: words posted come back as a clean address, unless they say that somebody is in danger.

A postcode is replaced by its district before anything else, and stands in no address,
title or log. Words of a crisis are answered at once and never stand in an address.
"""

from dataclasses import replace
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.caching import PRIVATE
from offer.clock import today
from offer.language import gettext as _
from offer.language import later
from offer.looking.noticing import by_hand, note_search
from offer.pages.edition import edition_of
from offer.pages.help_lines import banner_of
from offer.pages.place_asking import AskedPlace, PlaceBox, ask_place
from offer.pages.rendering import render
from offer.pages.search_offers import as_whom, offers
from offer.pages.search_query import LONGEST_WORDS, PATH, Query, find, read_age, read_query
from offer.pages.search_view import Form, search_view
from offer.pages.searching_mine import LOOK, MINE, search_mine
from offer.place_reading import place_resolver
from offer.published import Published
from offer.urgent_help import asker
from search.crisis import needs
from search.understanding import Understood, understand

AGE_FAULT = later("Type your age in whole years, for example 19. Or leave it empty.")
COUNCIL_FAULT = later(
    "We do not know that council. Type its name, for example Lincolnshire. Or leave it empty."
)


async def show(request: Request) -> Response:
    """GET /search: the form, or the results of a clean address."""
    published, on = edition_of(request), today()
    query = read_query(request.query_params, published.places, on)
    read = understand(query.q, place_resolver(published.places, on))
    if read.had_postcode:
        return RedirectResponse(_understood(query, read).address, 303)
    if query.is_empty:
        return render(request, "search.html", search_view(published, query, Form(), None, on))
    found = find(published, query, on)
    if by_hand(request.headers):
        note_search(request, request.query_params.get("q", ""), read.words, found)
    banner = banner_of(published, found.crisis, asker(published, query.by, query.lives_in, query.age))
    offered = offers(published, query, read, found, on)
    form, private = _form(published, query), banner is not None
    view = search_view(published, query, form, found, on, banner, offered, private=private, who=as_whom(read))
    return render(request, "search.html", view, headers=PRIVATE if banner else None)


async def post(request: Request) -> Response:
    """POST /search: put right, then 303 to the clean address; a crisis is answered at once.

    So is what may stand in no address: one person's answers, and what was put right in a postcode.
    """
    published, on, form = edition_of(request), today(), await request.form()
    if form.get(LOOK) or form.get(MINE):
        return await search_mine(request, form)
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    read = understand(typed.get("q", ""), place_resolver(published.places, on))
    query = _understood(read_query(typed, published.places, on), read)
    crisis = needs(typed.get("q", ""))
    query, faults = await _about_the_person(request, published, query, read, typed, on, at_once=bool(crisis))
    correction = read.place.correction if read.place else ""
    if not crisis and not faults.is_open and not correction:
        return RedirectResponse(query.address, 303)
    who = asker(published, query.by, query.lives_in, query.age)
    settled = not faults.has_errors and not faults.box.choices and bool(query.lives_in)
    found = find(published, query, on) if crisis or settled else None
    banner = banner_of(published, crisis, who)
    view = search_view(published, query, faults, found, on, banner, private=True, correction=correction)
    return render(request, "search.html", view, 422 if faults.has_errors else 200, PRIVATE)


def _understood(query: Query, read: Understood) -> Query:
    """The query with an age and a place moved out of its words; what the form says goes first."""
    place = read.place.lives_in if read.place else None
    age = query.age if query.age is not None else read.age
    return replace(query, q=read.words[:LONGEST_WORDS], age=age, lives_in=place or query.lives_in)


async def _about_the_person(
    request: Request,
    published: Published,
    query: Query,
    read: Understood,
    typed: dict[str, str],
    on: date,
    *,
    at_once: bool,
) -> tuple[Query, Form]:
    """The place, age and council fields: into the query, or a form that says what is wrong."""
    form = Form(q=typed.get("q", ""), age=typed.get("age", ""), by=typed.get("council", ""))
    if form.age.strip() and read_age(form.age) is None:
        form = replace(form, age_error=_(AGE_FAULT))
    if "council" in typed and form.by.strip() != published.names.get(query.by, ""):
        council = published.places.read(form.by, on).authority if form.by.strip() else None
        query = replace(query, by=council.gss if council else "")
        form = replace(form, by_error=_(COUNCIL_FAULT) if form.by.strip() and not council else "")
    place, district = typed.get("place", "").strip(), typed.get("district", "")
    if district or (place and place != published.names.get(query.lives_in)):
        asked = await ask_place(request, published, place, district, on, at_once=at_once)
        lives_in = asked.district.gss if asked.district else ""
        return replace(query, lives_in=lives_in), replace(form, box=_box(published, asked))
    if "place" in typed and not place:  # the field was emptied; a place among the words still counts
        query = replace(query, lives_in=read.place.lives_in or "" if read.place else "")
    return query, form


def _box(published: Published, asked: AskedPlace) -> PlaceBox:
    """The place box once it was read; letters or figures that were put right are said above it."""
    if asked.district is None:
        return asked.box
    if asked.answer is None or asked.answer.read_as is None:
        return PlaceBox()
    return PlaceBox(published.names.get(asked.district.gss, asked.district.name), note=asked.note)


def _form(published: Published, query: Query) -> Form:
    """The form of a search that was understood."""
    names = published.names
    return Form(
        q=query.q,
        age="" if query.age is None else str(query.age),
        by=names.get(query.by, ""),
        box=PlaceBox(value=names.get(query.lives_in, "")),
    )


ROUTES = (
    Route(PATH, show, name="search"),
    Route(PATH, post, methods=["POST"]),
)
