"""Counting how often something comes: so many at once, then one after another. Pure; the clock is handed in.

One number for each key: the moment at which all it took is paid back (the generic cell rate algorithm of
ATM, which says how long to wait to the second). `limits`, which counts wrong codes, is not used here: its
memory looks through all keys at each hit (5.8.0), so who comes from many addresses would make it dear.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """`at_once` may come together; `a_minute` is how many are allowed anew each minute."""

    at_once: int
    a_minute: float

    @property
    def between(self) -> float:
        """The seconds after which one more is allowed."""
        return 60 / self.a_minute

    @property
    def full(self) -> float:
        """The seconds after which all is forgotten."""
        return self.at_once * self.between


class Counts:
    """What each key took of a rate. `at` is in seconds of a clock that goes only forward."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self._paid_at: dict[bytes, float] = {}
        self._tidy_at = 0.0

    def wait(self, key: bytes, at: float) -> float:
        """Seconds until one more may come; 0.0 for now."""
        return max(0.0, self._paid(key, at) + self.rate.between - self.rate.full - at)

    def take(self, key: bytes, at: float) -> None:
        """One more came."""
        if at >= self._tidy_at:
            self.tidy(at)
            self._tidy_at = at + self.rate.full
        self._paid_at[key] = self._paid(key, at) + self.rate.between

    def tidy(self, at: float) -> None:
        """Forgets every key that counts no more."""
        self._paid_at = {key: paid for key, paid in self._paid_at.items() if paid > at}

    def _paid(self, key: bytes, at: float) -> float:
        return max(self._paid_at.get(key, at), at)

    def __len__(self) -> int:
        """How many keys are held."""
        return len(self._paid_at)
