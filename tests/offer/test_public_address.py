"""An address that tells of a person: it is repeated in no link, and kept by no cache."""

import httpx2
import pytest

from offer.public_address import has_words, repeatable, tells, without_telling
from tests.offer.api.conftest import api, application

__all__ = ["api", "application"]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("q=council+tax&age=19&lives_in=E07000139", "q=council+tax&age=19&lives_in=E07000139"),
        ("councils=E06000047,E10000019&topic=housing", "councils=E06000047,E10000019&topic=housing"),
        ("q=rent+%C2%A3600+by+2027", "q=rent+%C2%A3600+by+2027"),
        ("q=rent+LN6+3RF&age=19", "age=19"),
        ("q=rent&place=Lincoln", "q=rent"),
        ("in=ln63rf", ""),
        ("by=E10000019&dob-day=19", "by=E10000019"),
        ("age=2006-08-19&q=a%40b.example", ""),
        ("q=19.8.2006&things=bus-travel", "things=bus-travel"),
        ("q=QQ+123456&topic=money", "topic=money"),
        ("", ""),
    ],
)
def test_what_may_be_repeated(query: str, kept: str) -> None:
    assert repeatable(query) == kept
    assert tells(query) is (query != kept)
    if query:
        assert without_telling(f"/search?{query}") == f"/search?{kept}".rstrip("?")


def test_words_are_somebody_s_own() -> None:
    assert has_words("topic=money&q=rent")
    assert not has_words("topic=money&by=E10000019")


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/help-nearby?place=LN6+3RF", "no-store"),
        ("/search?q=rent+LN6+3RF", "no-store"),
        ("/no-such?postcode=LN6+3RF", "no-store"),
        ("/search?q=rent", "private, no-cache"),
        ("/topics/money?by=E10000019", "no-cache"),
        ("/help-nearby/?place=LN6+3RF", "no-store"),
    ],
)
async def test_who_may_keep_the_reply(api: httpx2.AsyncClient, path: str, kept: str) -> None:
    reply = await api.get(path)
    assert reply.headers["cache-control"] == kept
    assert ("etag" in reply.headers) is (kept != "no-store")
    told = reply.text + reply.headers.get("location", "")
    assert "place=LN6" not in told and "postcode=LN6" not in told and "q=rent+LN6" not in told


async def test_a_language_is_changed_without_what_was_told(api: httpx2.AsyncClient) -> None:
    page = (await api.get("/topics/money?by=E10000019&dob-year=2006")).text
    assert 'href="/ar/topics/money?by=E10000019"' in page


async def test_a_visit_that_cannot_be_is_not_led_to(api: httpx2.AsyncClient) -> None:
    reply = await api.post("/visit/LN6-3RF/knock")
    assert reply.status_code == 404
    assert "location" not in reply.headers
