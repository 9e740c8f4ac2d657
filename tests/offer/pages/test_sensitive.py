"""Leave this page, and help now: on every page about abuse, health, exploitation or the right to stay."""

import httpx2
import pytest

from offer.pages.sensitive import is_sensitive, touches
from offer.published import Published


def has_exit(page: httpx2.Response) -> bool:
    """Whether it can be left at once, with the answers in the tab wiped."""
    found = page.text.count("app-exit")
    assert found <= 1
    assert (found == 1) == (
        "keep." in page.text and "It does not clear your history." in page.text
    ) or not found
    return found == 1


async def test_every_entry_and_its_easy_form_that_need_it_have_it(
    client: httpx2.AsyncClient, published: Published
) -> None:
    for slug, entry in published.entries.items():
        wanted = touches((entry.topic, *entry.more_topics))
        assert has_exit(await client.get(f"/entitlements/{slug}")) == wanted, slug
        easy = await client.get(f"/entitlements/{slug}/easy")
        assert easy.status_code == 303 or has_exit(easy) == wanted, slug


async def test_every_service_that_needs_it_has_it(client: httpx2.AsyncClient, published: Published) -> None:
    for slug, service in published.services.items():
        if service.is_shown and not service.record.redirect_to:
            assert has_exit(await client.get(f"/services/{slug}")) == is_sensitive(service.record), slug
    assert is_sensitive(published.services["harbour-durham"].record)
    assert not is_sensitive(published.services["hub-chester-le-street"].record)


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("/topics/health", True),
        ("/topics/documents-and-immigration", True),
        ("/topics/seeking-asylum", True),
        ("/topics/help-now", True),
        ("/topics/council-tax", False),
        ("/help-now", True),
        ("/help-nearby?in=E06000047&topic=health", True),
        ("/help-nearby?in=E06000047&kind=safety", True),
        ("/help-nearby?in=E06000047", False),
        ("/services?in=E06000047&topic=health", True),
        ("/services?in=E06000047", False),
        ("/search?q=asylum", True),
        ("/search?q=mental+health", True),
        ("/search?q=laptop", False),
        ("/", False),
    ],
)
async def test_topics_lists_and_searches(client: httpx2.AsyncClient, address: str, wanted: bool) -> None:
    page = await client.get(address)
    assert page.status_code == 200
    assert has_exit(page) == wanted


async def test_a_search_in_a_crisis_has_it(client: httpx2.AsyncClient) -> None:
    page = await client.post("/search", data={"q": "he hits me"})
    assert has_exit(page)


async def test_help_now_does_not_lead_to_itself(client: httpx2.AsyncClient) -> None:
    page = await client.get("/help-now")
    aside = page.text.split("<aside")[1].split("</aside>")[0]
    assert "/help-now" not in aside
