"""A law that is coming or over, and a figure that changes, as the pages and the API show them."""

from collections.abc import AsyncIterator
from datetime import date, datetime, time
from pathlib import Path

import httpx2
import pytest
from icalendar import Calendar

from directory.places import Places
from offer.app import create_app
from offer.clock import LONDON
from offer.settings import Settings
from tests.offer.dated import TODAY, edition, entry
from tests.offer.pages.reading import words_of

SOON = {
    "id": "soon", "title": "Soon a law", "in_force": "not-yet", "begins": "2027-04-01", "ends": "2030-04-01",
    "coming": "The law was made in 2026.", "strength": "entitled",
}  # fmt: skip
RATE = {
    "id": "rate", "title": "A rate", "amount": {"text": "£8 an hour", "end": "2027-04-01"},
    "more_amounts": [{"text": "£9 an hour", "start": "2027-04-01"}],
}  # fmt: skip
OVER = {"id": "over", "title": "Over now", "ends": "2026-11-01"}
PAST = {
    "id": "past-rate", "title": "An old rate",
    "amount": {"text": "£7 an hour", "applies_to": "2025 to 2026", "end": "2026-09-01"},
}  # fmt: skip
BORN = {"dob-day": "5", "dob-month": "10", "dob-year": "2007"}


@pytest.fixture
async def client(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx2.AsyncClient]:
    """The whole application on 22 November 2026, with four invented entries."""
    at(monkeypatch, TODAY)
    app = create_app(Settings(data_dir=tmp_path))
    app.state.live.edition = edition([entry(**each) for each in (SOON, RATE, OVER, PAST)], places)
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://offer.test") as client:
        yield client


def at(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """From here on it is that day, wherever pages and API ask the clock."""
    for module in ("pages.entry", "pages.results", "pages.timeline", "pages.searching", "api.calls"):
        monkeypatch.setattr(f"offer.{module}.today", lambda: day)
    monkeypatch.setattr("offer.pages.for_all.now", lambda: datetime.combine(day, time(12), LONDON))


async def test_the_page_of_a_coming_law_says_that_it_is_coming_until_its_day(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = words_of(await client.get("/entitlements/soon"))
    assert "Coming, not yet law. It starts on 1 April 2027. The law was made in 2026." in words
    assert "Nobody has to do this yet." in words
    at(monkeypatch, date(2027, 4, 1))
    words = words_of(await client.get("/entitlements/soon"))
    assert "Coming" not in words and "not yet" not in words
    assert "They must say yes if the conditions fit you." in words
    assert "Until 31 March 2030" in words


async def test_the_page_of_what_is_over_says_when_it_ended_and_whom_to_ask(
    client: httpx2.AsyncClient,
) -> None:
    words = words_of(await client.get("/entitlements/over"))
    assert (
        "This has ended. It ended on 31 October 2026. Ask your personal adviser what there is now." in words
    )


async def test_a_figure_is_told_with_the_next_one_and_an_old_one_as_old(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "£8 an hour From 1 April 2027: £9 an hour" in words_of(await client.get("/entitlements/rate"))
    old = words_of(await client.get("/entitlements/past-rate"))
    assert "Old figure (2025 to 2026): £7 an hour. Ask for the new one." in old
    at(monkeypatch, date(2027, 4, 1))
    words = words_of(await client.get("/entitlements/rate"))
    assert "£9 an hour" in words and "£8" not in words


async def test_the_results_never_put_a_coming_law_among_what_somebody_should_get(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await client.post("/results", data=BORN)
    should, rest = page.text.split('id="might"', 1)
    assert "Soon a law" not in should and "Soon a law" in rest
    assert "This is coming. It starts on 1 April 2027." in words_of(page)
    assert "It ended on 31 October 2026." in words_of(page)
    at(monkeypatch, date(2027, 4, 1))
    page = await client.post("/results", data=BORN)
    assert "Soon a law" in page.text.split('id="might"', 1)[0]
    assert "Until 1 April 2030" in words_of(page)


async def test_search_finds_a_law_from_its_first_day_to_its_last_with_no_new_edition(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "/entitlements/soon" not in (await client.get("/search?q=soon")).text
    assert (await client.get("/api/v1/search?q=soon")).json()["results"] == []
    at(monkeypatch, date(2027, 4, 1))
    assert "/entitlements/soon" in (await client.get("/search?q=soon")).text
    assert [each["slug"] for each in (await client.get("/api/v1/search?q=soon")).json()["results"]] == [
        "soon"
    ]
    at(monkeypatch, date(2030, 4, 1))
    assert "/entitlements/soon" not in (await client.get("/search?q=soon")).text


async def test_what_happens_when_names_the_days_of_laws_and_figures(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.post("/what-happens-when", data=BORN))
    assert "1 April 2027" in words
    assert "Now you should get Soon a law" in words
    assert "Amount changes A rate £9 an hour" in words
    assert "Stops The last day is 31 March 2030." in words


async def test_the_calendar_has_the_days_of_laws_and_figures_and_names_nothing(
    client: httpx2.AsyncClient,
) -> None:
    reply = await client.post("/what-happens-when/calendar", data=BORN)
    events = Calendar.from_ical(reply.content).walk("VEVENT")
    days = {event.decoded("dtstart"): str(event["summary"]) for event in events}
    assert days[date(2027, 4, 1)] == "Look at your list: 2 things change"
    assert date(2030, 4, 1) in days
    assert "law" not in reply.text.lower() and "£" not in reply.text


async def test_the_api_tells_where_a_law_stands_on_the_day_asked(client: httpx2.AsyncClient) -> None:
    facts = {"date_of_birth": "2007-10-05"}
    found = {}
    for on in ("2026-11-22", "2027-04-01", "2030-04-01"):
        reply = (await client.post("/api/v1/check", json={"on": on, "facts": facts})).json()
        soon = next(each for each in reply["outcomes"] if each["slug"] == "soon")
        found[on] = (soon["outcome"], soon["standing"], soon["strength"], soon["from"], soon["until"])
        assert (soon["begins"], soon["ends"]) == ("2027-04-01", "2030-04-01")
    assert found == {
        "2026-11-22": ("unknown", "coming", "future", "2027-04-01", None),
        "2027-04-01": ("yes", "in-force", "entitled", None, "2030-04-01"),
        "2030-04-01": ("no", "ended", "entitled", None, None),
    }
    lines = (await client.post("/api/v1/timeline", json={"facts": facts, "from": "2026-11-22"})).json()
    (change,) = lines["amounts"]
    assert (change["date"], change["slug"]) == ("2027-04-01", "rate")
    assert (change["before"]["amount"]["text"], change["after"]["text"]) == ("£8 an hour", "£9 an hour")
    because = next(each["because"] for each in lines["changes"] if each["date"] == "2027-04-01")
    assert [reason["text"] for reason in because] == ["It started on 1 April 2027."]


async def test_the_api_gives_an_entry_with_its_dates_and_the_figure_of_the_day(
    client: httpx2.AsyncClient,
) -> None:
    rate = (await client.get("/api/v1/entitlements/rate?on=2027-04-01")).json()
    assert rate["worth"]["amount"]["text"] == "£9 an hour"
    assert [rate["amount"]["text"], rate["more_amounts"][0]["text"]] == ["£8 an hour", "£9 an hour"]
    soon = (await client.get("/api/v1/entitlements/soon?on=2028-01-01")).json()
    assert (soon["standing"], soon["begins"], soon["in_force"]) == ("in-force", "2027-04-01", "not-yet")
