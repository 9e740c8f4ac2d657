"""An entry that staff have translated: its words in the language of the reader, and who has checked them."""

from datetime import date
from typing import get_args

import httpx2
import pytest
from starlette.applications import Starlette

from offer.app import create_app
from offer.entitlements.schema import Entitlement, LanguageCode, ToSay, Translation
from offer.languages.known import TRANSLATED
from offer.published import Published, build_published
from offer.saying import what_to_say
from offer.settings import Settings
from tests.offer.pages.test_results import SLEAFORD

SLUG = "personal-adviser-to-21"
WORDS = Translation(
    title="La-taliyahaaga gaarka ah (personal adviser)",
    summary="Qof ku caawiya.",
    steps=["Weydii golaha."],
    checked_on=date(2026, 11, 20),
)


def test_the_catalogue_takes_the_languages_of_the_pages() -> None:
    assert set(get_args(LanguageCode)) == {language.code for language in TRANSLATED}


def edition(published: Published, words: Translation) -> Published:
    """The starter catalogue with one invented translation."""
    entries = [
        entry.model_copy(update={"translations": {"so": words}}) if entry.id == SLUG else entry
        for entry in published.entries.values()
    ]
    return build_published(entries, [], published.places, version=2, today=date(2026, 11, 22))


def browser(published: Published, words: Translation, tmp_path: object) -> httpx2.AsyncClient:
    app: Starlette = create_app(Settings(data_dir=tmp_path))  # type: ignore[arg-type]
    app.state.live.edition = edition(published, words)
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://offer.test")


@pytest.mark.parametrize(
    ("checked_by", "said"),
    [
        (None, "Weli ma hubin qof luqadda ku hadla."),
        ("a worker at our hub", "qof ku hadla: a worker at our hub."),
    ],
)
async def test_a_reader_of_the_language_reads_the_translation(
    published: Published, tmp_path: object, checked_by: str | None, said: str
) -> None:
    words = WORDS.model_copy(update={"checked_by": checked_by})
    async with browser(published, words, tmp_path) as client:
        page = await client.get(f"/so/entitlements/{SLUG}")
        assert "La-taliyahaaga gaarka ah" in page.text.partition("<main")[2]
        assert '<p class="app-lead">Qof ku caawiya.</p>' in page.text
        assert "<li>Weydii golaha.</li>" in page.text
        plain = page.text.replace('<span lang="en">', "").replace("</span>", "")
        assert said in plain
        assert published.entries[SLUG].who_for in plain  # what nobody translated is in English
        assert "Qof ku caawiya." not in (await client.get(f"/entitlements/{SLUG}")).text
        assert "Qof ku caawiya." not in (await client.get(f"/ar/entitlements/{SLUG}")).text


EASY, FIRST = "Waxaad heli kartaa qof.", "Salaan. Fadlan ii sheeg."
MORE = WORDS.model_copy(update={"easy_read": [EASY], "to_say": ToSay(first=FIRST, if_no="Fadlan qor.")})


async def test_the_short_form_is_read_in_the_language(published: Published, tmp_path: object) -> None:
    own = published.entries[SLUG].easy_read
    assert own is not None
    async with browser(published, MORE, tmp_path) as client:
        page = await client.get(f"/so/entitlements/{SLUG}/easy")
        assert f"<p>{EASY}</p>" in page.text and own.sentences[0] not in page.text
        assert "Weli ma hubin qof luqadda ku hadla." in page.text
        english = await client.get(f"/entitlements/{SLUG}/easy")
        assert EASY not in english.text and f"<p>{own.sentences[0]}</p>" in english.text


async def test_what_to_send_stays_english_with_its_meaning_below(
    published: Published, tmp_path: object
) -> None:
    async with browser(published, MORE, tmp_path) as client:
        page = (await client.get(f"/so/entitlements/{SLUG}")).text
        said = what_to_say(published.entries[SLUG], date(2026, 11, 22))
        assert said.first in page and page.index(said.first) < page.index(FIRST)
        assert said.if_no in page and page.index(said.if_no) < page.index("Fadlan qor.")
        assert FIRST not in (await client.get(f"/ar/entitlements/{SLUG}")).text


def test_a_short_form_is_translated_only_where_there_is_one(published: Published) -> None:
    body = published.entries[SLUG].model_dump()
    assert Entitlement.model_validate(body | {"translations": {"so": MORE.model_dump()}})
    with pytest.raises(ValueError, match="write easy_read in English first"):
        Entitlement.model_validate(body | {"easy_read": None, "translations": {"so": MORE.model_dump()}})
    with pytest.raises(ValueError, match="at most 3"):
        Translation.model_validate({"easy_read": [EASY] * 4, "checked_on": "2026-11-20"})


async def test_the_results_name_it_in_the_language(published: Published, tmp_path: object) -> None:
    async with browser(published, WORDS, tmp_path) as client:
        page = await client.post("/so/results", data=SLEAFORD)
        assert f'<a href="/so/entitlements/{SLUG}">La-taliyahaaga gaarka ah' in page.text


async def test_the_api_gives_the_translations(published: Published, tmp_path: object) -> None:
    async with browser(published, WORDS, tmp_path) as client:
        body = (await client.get(f"/api/v1/entitlements/{SLUG}")).json()
    assert body["translations"]["so"]["summary"] == "Qof ku caawiya."
    assert body["translations"]["so"]["checked_by"] is None
