"""What is the same for everybody is made once a minute, and nobody gets what was made for somebody else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import brotli
import httpx2
import pytest
from starlette.applications import Starlette

from offer.pages import for_all, rendering
from offer.same_for_all import MOST, SameForAll
from tests.offer.pages.reading import words_of

PAGES = (
    "/",
    "/entitlements/bus-travel",
    "/topics/money",
    "/council-tax/E07000139",
    "/services/housing-lincoln",
)
NOON = datetime(2026, 11, 23, 12, 0, 30, tzinfo=UTC)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The addresses of the pages that were made, not kept, in a minute that does not end."""
    paths: list[str] = []
    whole = rendering.whole

    def noting(request: Any, *words: Any, **more: Any) -> str:
        paths.append(request.url.path)
        return whole(request, *words, **more)

    monkeypatch.setattr(for_all, "whole", noting)
    monkeypatch.setattr(for_all, "now", lambda: NOON)
    yield paths


@pytest.mark.parametrize("path", PAGES)
async def test_it_is_made_once(client: httpx2.AsyncClient, made: list[str], path: str) -> None:
    first, second = await client.get(path), await client.get(path)
    assert first.status_code == 200 and first.text == second.text
    assert made == [path]


async def test_each_language_and_each_host_has_its_own(client: httpx2.AsyncClient) -> None:
    english, arabic = await client.get("/"), await client.get("/ar")
    assert 'lang="ar"' in arabic.text and 'lang="ar"' not in english.text.partition("<body")[0]
    one, other = [
        await client.get("/entitlements/bus-travel", headers={"Host": host}) for host in ("a.test", "b.test")
    ]
    assert "http://a.test" in one.text and "a.test" not in other.text


async def test_a_page_that_names_no_host_is_there_whatever_host_is_claimed(
    client: httpx2.AsyncClient,
) -> None:
    assert (await client.get("/", headers={"Host": "a!b"})).status_code == 200


async def test_packed_or_not_it_is_the_same(client: httpx2.AsyncClient) -> None:
    plain = await client.get("/", headers={"Accept-Encoding": "identity"})
    packed = await client.get("/", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["content-encoding"] == "br" and "content-encoding" not in plain.headers
    assert packed.text == plain.text and packed.headers["etag"] == plain.headers["etag"]
    async with client.stream("GET", "/", headers={"Accept-Encoding": "br"}) as reply:
        raw = b"".join([part async for part in reply.aiter_raw()])
    assert brotli.decompress(raw).decode() == plain.text
    again = await client.get("/", headers={"If-None-Match": plain.headers["etag"]})
    assert again.status_code == 304


async def test_words_in_an_address_and_answers_are_never_kept(
    client: httpx2.AsyncClient, made: list[str]
) -> None:
    await client.get("/topics/money?by=E06000047")
    await client.get("/?who=somebody")
    sent = await client.post("/results", data={"age_years": "no number"})
    assert sent.status_code == 422 and "no number" in sent.text
    assert made == []
    assert "no number" not in (await client.get("/")).text


async def test_a_new_edition_makes_it_anew(
    application: Starlette, client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    live, slug = application.state.live, "bus-travel"
    before = words_of(await client.get(f"/entitlements/{slug}"))
    changed = live.edition.entries[slug].model_copy(update={"summary": "Changed a moment ago."})
    monkeypatch.setattr(
        live, "edition", replace(live.edition, entries={**live.edition.entries, slug: changed})
    )
    after = words_of(await client.get(f"/entitlements/{slug}"))
    assert "Changed a moment ago." in after and "Changed a moment ago." not in before


def test_a_minute_later_it_is_made_again(published: Any) -> None:
    pages, texts = SameForAll(), iter(("first", "second"))

    def at(moment: datetime) -> bytes:
        return pages.of(published, moment, "/", lambda: next(texts)).body

    assert [at(NOON), at(NOON + timedelta(seconds=29)), at(NOON + timedelta(seconds=30))] == [
        b"first", b"first", b"second",
    ]  # fmt: skip


def test_what_is_kept_has_an_end(published: Any) -> None:
    pages = SameForAll()
    for number in range(MOST + 50):
        assert pages.of(published, NOON, number, lambda n=number: str(n)).body == str(number).encode()  # type: ignore[misc]
    assert pages.of(published, NOON, MOST - 1, lambda: "made again").body == str(MOST - 1).encode()
    assert pages.of(published, NOON, MOST + 1, lambda: "made again").body == b"made again"
