"""Words, plurals and dates in the language spoken; English is as it always was."""

import asyncio
from datetime import date

import pytest

from offer.eligibility import wording
from offer.language import gettext, ngettext, speaking, spoken
from offer.languages.dates import said_day, said_month
from offer.languages.known import BY_CODE, ENGLISH, TRANSLATED
from offer.languages.marks import without_marks

DAY = date(2032, 5, 3)


def said(code: str, words: str) -> str:
    with speaking(BY_CODE[code]):
        return without_marks(gettext(words))


def test_english_is_what_was_written() -> None:
    assert gettext("Search") == "Search" and spoken() is ENGLISH
    assert ngettext("one", "many", 1) == "one" and ngettext("one", "many", 0) == "many"
    assert (said_day(DAY), said_month(DAY)) == (wording.said_day(DAY), wording.said_month(DAY))


def test_a_language_says_its_own_and_what_it_lacks_in_english() -> None:
    assert said("ar", "Search") == "ابحث"
    assert said("so", "Search") == "Raadi"
    assert said("ar", "No catalogue holds this.") == "No catalogue holds this."
    assert said("ar", "") == ""


@pytest.mark.parametrize(
    ("count", "form"),
    [(0, "لا أسئلة أخرى."), (1, "وسؤال واحد آخر"), (2, "وسؤالان آخران"), (3, "أسئلة أخرى."),
     (11, "سؤالًا آخر."), (99, "سؤالًا آخر."), (100, "سؤال آخر."), (103, "أسئلة أخرى.")],
)  # fmt: skip
def test_the_six_plurals_of_arabic(count: int, form: str) -> None:
    with speaking(BY_CODE["ar"]):
        assert form in without_marks(
            ngettext("And %(num)s more question.", "And %(num)s more questions.", count)
        )


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.code)
def test_days_and_months_are_the_languages_own(language) -> None:  # type: ignore[no-untyped-def]
    with speaking(language):
        day, month = without_marks(said_day(DAY)), without_marks(said_month(DAY))
    assert "2032" in day and "3" in day and "2032" in month
    assert "May" not in day and "May" not in month


def test_arabic_names_the_month() -> None:
    with speaking(BY_CODE["ar"]):
        assert without_marks(said_day(DAY)) == "3 مايو 2032"


async def test_two_requests_at_once_keep_their_languages() -> None:
    async def ask(code: str) -> str:
        with speaking(BY_CODE[code]):
            await asyncio.sleep(0)
            return without_marks(gettext("Search"))

    assert [*await asyncio.gather(ask("ar"), ask("en"), ask("so"))] == ["ابحث", "Search", "Raadi"]
