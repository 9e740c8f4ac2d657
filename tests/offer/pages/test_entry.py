"""The page of one entry, for every entry there is."""

import gzip
import html
import re
from dataclasses import replace
from typing import get_args

import httpx2
import pytest
from starlette.applications import Starlette

from offer.deciding import decision
from offer.eligibility.english import RuleLine, rule_lines
from offer.entitlements.schema import Entitlement, Symbol
from offer.pages.rendering import environment
from offer.published import Published
from offer.saying import what_to_say
from tests.offer.pages.reading import TODAY, title_of, words_of

BUDGET = 6_000  # bytes, compressed


async def opened(client: httpx2.AsyncClient, slug: str) -> httpx2.Response:
    """The page of an entry."""
    page = await client.get(f"/entitlements/{slug}")
    assert page.status_code == 200
    return page


async def test_every_public_entry_has_a_light_page_with_how_to_get_it(
    client: httpx2.AsyncClient, published: Published
) -> None:
    for slug, entry in published.entries.items():
        page = await opened(client, slug)
        words = words_of(page)
        for text in (
            entry.title,
            entry.summary,
            entry.who_for,
            entry.if_told_no,
            *entry.steps,
            *entry.bring,
            *entry.not_sure,
        ):
            assert " ".join(text.split()) in words, (slug, text)
        assert f"We checked this in {entry.checked_on:%B %Y}." in words
        assert f"Ask {entry.ask}." in words
        assert len(gzip.compress(page.content)) <= BUDGET, slug
        assert entry.staff_note is None or entry.staff_note not in words
        assert not re.search(r"<script>|<style| style=| on\w+=", page.text)


async def test_no_fact_of_the_registry_and_no_code_is_shown(
    client: httpx2.AsyncClient, published: Published
) -> None:
    for slug in published.entries:
        words = words_of(await opened(client, slug))
        assert not re.search(r"\b[a-z]+_[a-z_]+\b|\bE\d{8}\b", words), slug


async def test_the_steps_stand_in_order(client: httpx2.AsyncClient, published: Published) -> None:
    page = await opened(client, "setting-up-home-allowance")
    steps = page.text[page.text.index('<ol class="app-steps">') : page.text.index("</ol>")]
    assert steps.count("<li>") == len(published.entries["setting-up-home-allowance"].steps)


async def test_councils_own_terms_are_listed_with_their_council(client: httpx2.AsyncClient) -> None:
    page = await opened(client, "setting-up-home-allowance")
    assert "/entitlements/durham-setting-up-home-allowance" in page.text
    assert "Lincolnshire County Council" in words_of(page)
    own = await opened(client, "durham-setting-up-home-allowance")
    assert "/entitlements/setting-up-home-allowance" in own.text
    assert "This is Durham County Council’s way of doing" in words_of(own)


async def test_the_whole_rule_is_told_in_english(client: httpx2.AsyncClient) -> None:
    words = words_of(await opened(client, "setting-up-home-allowance"))
    assert "You are 16 to 24." in words
    assert "You are moving into your first own home, or have just moved in." in words


async def test_an_adviser_reads_the_rule_with_its_sections(
    client: httpx2.AsyncClient, published: Published
) -> None:
    """Folded away, each point with the Act and section it rests on."""
    for slug in published.entries:
        page = html.unescape((await opened(client, slug)).text)
        law = page.split("The full rule, point by point, with its law")[1].split("</details>")[0]
        for cite in {line.cite for line in lines_of(published, slug) if line.cite and not line.parts}:
            assert f"<small>{cite}</small>" in law, (slug, cite)
    words = words_of(await opened(client, "pathway-plan"))
    assert "Children Act 1989" in words[words.index("The full rule") : words.index("Find out if it fits you")]


def lines_of(published: Published, slug: str) -> list[RuleLine]:
    lines = list(rule_lines(published.rules_on(TODAY)[slug].node, published.names))
    for line in lines:
        lines += line.parts
    return lines


async def test_what_is_not_yet_law_says_so(client: httpx2.AsyncClient, published: Published) -> None:
    waiting = [entry for entry in published.entries.values() if entry.in_force == "not-yet"]
    assert waiting
    for entry in waiting:
        words = words_of(await opened(client, entry.id))
        assert "Coming, not yet law." in words and str(entry.coming) in words
    assert "Coming, not yet law." not in words_of(await opened(client, "pathway-plan"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": "pilot"}, "This was a trial. Ask if it is still running."),
        ({"status": "may-have-ended"}, "This may have ended."),
        ({"confidence": "existence only"}, "We know that this exists, but not its terms."),
        ({"strength": "can_apply"}, "They may say yes or no. You can apply, and they go by their own rules."),
        ({"nature": "council-choice"}, "This is the council’s own choice"),
    ],
)
async def test_how_far_to_trust_it_is_said(
    application: Starlette,
    client: httpx2.AsyncClient,
    published: Published,
    changes: dict[str, str],
    words: str,
) -> None:
    entry = Entitlement.model_validate({**published.entries["pathway-plan"].model_dump(), **changes})
    application.state.live.edition = replace(published, entries={**published.entries, entry.id: entry})
    assert words in words_of(await opened(client, entry.id))


