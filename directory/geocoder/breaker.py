"""A circuit breaker: after some failures in a row the other side is left alone for a while.

Then one request tries again: if it succeeds all is as before, if not it rests again.
A value, not a machine: each step gives the next state, and the moment is handed in.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Breaker:
    """Moments and rests are seconds on any one clock that only goes forward."""

    limit: int = 3  # failures in a row
    rest: float = 60.0
    failures: int = 0
    resting_until: float = 0.0

    def allows(self, now: float) -> bool:
        """Whether a request may go out."""
        return self.failures < self.limit or now >= self.resting_until

    def trying(self, now: float, seconds: float) -> "Breaker":
        """After a rest only one request tries; the others wait for it, at most these seconds."""
        return self if self.failures < self.limit else replace(self, resting_until=now + seconds)

    def failed(self, now: float, rest: float | None = None) -> "Breaker":
        """One more failure. `rest`: the other side said how long to leave it alone, so it opens at once."""
        failures = max(self.failures + 1, self.limit if rest is not None else 0)
        return replace(self, failures=failures, resting_until=now + max(rest or 0.0, self.rest))

    def succeeded(self) -> "Breaker":
        """Closed again."""
        return replace(self, failures=0, resting_until=0.0)
