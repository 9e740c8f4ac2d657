"""The results: three groups from one posted form, every answer changeable, nobody's facts in an address."""

import html
import re
from collections.abc import Mapping

import httpx2
import pytest

from offer.compressed import PAGES, packed
from offer.person import read_person
from offer.published import Published
from tests.offer.pages.reading import TODAY, title_of, words_of

LEFT = {"care_when": "left_at_18", "care_13_weeks": "true"}
SLEAFORD = {"age_years": "19", "place": "NG34 7EF", "responsible_authority": "E10000019", **LEFT}
DURHAM = {"age_years": "19", "place": "DH1 5UL", "responsible_authority": "E06000047", **LEFT}
BUDGET = 15_000  # bytes, compressed as a browser gets it over HTTPS
LONG_BUDGET = 25_000  # of the page that an adviser asks for, with all the law
FACTS = {"age_years": 19, "lives_in": "E06000047", "responsible_authority": "E06000047",
         "care_when": "left_at_18", "care_13_weeks": True}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("results", "start"):
        monkeypatch.setattr(f"offer.pages.{module}.today", lambda: TODAY)


async def shown(client: httpx2.AsyncClient, facts: Mapping[str, str]) -> httpx2.Response:
    """The results for somebody."""
    page = await client.post("/results", data=dict(facts))
    assert page.status_code == 200, words_of(page)
    return page


def group(page: httpx2.Response, name: str) -> str:
    """The markup of one group: yes, might or no."""
    start = page.text.index(f'aria-labelledby="{name}"')
    return html.unescape(page.text[start : page.text.index("</section>", start)])


def slugs(page: httpx2.Response, name: str) -> set[str]:
    """The entries of a group."""
    return set(re.findall(r'href="/entitlements/([\w-]+)"', group(page, name)))


@pytest.mark.parametrize(
    ("facts", "local"),
    [
        (SLEAFORD, {"council-tax-north-kesteven", "lincolnshire-setting-up-home-grant"}),
        (DURHAM, {"durham-council-tax-care-leavers", "durham-setting-up-home-allowance"}),
    ],
)
async def test_nineteen_and_long_in_care(
    client: httpx2.AsyncClient, facts: dict[str, str], local: set[str]
) -> None:
    page = await shown(client, facts)
    assert slugs(page, "yes") >= {"personal-adviser-to-21", "pathway-plan", "advocacy"}
    open_rights = {
        "setting-up-home-allowance",
        "council-tax-care-leaver-discount",
        "higher-education-bursary",
        "apprenticeship-care-leavers-bursary",
    }
    assert slugs(page, "might") >= open_rights | local
    assert "Is your name on the council tax bill?" in group(page, "might")
    skipped = await shown(client, {name: value for name, value in facts.items() if name not in LEFT})
    assert not slugs(skipped, "no") & (open_rights | local | slugs(page, "yes"))


async def test_a_right_and_the_councils_terms_are_one_block(client: httpx2.AsyncClient) -> None:
    page = await shown(client, SLEAFORD)
    blocks = group(page, "might").split("<li><h4>")
    grant = next(block for block in blocks if "/entitlements/setting-up-home-allowance" in block)
    assert "/entitlements/lincolnshire-setting-up-home-grant" in grant
    assert sum("lincolnshire-setting-up-home-grant" in block for block in blocks) == 1


async def test_every_entry_of_the_answer_is_shown_once(
    client: httpx2.AsyncClient, published: Published
) -> None:
    page = await shown(client, SLEAFORD)
    links = re.findall(r'href="/entitlements/([\w-]+)"', page.text)
    assert len(links) == len(set(links))
    wanted = published.entries_for("E10000019", "E07000139", TODAY)
    assert set(links) == {entry.id for entry in wanted}


async def test_nothing_told_rules_nothing_out(client: httpx2.AsyncClient) -> None:
    page = await shown(client, {})
    assert slugs(page, "no") == set()
    assert "We have ruled nothing out." in words_of(page)
    assert "which council looked after you" in words_of(page)


