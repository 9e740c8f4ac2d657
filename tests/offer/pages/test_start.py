"""The start page: four questions, complete without script, and the form that keeps what was typed."""

import gzip
import re

import httpx2
import pytest

from offer.published import Published
from tests.offer.pages.reading import title_of, words_of

HTML_BUDGET = 10_000  # bytes, compressed


async def test_each_of_the_four_questions_stands_open_with_a_way_not_to_answer(
    client: httpx2.AsyncClient,
) -> None:
    page = await client.get("/")
    assert page.status_code == 200
    for name in ("dob-day", "dob-month", "dob-year", "age_years", "place", "responsible_authority"):
        assert f'name="{name}"' in page.text
    for name in ("care_when", "care_13_weeks"):
        values = re.findall(rf'name="{name}" type="radio" value="(\w+)"', page.text)
        assert values[-2:] == ["unknown", "unsaid"]
    assert "required" not in page.text


async def test_every_council_can_be_found_by_its_name(
    client: httpx2.AsyncClient, published: Published
) -> None:
    page = await client.get("/")
    codes = re.findall(r'<option value="(E\d{8})">', page.text)
    assert sorted(codes) == sorted(area.gss for area in published.places.authorities())
    assert len(codes) == 153
    names = re.findall(r'<option value="E\d{8}">([^<]+)', page.text)
    assert "Durham (County Durham)" in names and "Lincolnshire" in names and "Bristol" in names
    assert names == sorted(names)
    assert ">I do not know</option>" in page.text


async def test_every_field_has_a_label_and_every_label_a_field(client: httpx2.AsyncClient) -> None:
    page = await client.get("/")
    ids = re.findall(r'<(?:input|select)[^>]* id="([^"]+)"', page.text)
    labels = re.findall(r'<label[^>]* for="([^"]+)"', page.text)
    assert sorted(ids) == sorted(labels)
    assert len(ids) == len(set(ids))


async def test_nothing_is_inline_and_the_page_is_light(client: httpx2.AsyncClient) -> None:
    page = await client.get("/")
    assert not re.search(r"<script>|<style| style=| on\w+=", page.text)
    assert len(gzip.compress(page.content)) <= HTML_BUDGET


async def test_the_form_is_posted_and_the_search_too(client: httpx2.AsyncClient) -> None:
    page = await client.get("/")
    forms = re.findall(r'<form[^>]*action="([^"]+)"[^>]*method="([^"]+)"', page.text)
    assert forms == [("/search", "post"), ("/results", "post")]
    assert 'name="q"' in page.text


FAULTS = [
    ({"dob-day": "31", "dob-month": "2", "dob-year": "2007"}, "dob-day", "there is no such day"),
    ({"dob-day": "31", "dob-month": "13", "dob-year": "2007"}, "dob-day", "there is no such month"),
    ({"dob-day": "3", "dob-month": "May"}, "dob-day", "give the year too"),
    ({"dob-day": "3", "dob-month": "5", "dob-year": "07"}, "dob-day", "four figures"),
    ({"dob-day": "x", "dob-month": "5", "dob-year": "2007"}, "dob-day", "in numbers"),
    ({"dob-day": "3", "dob-month": "5", "dob-year": "2999"}, "dob-day", "in the future"),
    ({"dob-day": "3", "dob-month": "5", "dob-year": "1890"}, "dob-day", "over 120"),
    ({"age_years": "nineteen"}, "age_years", "whole number, such as 19"),
    ({"age_years": "700"}, "age_years", "cannot be more than 120"),
    ({"place": "ZZ99 9ZZ"}, "place", "We do not know"),
    ({"place": "BFPO 12"}, "place", "armed forces"),
    ({"place": "NG34 7EO"}, "place", "We do not know that postcode"),
    ({"council": "Nowhere"}, "responsible_authority", "We do not know a council called “Nowhere”"),
    ({"age_years": "17", "care_when": "left_at_18"}, "care_when", "do not fit together"),
    ({"care_when": "banana"}, "care_when", "must be one of"),
    ({"care-1-start-day": "1", "care-1-start-month": "2"}, "care-1-start-day", "give the year too"),
    (
        {"care-1-end-day": "1", "care-1-end-month": "2", "care-1-end-year": "2020"},
        "care-1-start-day",
        "first day in care",
    ),
    ({"savings_gbp": "lots"}, "savings_gbp", "amount in pounds"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "field", "words"), FAULTS)
async def test_a_slip_is_named_beside_its_field_and_everything_typed_is_kept(
    client: httpx2.AsyncClient, typed: dict[str, str], field: str, words: str
) -> None:
    page = await client.post("/results", data={**typed, "employed": "true"})
    assert page.status_code == 422
    assert title_of(page).startswith("Error: ")
    assert page.headers["cache-control"] == "private, no-cache"
    summary = page.text[page.text.index("govuk-error-summary__list") :]
    assert f'<a href="#{field}">' in summary
    assert words in words_of(page)
    assert f'id="{field}"' in page.text and f'id="{field}-error"' in page.text
    for name, value in typed.items():
        if name not in ("council", "care_when") and not name.startswith("care-"):
            assert re.search(rf'name="{name}" value="{re.escape(value)}"', page.text)
    assert re.search(r'name="employed" type="radio" value="true" checked', page.text)


async def test_no_fault_names_a_fact_of_the_registry(client: httpx2.AsyncClient) -> None:
    born = {"dob-day": "1", "dob-month": "1", "dob-year": "2000"}
    page = await client.post("/results", data={**born, "age_years": "17", "care_when": "left_at_18"})
    assert page.status_code == 422
    assert not re.search(r"date_of_birth|age_years|care_when", words_of(page))


async def test_faults_are_listed_in_the_order_of_the_page(client: httpx2.AsyncClient) -> None:
    born = {"dob-day": "x", "dob-month": "1", "dob-year": "2000"}
    slips = {"council": "Nowhere", "place": "ZZ99 9ZZ", "age_years": "x", **born}
    page = await client.post("/results", data=slips)
    assert re.findall(r'<li><a href="#([\w-]+)">', page.text) == [
        "dob-day",
        "age_years",
        "place",
        "responsible_authority",
    ]


async def test_what_is_typed_is_shown_as_text_and_never_as_markup(client: httpx2.AsyncClient) -> None:
    page = await client.post("/results", data={"place": '"><script>alert(1)</script>', "council": "<b>x</b>"})
    assert page.status_code == 422
    assert "<script>alert" not in page.text and "<b>x</b>" not in page.text
