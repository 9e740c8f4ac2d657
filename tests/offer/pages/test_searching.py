"""Search: clean addresses, help before results in a crisis, and never an empty page."""

import gzip
import re
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from offer.pages.search_query import Query, read_query
from offer.place_reading import place_resolver
from offer.published import Published
from search import shards
from tests.offer.pages.reading import TODAY, title_of


def asked(response: httpx2.Response) -> dict[str, str]:
    """What the address of a redirect asks."""
    assert response.status_code == 303, response.text
    where = urlsplit(response.headers["location"])
    assert where.path == "/search"
    return {name: values[0] for name, values in parse_qs(where.query).items()}


async def test_the_empty_page_offers_the_form_and_every_topic(client: httpx2.AsyncClient) -> None:
    page = await client.get("/search")
    assert page.status_code == 200
    assert 'name="q"' in page.text
    assert "/topics/money" in page.text


async def test_words_with_an_age_and_a_town_become_a_clean_address(client: httpx2.AsyncClient) -> None:
    posted = await client.post("/search", data={"q": "council tax 22 lincoln"})
    assert asked(posted) == {"q": "council tax", "age": "22", "lives_in": "E07000138"}


async def test_a_postcode_among_the_words_becomes_its_district(client: httpx2.AsyncClient) -> None:
    posted = await client.post("/search", data={"q": "help with rent ng347ef"})
    assert asked(posted) == {"q": "help with rent", "lives_in": "E07000139"}


async def test_a_postcode_in_a_typed_address_is_sent_on_to_a_clean_one(client: httpx2.AsyncClient) -> None:
    page = await client.get("/search", params={"q": "help with rent NG34 7EF"})
    assert asked(page) == {"q": "help with rent", "lives_in": "E07000139"}


async def test_half_a_postcode_is_offered_and_never_applied(client: httpx2.AsyncClient) -> None:
    posted = await client.post("/search", data={"q": "bus pass DH1"})
    assert "lives_in" not in asked(posted)
    page = await client.get(posted.headers["location"])
    assert ">Only in County Durham</a>" in page.text


async def test_the_form_keeps_a_filter_and_drops_an_emptied_place(client: httpx2.AsyncClient) -> None:
    kept = {"q": "money", "topic": "money", "lives_in": "E07000138", "place": "Lincoln", "council": ""}
    assert asked(await client.post("/search", data=kept))["lives_in"] == "E07000138"
    emptied = asked(await client.post("/search", data={**kept, "place": ""}))
    assert emptied == {"q": "money", "topic": "money"}


async def test_the_council_that_looked_after_you_is_read_by_name(client: httpx2.AsyncClient) -> None:
    posted = await client.post("/search", data={"q": "driving", "council": "durham county council"})
    assert asked(posted)["by"] == "E06000047"


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("age", "nineteen and a bit", "whole years"),
        ("council", "Nowhereshire", "We do not know that council"),
        ("place", "ZZ99 9ZZ", "We do not know that postcode"),
    ],
)
async def test_bad_input_is_kept_and_explained_beside_its_field(
    client: httpx2.AsyncClient, field: str, typed: str, says: str
) -> None:
    page = await client.post("/search", data={"q": "rent", field: typed})
    assert page.status_code == 422
    assert title_of(page).startswith("Error:")
    assert f'value="{typed}"' in page.text
    assert f'id="{field}-error"' in page.text
    assert says in page.text


async def test_what_was_put_right_in_a_postcode_among_the_words_is_said(client: httpx2.AsyncClient) -> None:
    page = await client.post("/search", data={"q": "housing near LNI 1YL"})
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert "We read that as LN1 1YL." in page.text
    assert "app-row__title" in page.text
    assert "1YL" not in " ".join(re.findall(r'href="([^"]*)"', page.text))
    right = await client.post("/search", data={"q": "housing near LN1 1YL"})
    assert asked(right)["lives_in"] == "E07000138"


async def test_a_place_in_several_districts_is_asked_about(client: httpx2.AsyncClient) -> None:
    page = await client.post("/search", data={"q": "rent", "place": "LN6"})
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert 'value="E07000138"' in page.text
    assert 'value="E07000139"' in page.text
    chosen = await client.post("/search", data={"q": "rent", "place": "LN6", "district": "E07000139"})
    assert asked(chosen)["lives_in"] == "E07000139"