async def test_each_answer_can_be_changed_where_it_stands(client: httpx2.AsyncClient) -> None:
    page = await shown(client, {**SLEAFORD, "in_education": "he_ft", "employed": "unsaid"})
    form = page.text[page.text.index('<form id="answers"') : page.text.index("</form>")]
    assert 'name="age_years" value="19"' in form
    assert 'name="place" value="NG34 7EF"' in form
    assert 'name="council" value="Lincolnshire"' in form
    assert chosen(form) == {**LEFT, "in_education": "he_ft", "employed": "unsaid"}
    assert "North Kesteven" in form and "Start again" in form


async def test_everything_can_be_changed_on_one_page(client: httpx2.AsyncClient) -> None:
    page = await shown(client, {**SLEAFORD, "in_education": "he_ft", "edit": "all"})
    assert title_of(page).startswith("Your answers")
    assert 'name="place" value="NG34 7EF"' in page.text
    assert '<option value="E10000019" selected>' in page.text
    assert re.search(r'name="in_education" type="radio" value="he_ft" checked', page.text)
    assert "care-3-end-year" in page.text
    assert page.headers["cache-control"] == "private, no-cache"


async def test_the_first_question_named_is_the_least_private(client: httpx2.AsyncClient) -> None:
    page = await shown(client, SLEAFORD)
    blocks = group(page, "might").split("<li><h4>")
    grant = next(block for block in blocks if "/entitlements/setting-up-home-allowance" in block)
    assert "Are you moving into your first own home" in grant
    assert "right to be in the UK" not in grant


async def test_a_form_sent_back_as_it_stands_gives_the_same_answer(client: httpx2.AsyncClient) -> None:
    first = await shown(client, {**SLEAFORD, "in_education": "he_ft", "skip": "savings_gbp:unsaid"})
    again = await shown(client, fields(first))
    for name in ("yes", "might", "no"):
        assert slugs(again, name) == slugs(first, name)
    assert fields(again) == fields(first)


def fields(page: httpx2.Response) -> dict[str, str]:
    """What a browser would send from the page's own form, untouched."""
    form = page.text[page.text.index('<form id="answers"') : page.text.index("</form>")]
    sent = dict(re.findall(r'<input(?![^>]*type="radio")[^>]* name="([^"]+)"[^>]* value="([^"]*)"', form))
    return {name: html.unescape(value) for name, value in (sent | chosen(form)).items()}


def chosen(form: str) -> dict[str, str]:
    """What is chosen in each list of a form."""
    lists = re.findall(r'<select[^>]* name="([^"]+)".*?</select>', form, re.DOTALL)
    picked = [re.findall(r'<option value="([^"]*)" selected', part) for part in form.split("<select")[1:]]
    return {name: value[0] for name, value in zip(lists, picked, strict=True) if value}


def asked(page: httpx2.Response) -> str:
    """The fact that the next question asks for."""
    found = re.search(r'name="next" value="([a-z0-9_]+):', page.text[page.text.index('id="ask"') :])
    assert found
    return found[1]


@pytest.mark.parametrize("word", ["unknown", "unsaid"])
async def test_a_question_put_aside_is_not_asked_again(client: httpx2.AsyncClient, word: str) -> None:
    page = await shown(client, SLEAFORD)
    seen = set[str]()
    for _ in range(6):
        name = asked(page)
        assert name not in seen
        seen.add(name)
        assert f'name="next" value="{name}:{word}"' in page.text
        page = await shown(client, {**fields(page), "next": f"{name}:{word}"})


async def test_an_answer_given_after_all_counts(client: httpx2.AsyncClient) -> None:
    page = await shown(client, {**SLEAFORD, "in_education": "unknown"})
    assert "higher-education-bursary" in slugs(page, "might")
    page = await shown(client, {**fields(page), "in_education": "none"})
    assert "higher-education-bursary" in slugs(page, "no")


async def test_a_place_in_several_districts_is_asked_about_and_the_choice_is_kept(
    client: httpx2.AsyncClient,
) -> None:
    page = await shown(client, {**SLEAFORD, "place": "LN6"})
    words = words_of(page)
    assert "Which of these do you live in?" in words and "Newark and Sherwood" in words
    assert asked(page) == "lives_in"
    kept = await shown(client, {**fields(page), "lives_in": "E07000139"})
    assert "council-tax-north-kesteven" in slugs(kept, "might")
    assert fields(kept)["lives_in"] == "E07000139"
    moved = await shown(client, {**fields(kept), "place": "DH1 5UL"})
    assert "council-tax-north-kesteven" not in moved.text and "County Durham" in words_of(moved)


