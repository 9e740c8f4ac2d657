"""The letter with a one-time address, in plain words; and sending it, where a mail server is named."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

import templates
from offer.eligibility.wording import said_day
from offer.logs import log
from offer.mail.letter import Letter
from offer.mail.post import PostAway, PostRefused, Server
from offer.staff.codes import fingerprint

_FOLDER = Path(templates.__path__[0], "emails")


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom a letter invites. `place` and `council` may be ""; `again`: an account that was reset."""

    to: str
    name: str
    place: str
    council: str
    address: str
    until: date
    again: bool


def letter_of(invited: Invited) -> Letter:
    """The letter. Pure."""
    text = _template().render(
        name=_one_line(invited.name) or "there",
        place=f" of {_one_line(invited.place)}" if invited.place else "",
        council=_one_line(invited.council),
        address=invited.address,
        until=said_day(invited.until),
        again=invited.again,
    )
    subject = "Set up your account again" if invited.again else "Set up your account"
    return Letter(
        invited.to, f"{subject}: care leaver local offer", text, f"invitation {fingerprint(invited.address)}"
    )


async def sent(server: Server, letter: Letter) -> bool:
    """Whether the mail server took the letter."""
    try:
        await server.send(letter)
    except (PostAway, PostRefused) as fault:
        log().warning("invitation not sent", kind=f"{type(fault).__name__}: {fault}")
        return False
    return True


def _one_line(words: str) -> str:
    return " ".join(words.split())


@cache
def _template() -> Template:
    made = Environment(  # noqa: S701 - plain text, never shown as a page
        loader=FileSystemLoader(_FOLDER), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return made.get_template("invitation.txt")