async def test_crisis_words_are_answered_at_once_with_help_first(client: httpx2.AsyncClient) -> None:
    page = await client.post("/search", data={"q": "i have nowhere to sleep tonight"})
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    banner = page.text.index("You can get help now")
    assert banner < page.text.index("<h1") < page.text.index("app-row__title")
    assert 'href="tel:08088000661"' in page.text
    links = re.findall(r'href="([^"]*)"', page.text)
    assert not [link for link in links if "nowhere" in link or "tonight" in link]


async def test_in_a_crisis_the_councils_own_team_is_named(client: httpx2.AsyncClient) -> None:
    page = await client.post("/search", data={"q": "he hit me", "council": "Lincolnshire"})
    assert 'href="tel:01522782333"' in page.text
    assert page.text.index("tel:999") < page.text.index("tel:01522782333")


async def test_an_ordinary_search_has_no_banner(client: httpx2.AsyncClient) -> None:
    page = await client.get("/search", params={"q": "council tax"})
    assert "You can get help now" not in page.text


async def test_spelling_is_put_right_and_said(client: httpx2.AsyncClient) -> None:
    page = await client.get("/search", params={"q": "garantor"})
    assert "Showing results for <strong>guarantor</strong>" in page.text
    assert "/search?q=garantor&amp;exact=1" in page.text
    literal = await client.get("/search", params={"q": "garantor", "exact": "1"})
    assert "Showing results for" not in literal.text


async def test_each_result_is_marked_by_kind_and_by_whose_it_is(client: httpx2.AsyncClient) -> None:
    page = await client.get("/search", params={"q": "council tax", "lives_in": "E07000139"})
    text = re.sub("</?mark>", "", page.text)
    row = text[text.index("No council tax until 25 (North Kesteven)") :]
    assert "North Kesteven" in row[row.index("app-row__marks") :][:200]
    assert "app-row--service" in page.text


async def test_filters_are_links_and_chips_take_them_off(client: httpx2.AsyncClient) -> None:
    page = await client.get("/search", params={"q": "money", "by": "E10000019", "age": "19"})
    assert "/search?q=money&amp;age=19&amp;by=E10000019&amp;topic=housing" in page.text
    assert 'href="/search?q=money&amp;by=E10000019">For age 19' in page.text


async def test_half_a_postcode_of_several_districts_offers_each(client: httpx2.AsyncClient) -> None:
    page = await client.get("/search", params={"q": "bus pass LN5"})
    for district in ("Lincoln", "North Kesteven"):
        assert f">Only in {district}</a>" in page.text


async def test_a_council_among_the_words_is_where_somebody_lives_and_only_offered_as_who_looked_after_them(
    client: httpx2.AsyncClient,
) -> None:
    posted = await client.post("/search", data={"q": "durham leaving care"})
    assert asked(posted) == {"q": "leaving care", "lives_in": "E06000047"}
    page = await client.get(posted.headers["location"])
    assert ">In County Durham <" in page.text
    assert 'by=E06000047">County Durham looked after me</a>' in page.text


async def test_a_county_among_the_words_is_only_offered_as_who_looked_after_somebody(
    client: httpx2.AsyncClient,
) -> None:
    posted = await client.post("/search", data={"q": "lincolnshire leaving care"})
    assert asked(posted) == {"q": "lincolnshire leaving care"}
    page = await client.get(posted.headers["location"])
    assert 'by=E10000019">Lincolnshire looked after me</a>' in page.text
    assert "Only in" not in page.text


async def test_words_we_hold_nothing_for_lead_to_the_guide_that_says_whom_to_ring(
    client: httpx2.AsyncClient,
) -> None:
    page = await client.get("/search?q=tampons&by=E10000019")
    assert "Nothing found" in page.text
    assert '<a href="/topics/health?by=E10000019">Guide: Health and feelings</a>' in page.text
    assert (await client.get("/topics/health?by=E10000019")).status_code == 200


async def test_a_topic_among_the_words_is_offered_and_a_status_is_said(client: httpx2.AsyncClient) -> None:
    page = await client.get("/search", params={"q": "laptop student at college"})
    assert 'topic=education">Only School, college and university</a>' in page.text
    assert '<a href="/topics/education">Guide: School, college and university</a>' in page.text
    assert "To see what fits you as a student" in page.text
    chosen = await client.get("/search", params={"q": "laptop student at college", "topic": "education"})
    assert ">Only School" not in chosen.text


