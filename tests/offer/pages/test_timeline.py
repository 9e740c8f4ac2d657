"""What happens when: by age for anybody, to the day for one person, and as a calendar."""

import gzip
import html
import re
from collections.abc import Mapping
from datetime import date

import httpx2
import pytest
from icalendar import Calendar

from offer.published import Published
from tests.offer.pages.reading import TODAY, title_of, words_of

PATH = "/what-happens-when"
BUDGET = 15_000  # bytes, compressed
SEVENTEEN = {
    "dob-day": "20",
    "dob-month": "4",
    "dob-year": "2009",
    "place": "NG34 7EF",
    "responsible_authority": "E10000019",
    "care_when": "still_in_care",
    "care_13_weeks": "true",
}
STUDENT = {
    "dob-day": "5",
    "dob-month": "10",
    "dob-year": "2008",
    "care_when": "left_at_18",
    "care_13_weeks": "true",
    "in_education": "fe_ft",
    "lives_in": "E06000047",
    "responsible_authority": "E06000047",
}
JULY = {"course_ends_on-day": "2", "course_ends_on-month": "7", "course_ends_on-year": "2027"}


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("timeline", "timeline_calendar", "start"):
        monkeypatch.setattr(f"offer.pages.{module}.today", lambda: TODAY)


async def told(client: httpx2.AsyncClient, facts: Mapping[str, str], to: str = PATH) -> httpx2.Response:
    return await client.post(to, data=dict(facts))


async def test_without_a_script_a_name_takes_the_answers_along(client: httpx2.AsyncClient) -> None:
    plain = await told(client, SEVENTEEN | {"plain": "1"})
    named = re.findall(r'<li><button form="answers" formaction="(/entitlements/[\w-]+)">', plain.text)
    assert len(named) > 10
    assert not re.search(r'<li><a href="/entitlements/', plain.text)
    page = await told(client, SEVENTEEN | {"plain": "1"}, named[0])
    assert page.status_code == 200 and 'class="app-mine"' in page.text
    assert not re.search(
        r'<button form="answers" formaction="/entitlements/', (await told(client, SEVENTEEN)).text
    )


def moments(page: httpx2.Response) -> dict[str, str]:
    """The markup of each moment by its heading."""
    parts = re.split(r'<li id="on-', html.unescape(page.text))[1:]
    return {re.search(r"<h2>(.*?)</h2>", part)[1]: part.split("</ol>")[0] for part in parts}  # type: ignore[index]


def slugs(markup: str, kind: str = "") -> set[str]:
    """The entries linked in a moment, or in its part of one kind: "starts", "stops" or "open"."""
    parts = re.split(r'(?=<(?:summary|h3) class=")', markup)
    chosen = [part for part in parts if not kind or f'class="{kind}"' in part[:40]]
    return {slug for part in chosen for slug in re.findall(r'href="/entitlements/([\w-]+)"', part)}


async def test_in_general_the_ages_from_the_rules_stand_in_order(client: httpx2.AsyncClient) -> None:
    page = await client.get(PATH)
    assert page.status_code == 200
    found = moments(page)
    wanted = [f"You turn {age}" for age in (16, 18, 21, 25, 26)]
    assert [title for title in found if title in wanted] == wanted
    assert "pathway-plan" in slugs(found["You turn 16"], "starts")
    assert {"universal-credit-from-18", "staying-put"} <= slugs(found["You turn 18"], "starts")
    assert "council-tax-under-18" in slugs(found["You turn 18"], "stops")
    assert "personal-adviser-21-to-25" in slugs(found["You turn 21"], "starts")
    assert {"personal-adviser-to-21", "staying-put"} <= slugs(found["You turn 21"], "stops")
    assert {"setting-up-home-allowance", "lha-one-bedroom-rate"} <= slugs(found["You turn 25"], "stops")
    assert "personal-adviser-21-to-25" in slugs(found["You turn 25"], "open"), "a course may keep it going"
    assert "jobcentre-early-start-and-youth-support" in slugs(found["4 weeks before you turn 18"], "starts")
    assert list(found)[-1] == "A rule changes", "after the ages, the days that are the same for everybody"
    assert "1 April 2029" in found["A rule changes"]
    assert not re.search(r"\b20[23]\d\b", words_of(page).split("An amount changes")[0])


