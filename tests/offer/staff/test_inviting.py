"""Invitations by mail: a plain letter with our own address that nobody else sees; where mail fails."""

import re
import socket
from collections.abc import Iterator
from datetime import date

import httpx2
import pytest
from starlette.applications import Starlette

from offer.staff.codes import form_token
from offer.staff.inviting import Invited, letter_of
from tests.offer.mail.server import Box, mail_server
from tests.offer.pages.reading import words_of
from tests.offer.staff.conftest import SignedIn

LINCOLNSHIRE, SITE = "E10000019", "https://offers.example"
FORM = {"email": "new@council.example", "name": "New", "team": "T", "scope": LINCOLNSHIRE, "role": "editor"}


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def box(port: int) -> Iterator[Box]:
    held = Box()
    with mail_server(held, port):
        yield held


@pytest.fixture
def with_mail(running: Starlette, port: int) -> Iterator[Starlette]:
    """The service with a mail server in its settings."""
    before = running.state.settings
    running.state.settings = before.model_copy(
        update={
            "smtp_host": "localhost", "smtp_port": port, "smtp_security": "none",
            "mail_from": "offers@council.example", "public_url": SITE,
        }
    )  # fmt: skip
    yield running
    running.state.settings = before


async def test_the_letter_takes_the_address_to_the_invited_person_alone(
    with_mail: Starlette, box: Box, signed_in: SignedIn, stranger: httpx2.AsyncClient
) -> None:
    admin = await signed_in(("admin", LINCOLNSHIRE))
    page = await admin.client.post(
        "/staff/people",
        data=FORM | {"token": form_token(admin.key)},
        headers={"x-original-host": "evil.example"},
    )
    words = words_of(page)
    assert "Invitation sent" in words and "new@council.example" in words
    assert "/staff/invitation/" not in page.text, "not even the admin sees it"
    (letter,) = box.letters
    assert letter["To"] == "new@council.example" and "Set up your account" in letter["Subject"]
    text = letter.get_content()
    found = re.search(rf"{SITE}(/staff/invitation/[\w-]+)", text)
    assert found and "of Lincolnshire" in text and "evil" not in text
    assert (await stranger.get(found[1])).status_code == 200


async def test_a_reset_is_sent_too_and_the_old_password_is_named_as_over(
    with_mail: Starlette, box: Box, signed_in: SignedIn
) -> None:
    admin, other = await signed_in(("admin", LINCOLNSHIRE)), await signed_in(("viewer", LINCOLNSHIRE))
    page = await admin.post(f"/staff/people/{other.account}/invite")
    assert "Invitation sent" in words_of(page)
    (letter,) = box.letters
    assert letter["To"] == other.email and "do not work any more" in letter.get_content()


async def test_where_mail_fails_the_page_shows_the_address(with_mail: Starlette, signed_in: SignedIn) -> None:
    """Nobody listens on the port."""
    admin = await signed_in(("admin", LINCOLNSHIRE))
    page = await admin.post("/staff/people", **FORM | {"email": "other@council.example"})
    assert page.status_code == 200 and "could not be sent" in words_of(page)
    assert f'value="{SITE}/staff/invitation/' in page.text


async def test_without_an_address_of_our_own_nothing_is_sent(
    with_mail: Starlette, box: Box, signed_in: SignedIn
) -> None:
    """The Host header is whatever the asker likes: no letter carries it."""
    with_mail.state.settings = with_mail.state.settings.model_copy(update={"public_url": None})
    admin = await signed_in(("admin", LINCOLNSHIRE))
    page = await admin.post("/staff/people", **FORM | {"email": "third@council.example"})
    assert "/staff/invitation/" in page.text and "could not be sent" not in words_of(page)
    assert box.letters == []


def test_nothing_typed_becomes_a_header_or_another_line() -> None:
    nasty = "Ann\r\nBcc: all@council.example\r\n\r\nHello"
    letter = letter_of(
        Invited("a@b.example", nasty, "X\nY", "", f"{SITE}/staff/invitation/k", date(2026, 11, 29), False)
    )
    assert letter.text.splitlines()[0] == "Hello Ann Bcc: all@council.example Hello,"
    assert "local offer of X Y." in letter.text and "29 November 2026" in letter.text
    assert "sign in with" not in letter.text