async def test_a_draft_has_no_page_and_neither_has_what_does_not_exist(
    client: httpx2.AsyncClient, published: Published
) -> None:
    assert "durham-driving-lessons" not in published.entries
    for slug in ("durham-driving-lessons", "nothing-of-that-name"):
        page = await client.get(f"/entitlements/{slug}")
        assert page.status_code == 404
        assert title_of(page).startswith("Page not found")


ORDER = (
    "How much", "What you get", "Who it is for", "How to get it", "Have ready", "Who decides", "What to say",
    "If you are told no", "Help near you", "Where this comes from", "This helped", "This looks wrong",
)  # fmt: skip


async def test_the_parts_stand_in_the_order_in_which_they_are_needed(client: httpx2.AsyncClient) -> None:
    page = (await opened(client, "setting-up-home-allowance")).text
    places = [page.rindex(f">{words}<") for words in ORDER]
    assert places == sorted(places)


async def test_both_messages_and_the_ways_on_stand_on_every_page(
    client: httpx2.AsyncClient, published: Published
) -> None:
    for slug, entry in published.entries.items():
        words, said = words_of(await opened(client, slug)), what_to_say(entry, TODAY)
        for text in (said.first, said.if_no, decision(entry, TODAY).words, "Get someone on your side"):
            assert " ".join(text.split()) in words, (slug, text)


async def test_the_easy_page_says_it_in_a_few_words(client: httpx2.AsyncClient, published: Published) -> None:
    for slug, entry in published.entries.items():
        page = await client.get(f"/entitlements/{slug}/easy")
        if entry.easy_read is None:
            assert (page.status_code, page.headers["location"]) == (303, f"/entitlements/{slug}")
            continue
        words = words_of(page)
        assert title_of(page).startswith(f"Easy read: {entry.title}")
        assert all(sentence in words for sentence in entry.easy_read.sentences)
        assert page.text.count('class="app-symbol"') == 1
        assert f'href="/entitlements/{slug}/easy"' in (await opened(client, slug)).text


async def test_a_draft_has_no_easy_page(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/entitlements/durham-driving-lessons/easy")).status_code == 404


def test_every_symbol_is_drawn() -> None:
    symbols = environment().get_template("parts/symbols.html").module
    drawn = {name: str(symbols.symbol(name)) for name in get_args(Symbol)}  # type: ignore[attr-defined]
    assert len(set(drawn.values())) == len(drawn)
    assert all('aria-hidden="true"' in svg and 'd="M' in svg for svg in drawn.values())


BORN = {"dob-day": "3", "dob-month": "5", "dob-year": "2007", "responsible_authority": "E06000047"}


@pytest.mark.parametrize(
    ("slug", "told", "words"),
    [
        (
            "pathway-plan",
            {**BORN, "care_when": "left_at_18", "care_13_weeks": "true"},
            ("You should be able to get this.", "3 May 20"),
        ),
        ("advocacy", {"age_years": "19"}, ("You might get this: it depends.", "Until you turn 25")),
        ("council-tax-under-18", {"age_years": "19"}, ("Not now.", "")),
        ("rutland-emergency-clothing", BORN, ("people of another council", "")),
    ],
)
async def test_posted_answers_say_what_it_is_for_me_and_until_when(
    client: httpx2.AsyncClient, slug: str, told: dict[str, str], words: tuple[str, str]
) -> None:
    page = await client.post(f"/entitlements/{slug}", data=told)
    assert (page.status_code, page.headers["cache-control"]) == (200, "private, no-cache")
    mine = page.text.split('class="app-mine"')[1].split("</div>")[0]
    assert all(part in mine for part in words)
    for name, value in told.items():
        assert f'name="{name}" value="{value}"' in mine, "they go back to the results with nothing lost"


async def test_answers_that_cannot_be_read_are_shown_to_be_put_right(client: httpx2.AsyncClient) -> None:
    page = await client.post("/entitlements/pathway-plan", data={"dob-day": "31", "dob-month": "2"})
    assert page.status_code == 422 and title_of(page).startswith("Error: ")
    assert (await client.post("/entitlements/nothing-of-that-name", data=BORN)).status_code == 404
