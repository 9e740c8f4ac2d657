"""A letter as it goes over the wire: plain text, one reader, nothing of what is in it can become a header."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

_WHITE = re.compile(r"[\x00-\x20\x7f\u0085\u2028\u2029]+")
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
LONGEST_SUBJECT = 120


@dataclass(frozen=True, slots=True)
class Letter:
    """To one address. `id` is the same for the same letter: a server that gets it twice can tell."""

    to: str
    subject: str
    text: str
    id: str


def is_address(typed: str) -> bool:
    """Whether a letter can be sent there."""
    return len(typed) <= 254 and _ADDRESS.fullmatch(typed) is not None


def message_of(letter: Letter, sender: str, at: datetime) -> EmailMessage:
    """The letter as RFC 5322 has it. Raises ValueError for an address that is none."""
    if not is_address(letter.to) or not is_address(sender):
        raise ValueError("that is not an email address")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address("Care leaver local offer", addr_spec=sender)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = _WHITE.sub(" ", letter.subject).strip()[:LONGEST_SUBJECT]
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{sha256(letter.id.encode()).hexdigest()[:32]}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday reply, please
    message.set_content(letter.text, cte="quoted-printable")
    return message
