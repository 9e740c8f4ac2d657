"""A mail server on this machine, with a certificate of its own."""

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "reminders", "otter lantern marmalade"


@dataclass
class Box:
    """What arrived. `answers`: what the server says to whom, in the place of taking the letter in."""

    letters: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if "data" in self.answers:
            return self.answers["data"]
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


def login(server: SMTP, session: Session, envelope: Envelope, mechanism: str, auth: Any) -> AuthResult:
    known = isinstance(auth, LoginPassword) and (auth.login, auth.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=known, handled=False)


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for "localhost" that nobody else trusts, and its key."""
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(cert),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return cert, key


@contextmanager
def mail_server(box: Box, port: int, **options: Any) -> Iterator[None]:
    """While it is entered the server answers on the port."""
    controller = Controller(box, hostname="localhost", port=port, **options)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def secured(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What the server shows, and what trusts it."""
    cert, key = certificate(folder)
    shows = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shows.load_cert_chain(cert, key)
    return shows, ssl.create_default_context(cafile=str(cert))
