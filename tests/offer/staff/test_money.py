"""Figures that end, have ended or are older than the tax year; listed in March, before April."""

from datetime import date
from typing import Any

import pytest
from starlette.applications import Starlette

from offer.entitlements.schema import Entitlement
from offer.pages.staff import home, money
from offer.published import COUNCIL_TAX, Published
from offer.staff.money import WHY, april_ends, figures_to_look_at, is_march, tax_year_began
from tests.offer.pages.reading import words_of
from tests.offer.staff.conftest import SignedIn

MARCH = date(2027, 3, 1)


def grant(published: Published, amount: Any, more: list[Any] | None = None, **changed: Any) -> Entitlement:
    entry = published.entries["setting-up-home-allowance"]
    body = {**entry.model_dump(mode="json"), "amount": amount, "more_amounts": more or [], **changed}
    return Entitlement.model_validate(body)


def looked_at(entry: Entitlement, on: date = MARCH) -> list[tuple[str, str, str]]:
    return [(each.why, each.words, each.day.isoformat()) for each in figures_to_look_at([entry], on)]


@pytest.mark.parametrize(
    ("on", "began", "ends"),
    [
        (date(2027, 4, 5), date(2026, 4, 6), date(2027, 4, 30)),
        (date(2027, 4, 6), date(2027, 4, 6), date(2027, 4, 30)),
        (date(2027, 5, 1), date(2027, 4, 6), date(2028, 4, 30)),
        (date(2027, 1, 1), date(2026, 4, 6), date(2027, 4, 30)),
    ],
)
def test_years_turn_on_6_april(on: date, began: date, ends: date) -> None:
    assert (tax_year_began(on), april_ends(on)) == (began, ends)
    assert is_march(MARCH) and not is_march(date(2027, 2, 28)) and not is_march(date(2027, 4, 1))


def test_a_figure_is_listed_by_what_is_the_matter_with_it(published: Published) -> None:
    new = {"text": "£9", "start": "2027-04-01"}
    assert looked_at(grant(published, {"text": "£8", "end": "2027-04-01"})) == [("ends", "£8", "2027-03-31")]
    assert looked_at(grant(published, {"text": "£8", "end": "2027-04-01"}, [new])) == []
    assert looked_at(grant(published, {"text": "£8", "end": "2027-02-01"})) == [("over", "£8", "2027-01-31")]
    assert looked_at(grant(published, {"text": "£8", "end": "2027-05-02"})) == []
    old = grant(published, {"text": "£8"}, checked_on="2026-04-05")
    assert looked_at(old) == [("earlier", "£8", "2026-04-05")]
    assert looked_at(grant(published, {"text": "£8"}, checked_on="2026-04-06")) == []
    assert looked_at(grant(published, None)) == []


def test_terms_are_listed_district_by_district(published: Published) -> None:
    entry = published.entries[COUNCIL_TAX]
    rows = [row for row in entry.terms if row.area in ("E07000138", "E07000136")]
    assert len(rows) >= 2
    ending = entry.model_copy(
        update={
            "amount": None,
            "more_amounts": [],
            "terms": [
                row.model_copy(update={"end": date(2027, 4, 1), "percent": 50, "age_before": 21})
                for row in rows
            ],
        }
    )
    found = figures_to_look_at([ending], MARCH)
    assert {(each.area, each.words, each.why) for each in found} == {
        (row.area, "50%, until 21", "ends") for row in rows
    }
    follows = rows[0].model_copy(update={"start": date(2027, 4, 1), "end": None, "percent": 60})
    after = ending.model_copy(update={"terms": [*ending.terms, follows]})
    assert follows.area not in {each.area for each in figures_to_look_at([after], MARCH)}


def test_each_reason_has_a_shape_and_words() -> None:
    shapes, words = zip(*WHY.values(), strict=True)
    assert len(set(shapes)) == len(set(words)) == len(WHY)


async def test_the_page_and_in_march_the_home_page(
    signed_in: SignedIn, running: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, nobody = await signed_in(("viewer", "england")), await signed_in(("viewer", "E08000025"))
    for module in (home, money):
        monkeypatch.setattr(module, "today", lambda: MARCH)
    page = words_of(await who.get("/staff/money"))
    assert "Ends by the end of April" in page and "Last day:" in page and "30 April 2027" in page
    assert "None of your figures needs a look" in words_of(await nobody.get("/staff/money"))
    assert "may change this April" in words_of(await who.get("/staff"))
    monkeypatch.setattr(home, "today", lambda: date(2027, 4, 1))
    assert "may change this April" not in words_of(await who.get("/staff"))
