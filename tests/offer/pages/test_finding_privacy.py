"""A canary postcode through every form for finding: in no address, no title and no log."""

import re

import httpx2
import pytest
import structlog

from tests.offer.pages.reading import title_of

CANARY = "NG34 7EF"
FORMS = [
    ("/search", {"q": f"rent {CANARY}"}),
    ("/search", {"q": "rent", "place": CANARY}),
    ("/search", {"q": f"i have nowhere to sleep near {CANARY}"}),
    ("/search", {"q": "rent", "place": CANARY, "age": "nonsense"}),
    ("/search", {"q": "rent", "council": CANARY}),
    ("/council-tax", {"place": CANARY}),
    ("/council-tax", {"place": "NG34 7E"}),
    ("/help-nearby", {"place": CANARY}),
    ("/help-nearby", {"place": f"{CANARY}X"}),
]


def holds_canary(text: str) -> bool:
    """Whether a postcode of the canary's stands in the text, however spaced or coded."""
    return re.search(r"NG34(?:\s|\+|%20)*7E", text, re.IGNORECASE) is not None


@pytest.mark.parametrize(("path", "form"), FORMS)
async def test_a_posted_postcode_leaves_no_trace(
    client: httpx2.AsyncClient, path: str, form: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    with structlog.testing.capture_logs() as logged:
        reply = await client.post(path, data=form)
    assert reply.status_code in (200, 303, 422)
    assert not holds_canary(str(logged))
    printed = capfd.readouterr()
    assert not holds_canary(printed.out + printed.err)
    assert not holds_canary(" ".join(f"{name}: {value}" for name, value in reply.headers.items()))
    if reply.status_code == 303:
        assert "cache-control" in reply.headers or reply.headers["location"].startswith("/")
        reply = await client.get(reply.headers["location"])
        assert not holds_canary(reply.text)
    else:
        assert reply.headers["cache-control"] == "no-store"
    assert not holds_canary(title_of(reply))
    assert not any(holds_canary(link) for link in re.findall(r'(?:href|action)="([^"]*)"', reply.text))


async def test_words_of_a_crisis_are_not_logged(client: httpx2.AsyncClient) -> None:
    with structlog.testing.capture_logs() as logged:
        await client.post("/search", data={"q": "i want to kill myself"})
    assert logged
    assert "kill" not in str(logged)


@pytest.mark.parametrize(
    "path", ["/search", "/topics", "/council-tax", "/help-nearby", "/help-now", "/about"]
)
async def test_pages_load_nothing_from_elsewhere_and_hold_no_inline_code(
    client: httpx2.AsyncClient, path: str
) -> None:
    page = await client.get(path)
    loaded = re.findall(r'(?:src|<link[^>]*href)="([^"]*)"', page.text)
    assert all(address.startswith(("/", "data:")) for address in loaded)
    assert " style=" not in page.text
    assert "<style" not in page.text
    assert " onclick" not in page.text
    assert "set-cookie" not in page.headers