async def test_the_words_looked_for_are_marked_in_any_form(client: httpx2.AsyncClient) -> None:
    page = await client.get("/search", params={"q": "apprentices"})
    assert "<mark>apprenticeship</mark>" in page.text


async def test_a_list_can_be_made_shorter_by_topic_by_where_it_comes_from_and_by_age(
    client: httpx2.AsyncClient,
) -> None:
    page = await client.get("/search", params={"q": "money"})
    for choice in ("topic=housing", "decides=law", "ages=16-17"):
        assert f'href="/search?q=money&amp;{choice}"' in page.text
    narrowed = await client.get("/search", params={"q": "money", "decides": "law", "ages": "18-20"})
    assert '<a href="/search?q=money&amp;ages=18-20">The law says so' in narrowed.text
    assert ">Offer<" not in narrowed.text
    aged = await client.get("/search", params={"q": "money", "age": "19"})
    assert "ages=16-17" not in aged.text


async def test_where_a_filter_leaves_nothing_we_say_which_was_dropped(client: httpx2.AsyncClient) -> None:
    page = await client.get("/search", params={"q": "railcard", "topic": "justice"})
    assert "Nothing fitted with the topic “Police, courts and prison”" in page.text
    assert "app-row__title" in page.text


async def test_where_nothing_is_found_there_is_a_person_and_there_are_topics(
    client: httpx2.AsyncClient,
) -> None:
    page = await client.get("/search", params={"q": "xyzzyqqq", "by": "E10000019"})
    assert "Nothing found" in page.text
    assert 'href="tel:01522575955"' in page.text
    assert "/topics/housing" in page.text
    unknown = await client.get("/search", params={"q": "xyzzyqqq"})
    assert "Ask your adviser" in unknown.text


async def test_living_outside_england_is_answered_with_what_it_changes(client: httpx2.AsyncClient) -> None:
    posted = await client.post("/search", data={"q": "housing", "place": "EH1 1BB"})
    page = await client.get(posted.headers["location"])
    assert "Scotland" in page.text
    assert "app-row__title" in page.text


async def test_more_results_stand_on_further_pages(client: httpx2.AsyncClient) -> None:
    first = await client.get("/search", params={"q": "money"})
    assert "/search?q=money&amp;page=2" in first.text
    far = await client.get("/search", params={"q": "money", "page": "999"})
    assert far.status_code == 200


async def test_typed_markup_is_shown_as_text(client: httpx2.AsyncClient) -> None:
    page = await client.get("/search", params={"q": '<script>alert("x")</script>'})
    assert "<script>" not in page.text


def test_codes_that_mean_nothing_are_left_out_of_a_query(published: Published) -> None:
    typed = {
        "q": "rent",
        "age": "-3",
        "lives_in": "E99",
        "by": "x",
        "topic": "?",
        "kind": "draft",
        "page": "0",
    }
    assert read_query(typed, published.places, TODAY) == Query(q="rent")


def test_a_replaced_district_is_read_as_its_successor(published: Published) -> None:
    retired = next(iter(published.places.areas._retired.values()))
    query = read_query({"lives_in": retired.old.gss}, published.places, TODAY)
    assert query.lives_in == published.places.areas.current(retired.old.gss, TODAY)


def test_the_resolver_never_labels_a_place_by_its_postcode(published: Published) -> None:
    read = place_resolver(published.places, TODAY)("NG34 7EF")
    assert read is not None
    assert read.label == "North Kesteven"


@pytest.mark.parametrize("query", ["council tax", "money", "rent", "driving lessons", "birthday"])
async def test_a_page_of_results_stays_small(client: httpx2.AsyncClient, query: str) -> None:
    page = await client.get("/search", params={"q": query})
    assert len(gzip.compress(page.content)) <= 6000


async def test_a_search_that_did_not_look_at_every_council_says_so(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    says = "We looked only in what is for all of England."
    for address in ("/search?q=bus", "/search?q=zzzzqqqq"):
        assert says not in (await client.get(address)).text
    assert (await client.get("/api/v1/search?q=bus")).json()["england_only"] is False
    monkeypatch.setattr(shards, "NATIONWIDE", 10)
    for address in ("/search?q=bus", "/search?q=zzzzqqqq"):
        assert says in (await client.get(address)).text
    assert (await client.get("/api/v1/search?q=bus")).json()["england_only"] is True
    for address in ("/search?q=bus&lives_in=E07000138", "/search?q=bus&by=E10000019", "/search"):
        assert says not in (await client.get(address)).text
