"""What asking a geocoder comes to: points, or a failure by its kind."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Outcome: TypeAlias = Literal[
    "slow", "rate_limited", "unavailable", "refused", "unreadable", "too_big", "redirected",
    "busy", "resting", "no_database",
]  # fmt: skip


class LookupFailed(Exception):  # noqa: N818 - it names an outcome
    """No answer. `rest`: the seconds for which the server asked to be left alone."""

    def __init__(self, outcome: Outcome, rest: float | None = None) -> None:
        super().__init__(outcome)
        self.outcome, self.rest = outcome, rest


@dataclass(frozen=True, slots=True)
class Spot:
    """One result: WGS84 degrees."""

    lat: float
    lon: float
