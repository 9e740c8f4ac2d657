"""The letter to a team, in plain words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

import templates
from offer.eligibility.wording import said_day
from offer.mail.letter import Letter
from offer.staff.reminding.steps import ESCALATED, Reminder

_FOLDER = Path(templates.__path__[0], "emails")
MOST = 60  # pages in one letter; the others come with the next


@dataclass(frozen=True, slots=True)
class Digest:
    """All that one address is told on a day. `figures`: how many may change this April, told on 1 March."""

    scope: str
    place: str
    team: str
    to: str
    late: bool
    reminders: tuple[Reminder, ...]
    figures: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One page of the letter."""

    title: str
    when: str
    address: str


def letter_of(digest: Digest, site: str, on: date) -> Letter:
    """The letter. `site`: where staff find the service, without a slash at its end."""
    told = digest.reminders
    text = _template().render(
        team=_one_line(digest.team) or "team",
        late=digest.late,
        lines=[_line(each, site) for each in told],
        figures=digest.figures,
        money_address=f"{site}/staff/money",
        place=_one_line(digest.place),
    )
    kind = "late" if digest.late else "due"
    return Letter(digest.to, _subject(told, digest), text, f"{kind} {digest.scope} {on.isoformat()}")


def _subject(told: Sequence[Reminder], digest: Digest) -> str:
    count = len(told)
    if digest.late:
        return f"Two weeks late: {count} {'page' if count == 1 else 'pages'} of {digest.place} not checked"
    if told:
        return f"{count} {'page' if count == 1 else 'pages'} of {digest.place} to check"
    return f"Figures of {digest.place} that may change this April"


def _line(each: Reminder, site: str) -> Line:
    day, left = said_day(each.held.review_by), each.left
    if left > 0:
        when = f"Check it by {day}: in {left} {'day' if left == 1 else 'days'}."
    else:
        when = f"Check it today, {day}." if left == 0 else f"It was to be checked by {day}."
    address = f"{site}/staff/entries/{each.held.kind}/{each.held.slug}"
    return Line(_one_line(each.held.title), when, address)


def is_late(each: Reminder) -> bool:
    """Whether it goes to those who are told when a team did not answer."""
    return each.step == ESCALATED


def _one_line(words: str) -> str:
    return " ".join(words.split())


@cache
def _template() -> Template:
    made = Environment(  # noqa: S701 - plain text, never shown as a page
        loader=FileSystemLoader(_FOLDER), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return made.get_template("reminder.txt")
