"""An entry that staff have translated: its words in the language of the reader, and who has checked them."""

from datetime import date
from typing import get_args

import httpx2
import pytest
from starlette.applications import Starlette

from offer.app import create_app
from offer.entitlements.schema import LanguageCode, Translation
from offer.languages.known import TRANSLATED
from offer.published import Published, build_published
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


async def test_the_results_name_it_in_the_language(published: Published, tmp_path: object) -> None:
    async with browser(published, WORDS, tmp_path) as client:
        page = await client.post("/so/results", data=SLEAFORD)
        assert f'<a href="/so/entitlements/{SLUG}">La-taliyahaaga gaarka ah' in page.text


async def test_the_api_gives_the_translations(published: Published, tmp_path: object) -> None:
    async with browser(published, WORDS, tmp_path) as client:
        body = (await client.get(f"/api/v1/entitlements/{SLUG}")).json()
    assert body["translations"]["so"]["summary"] == "Qof ku caawiya."
    assert body["translations"]["so"]["checked_by"] is None