async def test_what_the_law_calls_somebody_stands_at_16_and_18(client: httpx2.AsyncClient) -> None:
    found = moments(await client.get(PATH))
    assert "eligible child" in found["You turn 16"]
    assert "former relevant child" in found["You turn 18"]
    assert "In law from now on" not in found["You turn 21"], "the status has no upper age"


async def test_every_item_links_to_an_entry_that_is_there(
    client: httpx2.AsyncClient, published: Published
) -> None:
    for page in (await client.get(PATH), await told(client, SEVENTEEN)):
        linked = {slug for markup in moments(page).values() for slug in slugs(markup)}
        assert len(linked) > 40
        assert linked <= set(published.entries)


async def test_for_one_person_the_days_are_exact(client: httpx2.AsyncClient) -> None:
    page = await told(client, SEVENTEEN)
    assert title_of(page).startswith("What happens when for you")
    assert page.headers["cache-control"] == "private, no-cache"
    found = moments(page)
    assert "23 March 2027" in found["4 weeks before you turn 18"]
    assert "20 April 2027" in found["You turn 18"]
    assert "The last day is 19 April 2027" in found["You turn 18"]
    assert "1 September 2028" in found["The September after you turn 19"]
    assert "20 April 2034" in found["You turn 25"]
    assert "council-tax-north-kesteven" in slugs(found["You turn 18"], "starts")
    assert "lincolnshire-setting-up-home-grant" in slugs(found["You turn 25"], "stops")
    assert "you stay in care until you turn 18" in words_of(page)


async def test_nothing_that_is_not_law_yet_ends(client: httpx2.AsyncClient) -> None:
    found = moments(await told(client, SEVENTEEN))
    assert "homeless-not-intentional-2026" in slugs(found["You turn 18"], "starts")
    assert "Not law yet" in found["You turn 18"]
    assert not [
        title for title, each in found.items() if "homeless-not-intentional-2026" in slugs(each, "stops")
    ]


async def test_the_answers_travel_in_the_form_and_nowhere_else(client: httpx2.AsyncClient) -> None:
    page = await told(client, SEVENTEEN)
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page.text))
    assert hidden == SEVENTEEN
    assert 'formaction="/results"' in page.text
    addresses = re.findall(r'(?:href|action)="([^"]+)"', page.text)
    assert not [each for each in addresses if "2009" in each or "NG34" in each]


async def test_a_course_asks_for_its_end_and_then_ends_on_that_day(client: httpx2.AsyncClient) -> None:
    asking = await told(client, STUDENT)
    assert 'name="course_ends_on-day"' in asking.text
    assert "release_date" not in asking.text, "asked only of somebody inside"
    found = moments(await told(client, STUDENT | JULY))["Your course ends"]
    assert "2 July 2027" in found
    assert "bursary-16-to-19" in slugs(found, "open"), "asked about, not ended"
    assert not slugs(found, "stops")


async def test_an_end_of_a_course_in_the_past_is_put_right_on_the_form(client: httpx2.AsyncClient) -> None:
    page = await told(client, STUDENT | JULY | {"course_ends_on-year": "2026"})
    assert page.status_code == 422
    assert 'href="#course_ends_on-day"' in page.text
    assert 'id="course_ends_on-day"' in page.text
    assert "do not fit together" in words_of(page)
    assert "(course_ends_on)" not in words_of(page)


async def test_custody_asks_for_the_day_of_release(client: httpx2.AsyncClient) -> None:
    inside = {**STUDENT, "in_education": "none", "in_custody": "true"}
    assert 'name="release_date-day"' in (await told(client, inside)).text
    release = {"release_date-day": "1", "release_date-month": "February", "release_date-year": "2027"}
    found = moments(await told(client, inside | release))["You are due to be released"]
    assert "1 February 2027" in found
    assert "support-in-custody" in slugs(found, "open")


