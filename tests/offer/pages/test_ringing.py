"""Phone numbers in sentences: each can be tapped, nothing else is taken for one."""

import httpx2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from offer.pages.ringing import ringable


@pytest.mark.parametrize(
    ("said", "href"),
    [
        ("Ask the Leaving Care Service on 01522 575955.", "tel:01522575955"),
        ("Ring Childline on 0800 1111, free.", "tel:08001111"),
        ("ring Coram Voice free on 0808 800 5792", "tel:08088005792"),
        ("03000 26 4000", "tel:03000264000"),
        ("(020 7946 0018)", "tel:02079460018"),
    ],
)
def test_a_number_can_be_tapped(said: str, href: str) -> None:
    assert ringable(said).count("<a ") == 1
    assert f'<a href="{href}">' in ringable(said)
    assert ringable(said).striptags() == said


@pytest.mark.parametrize(
    "said",
    [
        "£3,000 once",
        "from 01 04 2026",
        "E06000047",
        "in 2026",
        "https://example.org/0123 456789",
        "0.012 345678",
    ],
)
def test_nothing_else_is_taken_for_a_number(said: str) -> None:
    assert ringable(said) == escape(said)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
@example("<b>01522 575955</b> & <script>")
def test_the_words_stay_and_nothing_hostile_passes(said: str) -> None:
    made = ringable(said)
    bare = made.replace("</a>", "")
    while "<a " in bare:
        start = bare.index("<a ")
        bare = bare[:start] + bare[bare.index(">", start) + 1 :]
    assert Markup(bare).unescape() == said
    assert "<" not in bare


async def test_who_to_ask_can_be_rung_from_the_entry(client: httpx2.AsyncClient) -> None:
    page = await client.get("/entitlements/lincolnshire-leaving-care-worker")
    assert '<a href="tel:01522575955">01522 575955</a>' in page.text
