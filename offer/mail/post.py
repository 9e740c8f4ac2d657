"""Hands letters to the mail server.

The standard library's client, in a thread: a few letters a day need no more.
"""

import asyncio
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Literal

from offer.clock import now
from offer.errors import PlainError
from offer.mail.letter import Letter, is_address, message_of
from offer.settings import Settings

SECONDS = 20.0  # the most one step with the server may take


class PostAway(Exception):  # noqa: N818 - says what is so
    """The server cannot be reached now, or asks us to come back: to be tried again."""


class PostRefused(Exception):  # noqa: N818 - says what is so
    """The server will not take this letter, however often it is asked."""


@dataclass(frozen=True, slots=True)
class Server:
    """The mail server. `trust`: what its certificate is checked against."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    user: str
    password: str = field(repr=False)
    sender: str
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context

    async def send(self, letter: Letter) -> None:
        """Sends one letter. Raises `PostAway` or `PostRefused`, neither of which repeats the letter."""
        try:
            message = message_of(letter, self.sender, now())
        except ValueError as fault:
            raise PostRefused("the address is none") from fault
        await asyncio.to_thread(self._deliver, message)

    def _deliver(self, message: EmailMessage) -> None:
        try:
            with self._open() as line:
                if self.security == "starttls":
                    line.starttls(context=self.trust())
                if self.user:
                    line.login(self.user, self.password)
                line.send_message(message)
        except smtplib.SMTPRecipientsRefused as fault:
            codes = [code for code, _ in fault.recipients.values()]
            raise _fault(max(codes, default=500)) from None
        except smtplib.SMTPResponseException as fault:
            raise _fault(fault.smtp_code) from None
        except (smtplib.SMTPException, OSError, ValueError) as fault:
            raise PostAway(type(fault).__name__) from None

    def _open(self) -> smtplib.SMTP:
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=self.trust())
        return smtplib.SMTP(self.host, self.port, timeout=SECONDS)


def _fault(code: int) -> Exception:
    """A refusal for good is about the letter (550 to 559); anything else may be mended, our password too."""
    return (
        PostRefused(f"the server said {code}") if 550 <= code < 560 else PostAway(f"the server said {code}")
    )


def server_of(settings: Settings) -> Server | None:
    """The server the settings name; None while mail is off. Raises PlainError where they make no sense."""
    if not settings.smtp_host:
        return None
    sender = settings.mail_from
    if not is_address(sender):
        raise PlainError("Mail needs a sender.", "Set MAIL_FROM to an email address of your own domain.")
    if settings.smtp_user and settings.smtp_security == "none":
        raise PlainError("A password is not sent in the open.", "Set SMTP_SECURITY to starttls or tls.")
    return Server(
        settings.smtp_host, settings.smtp_port, settings.smtp_security,
        settings.smtp_user, settings.smtp_password.get_secret_value(), sender,
    )  # fmt: skip
