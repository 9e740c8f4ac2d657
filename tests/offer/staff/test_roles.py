"""Where a role counts: England, a council, and a county for all its districts."""

import pytest

from offer.staff.roles import NATIONAL, scope_of
from tests.offer.staff.conftest import SignedIn

LINCOLNSHIRE = "E10000019"
ENTRY = "/staff/entries/entitlement/council-tax-lincoln"


@pytest.mark.parametrize(
    ("authority", "scope"),
    [
        ("E92000001", NATIONAL),
        (LINCOLNSHIRE, LINCOLNSHIRE),
        ("E06000047", "E06000047"),  # County Durham is its own district
        ("E07000138", LINCOLNSHIRE),  # Lincoln
        ("E08000023", "E08000023"),
        ("E00000000", "E00000000"),  # nobody's
    ],
)
def test_a_district_is_looked_after_with_its_county(authority: str, scope: str) -> None:
    assert scope_of(authority) == scope


async def test_the_county_edits_what_its_district_decides(signed_in: SignedIn) -> None:
    editor, other = await signed_in(("editor", LINCOLNSHIRE)), await signed_in(("editor", "E06000047"))
    page = await editor.client.get(ENTRY)
    assert page.status_code == 200
    assert "still-right" in page.text
    assert (await other.client.get(ENTRY)).status_code == 403
    assert "council-tax-lincoln" in (await editor.client.get("/staff/entries")).text
