"""A body that no form sends: refused, wherever answers are read, rather than taken for a form left empty."""

import httpx2
import pytest

TAKES_ANSWERS = (
    "/results", "/what-happens-when", "/adviser", "/entitlements/pathway-plan",
    "/print", "/print/plan", "/print/custody", "/remember",
)  # fmt: skip


@pytest.mark.parametrize("address", TAKES_ANSWERS)
@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
async def test_it_is_refused_in_words(client: httpx2.AsyncClient, address: str, kind: str) -> None:
    reply = await client.post(address, content=b'{"age_years": 19}', headers={"content-type": kind})
    assert reply.status_code == 415
    assert "<h1" in reply.text
    assert "19" not in reply.text.partition("<main")[2].partition("</main>")[0]
