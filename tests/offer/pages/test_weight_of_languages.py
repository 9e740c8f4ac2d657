"""What a page costs in another language: no more than it may in English, in bytes as they are sent."""

import httpx2
import pytest

from offer.compressed import PAGES, packed
from offer.languages.known import TRANSLATED

LATER_PAGE, START, RESULTS = 6_000, 10_000, 15_000
# The heaviest of their kinds: all 1,953 entries and topics in nine languages were weighed in November 2026.
HEAVY = (
    *(
        f"/entitlements/{slug}"
        for slug in (
            "bursary-16-to-19", "council-tax-care-leaver-discount", "durham-university-bursary",
            "education-and-training-costs-to-25", "lincolnshire-setting-up-home-grant",
            "vacation-accommodation",
        )
    ),
    "/topics/housing?by=E10000019", "/topics/money?by=E10000019", "/topics/money?by=E06000047",
    "/help-now?by=E10000019", "/my-list", "/routes", "/council-tax", "/housing/E07000139", "/caseload",
    "/coverage", "/search?q=driving+lessons",
)  # fmt: skip
PERSON = {"age_years": "19", "care_when": "left_at_18", "care_13_weeks": "true"}
PEOPLE = (
    PERSON | {"place": "NG34 7EF", "responsible_authority": "E10000019"},
    PERSON | {"place": "DH1 5UL", "responsible_authority": "E06000047"},
)


def bytes_of(page: httpx2.Response) -> int:
    """What is sent to a browser that reads Brotli, as every one does over HTTPS."""
    assert page.status_code == 200
    return len(packed(page.content, PAGES))


@pytest.mark.parametrize("code", [language.code for language in TRANSLATED])
async def test_a_page_weighs_no_more_than_it_may_in_english(client: httpx2.AsyncClient, code: str) -> None:
    weights = {address: bytes_of(await client.get(f"/{code}{address}")) for address in HEAVY}
    assert {address: weight for address, weight in weights.items() if weight > LATER_PAGE} == {}
    assert bytes_of(await client.get(f"/{code}/")) <= START
    for person in PEOPLE:
        assert bytes_of(await client.post(f"/{code}/results", data=person)) <= RESULTS
