"""What an entry is worth on a day: the figure that counts then, and the next one known to come.

A figure whose dates are over is never passed off as today's: where no other has come,
it is told as old, and whoever reads it is sent to ask for the new one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from directory.phrase import phrase, together
from offer.eligibility.wording import said_day
from offer.entitlements.schema import Amount, Entitlement


@dataclass(frozen=True, slots=True)
class Worth:
    """The figure of a day. `old`: its dates are over, no other is known. `after`: the next one known."""

    amount: Amount | None
    old: bool = False
    after: Amount | None = None

    @property
    def text(self) -> str:
        """All of it in words: "£8 an hour. From 1 April 2027: £8.50 an hour"."""
        now, later = self.now_text, self.next_text
        return together(now if self.old else f"{now.rstrip('.')}.", later) if now and later else now or later

    @property
    def now_text(self) -> str:
        """The figure, marked where it is old; "" while the first one is still to come."""
        if self.amount is None:
            return ""
        if not self.old:
            return self.amount.text
        figure = self.amount.text.rstrip(".")
        return phrase(
            "Old figure (%(when)s): %(figure)s. Ask for the new one.", when=_when(self.amount), figure=figure
        )

    @property
    def next_text(self) -> str:
        """ "From 1 April 2027: £8.50 an hour"; "" where no later figure is known."""
        later = self.after
        if later is None or later.start is None:
            return ""
        return phrase("From %(day)s: %(figure)s", day=said_day(later.start), figure=later.text)


def _when(amount: Amount) -> str:
    return amount.applies_to or (phrase("until %(day)s", day=said_day(amount.end)) if amount.end else "")


def amounts_of(entry: Entitlement) -> tuple[Amount, ...]:
    """Every figure we hold, the earliest first."""
    first = [entry.amount] if entry.amount else []
    return tuple(sorted((*first, *entry.more_amounts), key=lambda amount: amount.start or date.min))


def worth_on(entry: Entitlement, on: date) -> Worth | None:
    """What it is worth on the day; None where we hold no figure at all."""
    only = entry.amount
    if only is None:
        return None
    if not entry.more_amounts and only.start is None and only.end is None:
        return Worth(only)  # most entries: nothing to look for
    held = amounts_of(entry)
    begun = [amount for amount in held if amount.start is None or amount.start <= on]
    counts = [amount for amount in begun if amount.end is None or on < amount.end]
    after = next((amount for amount in held if amount not in begun), None)
    if counts:
        return Worth(counts[-1], after=after)
    return Worth(begun[-1] if begun else None, old=bool(begun), after=after)


def amount_days(entries: Iterable[Entitlement]) -> tuple[date, ...]:
    """Every day on which some figure starts or is over, in order."""
    amounts = (amount for entry in entries for amount in amounts_of(entry))
    days = {day for amount in amounts for day in (amount.start, amount.end) if day is not None}
    return tuple(sorted(days))