async def test_what_is_the_same_in_every_district_is_said(client: httpx2.AsyncClient) -> None:
    page = await shown(client, {**SLEAFORD, "place": "Lincolnshire"})
    assert "All of them are in Lincolnshire." in words_of(page)


async def test_what_was_read_into_a_postcode_is_said(client: httpx2.AsyncClient) -> None:
    page = await shown(client, {**SLEAFORD, "place": "LN1O 6AA"})
    assert "We read that as LN10 6AA" in words_of(page)


async def test_a_council_whose_offer_we_do_not_hold(client: httpx2.AsyncClient) -> None:
    page = await shown(client, {**SLEAFORD, "responsible_authority": "E10000016"})
    words = words_of(page)
    assert "We do not have Kent’s own offer yet. By law it must publish one." in words
    assert "ask Kent County Council’s leaving care team" in words
    who = page.text[page.text.index('aria-labelledby="who"') : page.text.index("</main>")]
    team = who[: who.index("Free advice")]
    assert "tel:" not in team


async def test_the_council_can_be_named_in_words(client: httpx2.AsyncClient) -> None:
    by_code = await shown(client, DURHAM)
    named = {name: value for name, value in DURHAM.items() if name != "responsible_authority"}
    for words in ("Durham", "durham (county durham)", "County Durham", "Durham County Council"):
        page = await shown(client, {**named, "council": words})
        assert slugs(page, "yes") == slugs(by_code, "yes")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"age_years": "9"}, "Most of this starts at 16."),
        ({"age_years": "60"}, "Most support for care leavers ends at 25."),
        ({"place": "EH1 1YZ"}, "You live in Scotland."),
        ({"place": "JE2 3AB"}, "That is in Jersey"),
        ({"responsible_authority": "wales"}, "A council in Wales looked after you"),
    ],
)
async def test_what_somebodys_age_or_country_changes(
    client: httpx2.AsyncClient, facts: dict[str, str], words: str
) -> None:
    assert words in words_of(await shown(client, facts))


async def test_who_is_in_prison_is_led_to_the_page_on_paper(client: httpx2.AsyncClient) -> None:
    page = await shown(client, {**DURHAM, "in_custody": "true"})
    before = page.text[: page.text.index('id="yes"')]
    assert 'form="answers" formaction="/print/custody"' in before
    assert "/print/custody" not in (await shown(client, DURHAM)).text


async def test_ninety_days_in_care_warn_that_a_day_decides(client: httpx2.AsyncClient) -> None:
    spell = {"care-1-start-day": "1", "care-1-start-month": "1", "care-1-start-year": "2025",
             "care-1-end-day": "1", "care-1-end-month": "4", "care-1-end-year": "2025"}  # fmt: skip
    born = {"dob-day": "5", "dob-month": "6", "dob-year": "2008"}
    page = await shown(client, {**born, **spell, "responsible_authority": "E06000047"})
    assert 'class="app-alert"' in page.text
    assert "From the dates you gave" in words_of(page)


async def test_exact_days_where_the_birthday_is_known(client: httpx2.AsyncClient) -> None:
    born = {"dob-day": "3", "dob-month": "march", "dob-year": "2007"}
    known = {name: value for name, value in DURHAM.items() if name != "age_years"}
    assert "Until you turn 21, on 3 March 2028" in words_of(await shown(client, {**known, **born}))
    assert "Until you turn 21" in words_of(await shown(client, DURHAM))


async def test_every_result_ends_at_a_person_to_ask(client: httpx2.AsyncClient) -> None:
    page = await shown(client, SLEAFORD)
    for name in ("yes", "might"):
        blocks = group(page, name).split("<li><h4>")[1:]
        assert blocks and all('class="ask">Ask ' in block for block in blocks)
    assert "01522 575955" in words_of(page) and 'href="tel:' in page.text


