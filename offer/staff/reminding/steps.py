"""Which reminders are due on a day. Pure."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date

from offer.staff.due import Held

STEPS = (30, 7, 0)  # days before the day by which something is to be checked
ESCALATED = -14  # days before: two weeks after it

Sent = tuple[str, str, date, int]  # kind, slug, day to check by, step


@dataclass(frozen=True, slots=True)
class Reminder:
    """One document whose team is to hear of it. `left`: days until its day; below 0, since."""

    held: Held
    step: int
    left: int

    @property
    def sent(self) -> Sent:
        """What is kept once it is told."""
        return self.held.kind, self.held.slug, self.held.review_by, self.step


def step_on(review_by: date, on: date) -> int | None:
    """The most pressing step whose day has come; None before the first."""
    left = (review_by - on).days
    if left <= ESCALATED:
        return ESCALATED
    return next((step for step in reversed(STEPS) if left <= step), None)


def reminders(documents: Iterable[Held], sent: Set[Sent], on: date) -> list[Reminder]:
    """What is to be told today, the longest due first. A step that was missed is not made up later."""
    found = (
        Reminder(held, step, (held.review_by - on).days)
        for held in documents
        if not held.is_draft and (step := step_on(held.review_by, on)) is not None
    )
    fresh = (each for each in found if each.sent not in sent)
    return sorted(fresh, key=lambda each: (each.left, each.held.title.casefold()))
