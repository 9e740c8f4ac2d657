"""The names to suggest: what is public of England and the councils asked for, and a small script."""

import gzip

import httpx2

from offer.published import Published
from templates.build import HERE

LIGHTEST = 5_000  # bytes of our own script
NAMES = 12_000  # compressed bytes of all names


async def titles(client: httpx2.AsyncClient, **asked: str) -> dict[str, str]:
    reply = await client.get("/search/names", params=asked)
    assert reply.status_code == 200
    assert "max-age" in reply.headers["cache-control"]
    return {name[1]: name[0] for name in reply.json()}


async def test_topics_entries_and_services_are_named(
    client: httpx2.AsyncClient, published: Published
) -> None:
    found = await titles(client)
    assert found["/topics/housing"]
    assert found["/entitlements/healthy-start"] == published.entries["healthy-start"].title
    assert found["/services/become"] == "Become"


async def test_what_is_not_public_or_not_in_force_is_not_named(
    client: httpx2.AsyncClient, published: Published
) -> None:
    found = await titles(client)
    hidden = [slug for slug, entry in published.entries.items() if entry.in_force != "yes"]
    assert hidden
    assert found.keys().isdisjoint(f"/entitlements/{slug}" for slug in hidden)
    assert "/services/durham-gp-pilot" not in found


async def test_a_council_narrows_the_names_to_its_own_and_englands(client: httpx2.AsyncClient) -> None:
    found = await titles(client, by="E06000047")
    assert "/entitlements/durham-housing-priority" in found
    assert "/entitlements/lincolnshire-staying-put" not in found


async def test_what_is_for_everybody_stands_before_what_is_one_councils(client: httpx2.AsyncClient) -> None:
    addresses = [*(await titles(client))]
    middle = addresses.index("")
    everybodys, own = set(addresses[:middle]), set(addresses[middle + 1 :])
    assert everybodys >= {"/topics/council-tax", "/entitlements/council-tax-care-leaver-discount"}
    assert "/services/become" in everybodys
    assert own >= {"/entitlements/council-tax-boston", "/services/housing-lincoln"}


async def test_a_code_that_means_nothing_is_left_out(client: httpx2.AsyncClient) -> None:
    assert await titles(client, by="nonsense", q="words") == await titles(client)


async def test_the_names_and_the_script_are_light(client: httpx2.AsyncClient) -> None:
    reply = await client.get("/search/names")
    assert len(gzip.compress(reply.content)) <= NAMES
    assert (HERE / "js" / "suggest" / "suggest.mjs").stat().st_size <= LIGHTEST
