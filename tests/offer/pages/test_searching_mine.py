"""Search among one person's answers: entries marked for them, and nothing they told in an address."""

import re

import httpx2

from offer.pages.search_view import OUTCOME_WORDS
from offer.published import Published

PERSON = {
    "age_years": "19",
    "place": "NG34 7EF",
    "responsible_authority": "E10000019",
    "care_when": "left_at_18",
    "care_13_weeks": "true",
}
FACTS = {"postcode": "NG34 7EF", **PERSON, "age_years": 19, "care_13_weeks": True}
del FACTS["place"]


def told(page: httpx2.Response) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text))


def rows(page: httpx2.Response) -> dict[str, str]:
    """What each entry of the list is for the person, by its address."""
    found = {}
    for row in page.text.split('<li class="app-row ')[1:]:
        marked = re.search(r"app-row__for[^>]*>([^<]+)<", row)
        found[row.split('href="')[1].split('"')[0]] = marked[1] if marked else ""
    return found


def total(page: httpx2.Response) -> int:
    found = re.search(r"(\d+) results?</h2>", page.text)
    assert found
    return int(found[1])


async def test_each_entry_is_marked_with_what_it_is_for_the_person(client: httpx2.AsyncClient) -> None:
    page = await client.post("/search", data={**PERSON, "look": "council tax"})
    assert page.status_code == 200
    assert page.headers["cache-control"] == "private, no-cache"
    found = rows(page)
    answer = await client.post("/api/v1/check", json={"facts": FACTS})
    outcomes = {each["slug"]: each["outcome"] for each in answer.json()["outcomes"]}
    for href, words in found.items():
        if href.startswith("/entitlements/"):
            assert words == OUTCOME_WORDS[outcomes[href.removeprefix("/entitlements/")]]
    assert {"You might get this", "Not for you now"} <= set(found.values())
    adviser = await client.post("/search", data={**PERSON, "look": "my adviser"})
    assert rows(adviser)["/entitlements/personal-adviser-to-21"] == "You should be able to get this"
    assert any(not words for href, words in found.items() if href.startswith("/services/"))


async def test_what_is_not_for_them_stands_lower(client: httpx2.AsyncClient) -> None:
    page = await client.post("/search", data={**PERSON, "look": "money at 16 or 17"})
    marks = [mark for mark in rows(page).values() if mark]
    assert marks[0] != "Not for you now"


async def test_another_councils_offers_are_not_in_the_list(
    client: httpx2.AsyncClient, published: Published
) -> None:
    page = await client.post("/search", data={**PERSON, "look": "council tax"})
    slugs = [href.removeprefix("/entitlements/") for href in rows(page) if href.startswith("/entitlements/")]
    assert {published.entries[slug].authority for slug in slugs} <= {"E92000001", "E10000019", "E07000139"}


async def test_what_was_told_travels_in_the_form_and_in_no_link(client: httpx2.AsyncClient) -> None:
    page = await client.post("/search", data={**PERSON, "look": "rent"})
    assert {name: told(page)[name] for name in PERSON} == PERSON
    links = " ".join(re.findall(r'href="([^"]*)"', page.text))
    for private in ("NG34", "E10000019", "age=", "left_at_18"):
        assert private not in links


async def test_a_choice_narrows_the_list_and_keeps_the_marks(client: httpx2.AsyncClient) -> None:
    page = await client.post("/search", data={**PERSON, "look": "money"})
    assert '<button form="search" name="topic" value="housing">' in page.text
    narrowed = await client.post("/search", data={**told(page), "q": "money", "topic": "housing"})
    assert narrowed.status_code == 200
    assert any(rows(narrowed).values())
    assert total(narrowed) < total(page)
    assert told(narrowed)["topic"] == "housing"


async def test_the_words_may_be_sent_with_enter_from_the_results(client: httpx2.AsyncClient) -> None:
    by_enter = await client.post("/results", data={**PERSON, "look": "rent"})
    assert "<h1" in by_enter.text
    assert rows(by_enter) == rows(await client.post("/search", data={**PERSON, "look": "rent"}))
    without = await client.post("/results", data={**PERSON, "look": ""})
    assert 'id="answers"' in without.text


async def test_all_that_fits_is_one_press_away_again(client: httpx2.AsyncClient) -> None:
    page = await client.post("/search", data={**PERSON, "look": "rent"})
    assert 'formaction="/results"' in page.text
    back = await client.post("/results", data={**told(page), "q": "rent"})
    assert 'id="answers"' in back.text


async def test_answers_that_cannot_be_read_are_put_right_first(client: httpx2.AsyncClient) -> None:
    page = await client.post("/search", data={**PERSON, "age_years": "nineteen", "look": "rent"})
    assert page.status_code == 422
    assert 'value="nineteen"' in page.text


async def test_a_crisis_comes_first_here_too(client: httpx2.AsyncClient) -> None:
    page = await client.post("/search", data={**PERSON, "look": "he hit me"})
    assert page.text.index("You can get help now") < page.text.index("<h1")
    assert 'href="tel:01522782333"' in page.text


async def test_services_show_how_far_they_are_from_the_place_that_was_typed(
    client: httpx2.AsyncClient,
) -> None:
    page = await client.post("/search", data={**PERSON, "look": "housing advice"})
    assert re.search(r"app-miles[^<]* miles in a straight line", page.text)
    nowhere = {name: value for name, value in PERSON.items() if name != "place"}
    without = await client.post("/search", data={**nowhere, "look": "housing advice"})
    assert "straight line" not in without.text
