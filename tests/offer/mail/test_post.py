"""Letters to a real mail server on this machine: open, STARTTLS, TLS; refused; away; forged headers."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from offer.clock import now
from offer.errors import PlainError
from offer.mail.letter import Letter, is_address, message_of
from offer.mail.post import PostAway, PostRefused, Server, server_of
from offer.settings import Settings
from tests.offer.mail.server import PASSWORD, USER, Box, login, mail_server, secured

TO = "team@council.example"
LETTER = Letter(TO, "Two to check", "Dear team,\n.\nThe grant – £3,000 – needs a look.\n", "a")


def server(port: int, **given: Any) -> Server:
    held = {"security": "none", "user": "", "password": "", **given}
    return Server("localhost", port, sender="offer@service.example", **held)


async def test_a_letter_arrives_whole(unused_tcp_port: int) -> None:
    box = Box()
    with mail_server(box, unused_tcp_port):
        await server(unused_tcp_port).send(LETTER)
    (got,) = box.letters
    assert (got["To"], got["Subject"]) == (TO, "Two to check")
    assert got["From"] == "Care leaver local offer <offer@service.example>"
    assert got.get_content().replace("\r\n", "\n") == LETTER.text
    assert got["Auto-Submitted"] == "auto-generated" and got.get_content_type() == "text/plain"


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # over a line that is TLS from its first byte
@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_it_goes_over_tls_with_a_password(unused_tcp_port: int, tmp_path: Path, security: str) -> None:
    box, (shows, trusts) = Box(), secured(tmp_path)
    wire = (
        {"tls_context": shows, "require_starttls": True} if security == "starttls" else {"ssl_context": shows}
    )
    options = {
        "authenticator": login,
        "auth_required": True,
        "auth_require_tls": security == "starttls",
        **wire,
    }
    known: dict[str, Any] = {"security": security, "trust": lambda: trusts, "user": USER}
    with mail_server(box, unused_tcp_port, **options):
        await server(unused_tcp_port, **known, password=PASSWORD).send(LETTER)
        with pytest.raises(PostAway, match="535"):
            await server(unused_tcp_port, **known, password="wrong").send(LETTER)
        with pytest.raises(PostAway, match="SSL"):  # a certificate nobody vouches for
            await server(unused_tcp_port, security=security, user=USER, password=PASSWORD).send(LETTER)
    assert len(box.letters) == 1


async def test_a_server_without_tls_is_not_told_the_letter(unused_tcp_port: int) -> None:
    box = Box()
    with mail_server(box, unused_tcp_port), pytest.raises(PostAway):
        await server(unused_tcp_port, security="starttls").send(LETTER)
    assert box.letters == []


async def test_for_good_and_for_now_are_told_apart(unused_tcp_port: int) -> None:
    box = Box(answers={TO: "550 no such box"})
    with mail_server(box, unused_tcp_port):
        with pytest.raises(PostRefused, match="550"):
            await server(unused_tcp_port).send(LETTER)
        box.answers = {TO: "451 later"}
        with pytest.raises(PostAway, match="451"):
            await server(unused_tcp_port).send(LETTER)
        box.answers = {"data": "552 too much"}
        with pytest.raises(PostRefused):
            await server(unused_tcp_port).send(LETTER)
    with pytest.raises(PostAway, match="ConnectionRefused"):
        await server(unused_tcp_port).send(LETTER)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "team",
        "a@b",
        "a@b.c\r\nBcc: x@y.z",
        "a@b.c, x@y.z",
        "<a@b.c>",
        "a b@c.d",
        "a@b.c\n",
        f"{'a' * 250}@b.cd",
    ],
)
async def test_an_address_that_is_none_gets_nothing(address: str) -> None:
    assert not is_address(address)
    with pytest.raises(PostRefused):
        await server(1).send(Letter(address, "x", "x", "x"))


def test_a_subject_cannot_become_a_header() -> None:
    subject = "Hello\r\nBcc: spy@example.org\r\n\r\nbody\u2028x"
    message = message_of(Letter(TO, subject, "text", "x"), "offer@service.example", now())
    assert message["Bcc"] is None and message["Subject"] == "Hello Bcc: spy@example.org body x"
    assert b"\r\nBcc" not in bytes(message)


def test_the_same_letter_has_the_same_id() -> None:
    first, again = (message_of(LETTER, "offer@service.example", now())["Message-ID"] for _ in range(2))
    assert (
        first == again != message_of(Letter(TO, "x", "x", "b"), "offer@service.example", now())["Message-ID"]
    )


def test_mail_is_off_until_a_server_is_named() -> None:
    assert server_of(Settings()) is None
    with pytest.raises(PlainError, match="MAIL_FROM"):
        server_of(Settings(smtp_host="mail.example"))
    with pytest.raises(PlainError, match="SMTP_SECURITY"):
        server_of(Settings(smtp_host="m", mail_from=TO, smtp_user="u", smtp_security="none"))
    made = Settings(smtp_host="m", mail_from=TO, smtp_user="u", smtp_password=SecretStr("hush-hush"))
    assert server_of(made) is not None and "hush-hush" not in repr(made)
