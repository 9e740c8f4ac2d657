"""An address by language: there and back, and never out of the site."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer.languages.address import ONE_LANGUAGE, in_language, is_translated, parted, redirected
from offer.languages.known import BY_CODE, ENGLISH, TRANSLATED

LANGUAGES = st.sampled_from(TRANSLATED)
PATHS = st.text("abcxyz019-_./\\%?#:@ é", max_size=30).map(lambda text: f"/{text}")


@given(PATHS, LANGUAGES)
def test_an_address_with_its_prefix_is_the_same_page_in_that_language(path, language) -> None:  # type: ignore[no-untyped-def]
    plain = path.partition("#")[0].partition("?")[0]
    if is_translated(plain):
        assert parted(in_language(plain, language)) == (language, plain)
    else:
        assert in_language(plain, language) == plain


@given(PATHS)
def test_no_prefix_leads_to_another_host(path: str) -> None:
    language, rest = parted(path)
    assert rest.startswith("/")
    if language is not ENGLISH:
        assert not rest.startswith(("//", "/\\"))
    for each in TRANSLATED:
        assert urlsplit(in_language(f"/{path}", each)).netloc == urlsplit(f"/{path}").netloc


@pytest.mark.parametrize("path", ["/ar", "/ar/"])
def test_the_prefix_alone_is_the_start(path: str) -> None:
    assert parted(path) == (BY_CODE["ar"], "/")


@pytest.mark.parametrize(
    "path",
    ["/", "/results", "/xx/results", "/arx/results", "/AR/results", "/en/results", "/ar/so/results",
     "/ar//evil.example", "/ar/\\evil.example", *(f"/ar{each}" for each in ONE_LANGUAGE)],
)  # fmt: skip
def test_what_has_one_address_is_english_and_stays_as_it_is(path: str) -> None:
    assert parted(path) == (ENGLISH, path)


@pytest.mark.parametrize(
    ("location", "wanted"),
    [
        ("/", "/ti/"),
        ("/search?q=gym#results", "/ti/search?q=gym#results"),
        ("/assets/app.css", "/assets/app.css"),
        ("http://offer.test/topics", "http://offer.test/ti/topics"),
        ("https://elsewhere.example/topics", "https://elsewhere.example/topics"),
        ("//elsewhere.example/topics", "//elsewhere.example/topics"),
    ],
)
def test_a_redirect_stays_in_the_language_on_this_host_alone(location: str, wanted: str) -> None:
    assert redirected(location, BY_CODE["ti"], "offer.test") == wanted