@pytest.mark.parametrize("facts", [SLEAFORD, DURHAM, {}, {**DURHAM, "place": "NG34 7EF"}])
async def test_the_results_are_light_and_private(client: httpx2.AsyncClient, facts: dict[str, str]) -> None:
    page = await shown(client, facts)
    assert len(packed(page.content, PAGES)) <= BUDGET
    assert page.headers["cache-control"] == "private, no-cache"
    assert not re.search(r"<script>|<style| style=| on\w+=", page.text)
    assert not re.search(r'(?:href|action)="[^"]*(?:\?|NG34|DH1)', page.text)


async def test_ids_are_unique_and_every_field_is_labelled(client: httpx2.AsyncClient) -> None:
    page = await shown(client, {**SLEAFORD, "in_education": "he_ft", "place": "LN6"})
    ids = re.findall(r' id="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))
    fields_ = re.findall(r'<(?:input(?![^>]*type="hidden")|select)[^>]* id="([^"]+)"', page.text)
    assert sorted(fields_) == sorted(re.findall(r'<label[^>]* for="([^"]+)"', page.text))


async def test_an_address_holds_nothing_to_show(client: httpx2.AsyncClient) -> None:
    page = await client.get("/results?age_years=19")
    assert (page.status_code, page.headers["location"]) == (303, "/")


async def test_a_form_from_another_site_is_refused(client: httpx2.AsyncClient) -> None:
    page = await client.post("/results", data=SLEAFORD, headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 403


async def test_a_no_says_what_somebody_could_change_and_nothing_about_care(
    client: httpx2.AsyncClient,
) -> None:
    page = await shown(
        client, SLEAFORD | {"in_education": "none", "employed": "false", "tenure": "parental_home"}
    )
    near = re.findall(r'<p class="near">(.*?)</p>', group(page, "no"))
    assert near
    assert all(text.startswith("You might get this if ") for text in near)
    assert any("university" in text for text in near)
    assert not [text for text in near if re.search(r"\bcare\b|custody|prison|permission to stay", text)]
    assert 'class="near"' not in group(page, "yes") + group(page, "might")


async def test_an_adviser_can_read_why_with_the_law_for_any_outcome(
    client: httpx2.AsyncClient, published: Published
) -> None:
    """One button: every reason of every entry, each with its own law, and the law of the care status."""
    short = await shown(client, DURHAM)
    assert 'name="law" value="all"' in short.text
    page = await shown(client, DURHAM | {"law": "all"})
    answer = read_person(published, FACTS, TODAY).answer(published)
    assert answer.care_status.cite and answer.care_status.cite in words_of(page)
    assert answer.care_status.cite in words_of(short)
    told = html.unescape(page.text)
    by_slug = {part.split('"')[0]: part for part in told.split('href="/entitlements/')[1:]}
    for outcome in answer.outcomes:
        part = by_slug[outcome.slug]
        for reason in outcome.because:
            assert reason.text in part, (outcome.slug, reason.text)
            assert not reason.cite or f"<small>{reason.cite}</small>" in part, (outcome.slug, reason.cite)
    assert len(packed(page.content, PAGES)) <= LONG_BUDGET
    assert 'type="hidden" name="law"' not in told


async def test_without_script_each_name_is_a_button_that_takes_the_answers_along(
    client: httpx2.AsyncClient,
) -> None:
    """What the page of an entry says then is what the results said, with nothing told in its address."""
    facts = {**DURHAM, "plain": "1"}
    page = await shown(client, facts)
    assert "data-facts" not in page.text
    assert '<input type="hidden" name="plain" value="1">' in page.text
    said = {"yes": "You should be able to get this.", "might": "You might get this", "no": "Not now."}
    for name in ("yes", "might", "no"):
        opened = re.findall(
            r'<h[34]><button form="answers" formaction="(/entitlements/[\w-]+)">', group(page, name)
        )
        linked = slugs(await shown(client, DURHAM), name)
        assert {path.removeprefix("/entitlements/") for path in opened} <= linked
        assert opened and not slugs(page, name)
        entry = await client.post(opened[0], data=facts)
        assert said[name] in words_of(entry)
        assert entry.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("facts", [SLEAFORD, DURHAM])
async def test_without_script_it_is_no_heavier(client: httpx2.AsyncClient, facts: dict[str, str]) -> None:
    page = await shown(client, {**facts, "plain": "1"})
    assert len(packed(page.content, PAGES)) <= BUDGET
