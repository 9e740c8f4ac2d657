"""A service's own page, the list of an area, and an organisation: what stands there and what never does."""

import gzip
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import httpx2
import pytest
from starlette.applications import Starlette

from directory.assembled import PlaceView, ServiceView
from directory.records import ServiceAtLocation
from offer.pages.service_places import hours_of, map_links, openness, where
from offer.pages.service_words import ages, card
from offer.published import Published
from tests.directory.invented import location, organisation, service, view
from tests.offer.pages.reading import words_of
from tests.offer.pages.test_linked_data import block_of

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
OFFICE = [{"byday": ["MO", "TU", "WE", "TH", "FR"], "opens_at": "09:00", "closes_at": "17:00"}]


def at_library(**changes: Any) -> ServiceView:
    """A hub in a library."""
    return view(location(), **changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"schedules": OFFICE}, "Open now. Closes at 5pm."),
        (
            {"schedules": OFFICE, "status": "temporarily-closed"},
            "Closed for now: ask first when it opens again.",
        ),
        ({}, None),
    ],
)
def test_how_it_stands_now(changes: dict[str, Any], said: str | None) -> None:
    hub = at_library(**changes)
    found = openness(hub, hub.places[0], MONDAY)
    assert (found.words if found else None) == said


def test_hours_not_known_are_said_and_who_to_ask() -> None:
    assert card(at_library(), MONDAY).hours == "Opening hours not found: ask first."
    assert (
        card(at_library(phones=[{"number": "0300 1"}]), MONDAY).hours
        == "Opening hours not found: ring first."
    )


def test_a_private_place_is_an_area_with_neither_map_nor_hours() -> None:
    private = location(confidential=True, address=[], postcode=None)
    shown = card(view(private, how_to_use="Ask your adviser."), MONDAY, point=(54.9, -1.7), distance="1 mile")
    assert shown.where == "In Stanley. The address is kept private, to keep people safe."
    assert (shown.map, shown.distance, shown.hours) == (None, "", "")


def test_a_visiting_session_says_when() -> None:
    session = ServiceAtLocation(location="library", outreach=True, note="Every second Tuesday, 2pm to 4pm.")
    hub = ServiceView(service(at=[session]), (organisation(),), (PlaceView(session, location()),))
    assert card(hub, MONDAY).visits == "Every second Tuesday, 2pm to 4pm."
    silent = ServiceAtLocation(location="library", outreach=True)
    hub = ServiceView(service(at=[silent]), (), (PlaceView(silent, location()),))
    assert card(hub, MONDAY).visits == "A visiting session: ask for the next date."


def test_a_service_in_two_towns_names_the_other() -> None:
    hub = view(location(), location(id="hall", town="Durham"))
    assert [card(hub, MONDAY, place=place).also_at for place in hub.places] == ["Durham", "Stanley"]


def test_a_map_link_carries_the_places_point_or_its_address() -> None:
    point = map_links("The hub", location(), (54.78612, -1.58519))
    assert point is not None and point.app.startswith("geo:54.78612,-1.58519?")
    address = map_links("City Hall", location(address=["City Hall"], town="Lincoln", postcode=None), None)
    assert address is not None and unquote(address.app).replace("+", " ") == "geo:0,0?q=City Hall, Lincoln"
    assert map_links("Nowhere", location(address=[], postcode=None), None) is None
    assert map_links("Box", location(location_type="postal"), (54.7, -1.5)) is None


def test_only_part_of_an_address_is_said_to_be_part() -> None:
    hub = view(location(postcode=None), phones=[{"number": "0300 1"}])
    assert where(hub, hub.places[0]) == (
        "1 High Street, Stanley. The full address is not published: ring 0300 1."
    )


@pytest.mark.parametrize(
    ("start", "before", "said"),
    [
        (18, 26, "Ages 18 to 25"),
        (0, 26, "Until you turn 26"),
        (16, None, "Age 16 and over"),
        (None, None, ""),
    ],
)
def test_ages_in_words(start: int | None, before: int | None, said: str) -> None:
    assert ages(service(age_from=start, age_before=before)) == said


VISITORS = ("NG34 7SF", "LN5 7AY", "DH1 5UL")


@pytest.mark.parametrize("postcode", VISITORS)
async def test_no_link_on_the_page_carries_the_visitors_postcode_or_point(
    client: httpx2.AsyncClient, published: Published, postcode: str
) -> None:
    page = await client.post("/help-nearby", data={"place": postcode})
    row = published.places.find(postcode)
    assert row is not None
    links = [unquote(each) for each in re.findall(r'(?:href|action|src)="([^"]*)"', page.text)]
    assert any("openstreetmap" in link for link in links)
    for link in links:
        assert postcode.replace(" ", "") not in link.replace("+", "").replace(" ", "")
        assert f"{row.lat:.5f}" not in link and f"{row.lon:.5f}" not in link


async def test_the_wishes_narrow_the_page_and_stand_in_the_address(client: httpx2.AsyncClient) -> None:
    posted = await client.post(
        "/help-nearby", data={"in": "E07000139", "topic": "housing", "age": "19", "place": ""}
    )
    assert posted.headers["location"] == "/help-nearby?in=E07000139&topic=housing&age=19"
    page = await client.get(posted.headers["location"])
    assert "Only: A place to live, for age 19." in words_of(page)
    assert "Housing Options, North Kesteven" in page.text
    assert "Voices for Choices" not in page.text