async def test_with_an_age_alone_birthdays_have_no_day_and_laws_do(client: httpx2.AsyncClient) -> None:
    page = await told(client, {"age_years": "17", "care_when": "still_in_care", "care_13_weeks": "true"})
    found = moments(page)
    order = list(found)
    assert order[:2] == ["An amount changes", "You turn 18"]
    assert order.index("You turn 19") < order.index("A rule changes") < order.index("You turn 20")
    assert "<b>1 April 2029</b>, in 2 years. You will be 19 or 20." in found["A rule changes"]
    assert "crisis-and-resilience-fund" in slugs(found["A rule changes"], "stops")
    assert "personal-adviser-to-21" in slugs(found["You turn 21"], "stops")
    assert "so we can name the age at which things change, but not the day" in words_of(page)
    assert 'name="dob-day"' in page.text, "the birthday can be given here"
    assert not [title for title in order if title.startswith("You turn") and 'class="when"' in found[title]]


async def test_with_an_age_alone_the_calendar_has_the_days_of_laws_and_figures(
    client: httpx2.AsyncClient,
) -> None:
    page = await told(client, {"age_years": "17"})
    assert f'formaction="{PATH}/calendar"' in page.text
    reply = await told(client, {"age_years": "17"}, f"{PATH}/calendar")
    days = {event.decoded("dtstart") for event in Calendar.from_ical(reply.content).walk("VEVENT")}
    assert {date(2027, 4, 1), date(2029, 4, 1)} <= days
    assert len(days) == page.text.count('<p class="when">')


async def test_nothing_told_shows_the_ages_in_general(client: httpx2.AsyncClient) -> None:
    page = await told(client, {})
    assert "You have not told us your birthday or your age" in words_of(page)
    assert list(moments(page)) == list(moments(await client.get(PATH)))


async def test_at_40_nothing_is_ahead_and_it_says_so(client: httpx2.AsyncClient) -> None:
    page = await told(client, {"dob-day": "1", "dob-month": "2", "dob-year": "1986"})
    assert not moments(page)
    assert "Nothing in our list starts or stops for you because of a birthday" in words_of(page)


async def test_the_calendar_names_the_days_and_nothing_else(client: httpx2.AsyncClient) -> None:
    reply = await told(client, SEVENTEEN, f"{PATH}/calendar")
    assert reply.headers["content-type"].startswith("text/calendar")
    assert reply.headers["cache-control"] == "private, no-cache"
    assert "attachment" in reply.headers["content-disposition"]
    days = {event.decoded("dtstart") for event in Calendar.from_ical(reply.content).walk("VEVENT")}
    assert {date(2027, 3, 23), date(2027, 4, 20), date(2028, 9, 1), date(2034, 4, 20)} <= days
    for word in ("care", "council", "adviser", "lincoln", "birthday", "benefit", "home", "2009"):
        assert word not in reply.text.lower(), word


async def test_a_calendar_without_a_day_is_the_page(client: httpx2.AsyncClient) -> None:
    assert f'formaction="{PATH}/calendar"' not in (await told(client, {"age_years": "40"})).text
    reply = await told(client, {"age_years": "40"}, f"{PATH}/calendar")
    assert reply.status_code == 422
    assert "no birthday" in words_of(reply)


@pytest.mark.parametrize("path", [PATH, f"{PATH}/calendar"])
async def test_what_cannot_be_read_comes_back_as_the_form(client: httpx2.AsyncClient, path: str) -> None:
    page = await told(client, SEVENTEEN | {"dob-day": "41"}, path)
    assert page.status_code == 422
    assert title_of(page).startswith("Error:")
    assert 'value="41"' in page.text


async def test_the_pages_stay_small(client: httpx2.AsyncClient) -> None:
    everything = SEVENTEEN | {"place": "DH1 5UL", "responsible_authority": "E06000047"}
    for page in (await client.get(PATH), await told(client, SEVENTEEN), await told(client, everything)):
        assert len(gzip.compress(page.content)) <= BUDGET