async def test_only_what_is_open_says_what_was_left_out(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get("/help-nearby?in=E07000138&open=yes"))
    assert re.search(r"We left out \d+ because we do not know when they are open", words)


async def test_a_new_place_is_read_before_the_one_the_form_was_shown_for(client: httpx2.AsyncClient) -> None:
    posted = await client.post("/help-nearby", data={"in": "E07000139", "place": "County Durham"})
    assert posted.headers["location"] == "/help-nearby?in=E06000047"


async def test_nothing_that_fits_says_what_to_do(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get("/help-nearby?in=E07000138&kind=care-leaver-hub"))
    assert "Nothing that we know of near here fits all of that." in words


async def test_an_area_as_a_list_page_by_page(client: httpx2.AsyncClient) -> None:
    first = await client.get("/services?in=E06000047")
    second = await client.get("/services?in=E06000047&page=2")
    links = [re.findall(r'<a class="govuk-link" href="/services/([^"?]+)"', p.text) for p in (first, second)]
    assert len(links[0]) == 20 and links[1] and not set(links[0]) & set(links[1])
    assert links[0][0].startswith("hub-")
    assert all(len(gzip.compress(p.content)) <= 6000 for p in (first, second))
    assert 'rel="next"' in first.text and 'rel="prev"' in second.text


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("/services?in=E99", "/services"),
        ("/services?in=E06000047&page=99", "/services?in=E06000047"),
        ("/services?page=0", "/services"),
        ("/services?page=-1&topic=housing", None),
        ("/services?topic=nonsense", None),
    ],
)
async def test_odd_addresses_of_the_list(client: httpx2.AsyncClient, address: str, leads: str | None) -> None:
    page = await client.get(address)
    assert page.headers.get("location") == leads
    assert page.status_code == (303 if leads else 200)


async def test_an_organisation_shows_what_it_runs_alone_and_with_others(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get("/organisations/durham-county-council"))
    assert "Housing Solutions" in words and "Hedley House" in words
    service_page = await client.get("/services/hedley-house")
    assert 'href="/organisations/durham-county-council"' in service_page.text
    assert 'href="/organisations/changing-lives"' in service_page.text


@pytest.mark.parametrize("slug", ["local-nhs", "barnardos", "nobody"])
async def test_an_organisation_with_nothing_to_show_is_not_there(
    client: httpx2.AsyncClient, slug: str
) -> None:
    assert (await client.get(f"/organisations/{slug}")).status_code == 404


async def test_every_organisation_with_a_service_has_a_page(
    client: httpx2.AsyncClient, published: Published
) -> None:
    slugs = {o.id for each in published.directory.services for o in each.organisations}
    for slug in slugs:
        page = await client.get(f"/organisations/{slug}")
        assert page.status_code == 200, slug
        assert len(gzip.compress(page.content)) <= 6000, slug


async def test_no_directory_page_asks_the_database(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a public page asked the database")

    monkeypatch.setattr("tortoise.connection.ConnectionHandler.get", refuse)
    for address in ("/help-nearby?in=E06000047", "/services?in=E06000047", "/services/hedley-house",
                    "/organisations/durham-county-council"):  # fmt: skip
        assert (await client.get(address)).status_code == 200
    assert (await client.post("/help-nearby", data={"place": "NG34 7EF"})).status_code == 200


def test_the_next_dates_of_a_monthly_drop_in_are_told() -> None:
    monthly = [{"freq": "MONTHLY", "byday": ["1TU"], "opens_at": "10:00", "closes_at": "12:30"}]
    hub = at_library(schedules=monthly)
    dates, pattern, *_ = hours_of(hub, hub.places[0], MONDAY)
    assert dates.days == "Next dates"
    assert dates.times.startswith("Tuesday 1 December, 10am to 12:30pm; Tuesday 5 January, 10am to 12:30pm; ")
    assert pattern.days == "First Tuesday of each month"
    weekly = at_library(schedules=OFFICE)
    assert hours_of(weekly, weekly.places[0], MONDAY)[0].days == "Monday to Friday"


async def test_times_can_be_put_in_a_calendar_but_not_those_of_a_line(client: httpx2.AsyncClient) -> None:
    assert "/services/housing-lincoln/times.ics" in (await client.get("/services/housing-lincoln")).text
    for slug in ("gateshead-homelessness", "lincolnshire-edt", "become"):
        assert "times.ics" not in (await client.get(f"/services/{slug}")).text


async def test_the_facts_for_search_engines_are_those_of_the_service(client: httpx2.AsyncClient) -> None:
    data = block_of(await client.get("/services/housing-north-kesteven"))
    assert data["url"] == "http://offer.test/services/housing-north-kesteven"
    assert data["mainEntity"]["@type"] == "Service"


async def test_hours_of_the_place_alone_are_not_called_unknown(
    application: Starlette, client: httpx2.AsyncClient, published: Published
) -> None:
    held = published.services["housing-lincoln"]
    plain = replace(held, record=held.record.model_copy(update={"opening_hours": None}))
    application.state.live.edition = replace(published, services={**published.services, plain.id: plain})
    words = words_of(await client.get("/services/housing-lincoln"))
    assert "We do not know the hours" not in words
    assert "Wednesday 10am to 3:30pm" in words
    said = ("By the hours on an older page it is", "It is a bank holiday")
    assert sum(words.count(each) for each in said) == 1