async def test_the_results_and_the_footer_lead_here(client: httpx2.AsyncClient) -> None:
    assert f'href="{PATH}"' in (await client.get("/topics")).text
    assert f'formaction="{PATH}"' in (await client.post("/results", data=SEVENTEEN)).text


BORN = {"dob-day": "20", "dob-month": "4", "dob-year": "2009"}
IN_GENERAL = {"anybody": "yes", **BORN}


async def test_each_thing_that_starts_or_stops_names_the_step_to_take_before(
    client: httpx2.AsyncClient, published: Published
) -> None:
    home = published.entries["setting-up-home-allowance"]
    for page in (await client.get(PATH), await told(client, SEVENTEEN)):
        stops = moments(page)["You turn 25"].partition('class="stops"')[2]
        assert home.before_it_ends
        assert f"<b>Before then:</b> {home.before_it_ends}" in stops
        starts = moments(page)["You turn 16" if "You turn 16" in moments(page) else "You turn 18"]
        assert "<b>First:</b>" in starts


async def test_the_next_steps_stand_first_with_their_day(
    client: httpx2.AsyncClient, published: Published
) -> None:
    page = await told(client, SEVENTEEN)
    box = html.unescape(page.text).partition('id="next"')[2].partition("</section>")[0]
    heading = re.match(r">(.*?)</h2>", box)
    assert heading and "Do this before" in heading[1]
    steps = re.findall(r'<li>(.*?) <a class="govuk-link" href="/entitlements/([\w-]+)"', box)
    assert 0 < len(steps) <= 6
    assert all(published.entries[slug].steps[0] == step for step, slug in steps)
    assert 'id="next"' not in (await client.get(PATH)).text, "nobody's day is near in general"


async def test_in_general_a_birthday_alone_makes_a_calendar_of_the_ages(client: httpx2.AsyncClient) -> None:
    reply = await told(client, IN_GENERAL, f"{PATH}/calendar")
    assert reply.headers["content-type"].startswith("text/calendar")
    events = Calendar.from_ical(reply.content).walk("VEVENT")
    days = {event.decoded("dtstart") for event in events}
    assert {date(2027, 4, 20), date(2030, 4, 20), date(2034, 4, 20)} <= days
    assert all("Look at your list" in str(event["summary"]) for event in events)
    assert "2009" not in reply.text


async def test_a_calendar_reminds_two_weeks_before(client: httpx2.AsyncClient) -> None:
    reply = await told(client, SEVENTEEN, f"{PATH}/calendar")
    alarms = Calendar.from_ical(reply.content).walk("VALARM")
    assert len(alarms) == len(Calendar.from_ical(reply.content).walk("VEVENT"))
    assert {alarm.decoded("trigger").days for alarm in alarms} == {-14}


async def test_names_stand_in_the_calendar_only_where_they_are_asked_for(
    client: httpx2.AsyncClient, published: Published
) -> None:
    for facts in (SEVENTEEN, IN_GENERAL):
        reply = await told(client, {**facts, "names": "yes"}, f"{PATH}/calendar")
        events = Calendar.from_ical(reply.content).walk("VEVENT")
        by_title = {str(event["summary"]): str(event["description"]) for event in events}
        home = published.entries["setting-up-home-allowance"]
        assert f"Stops: {home.title}. Before then: {home.steps[0]}" in by_title["You turn 25"]


@pytest.mark.parametrize("born", [{}, {"dob-day": "41", "dob-month": "4", "dob-year": "2009"}])
async def test_a_calendar_in_general_needs_a_birthday(
    client: httpx2.AsyncClient, born: Mapping[str, str]
) -> None:
    page = await told(client, {"anybody": "yes", **born}, f"{PATH}/calendar")
    assert page.status_code == 422
    assert title_of(page).startswith("Error:")
    assert 'id="dob-day-error"' in page.text
    assert [title for title in moments(page) if title == "You turn 18"]
