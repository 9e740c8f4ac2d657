"""How much one process takes in: so many a minute and a day from everybody together. It knows no address."""

from collections import deque
from datetime import datetime, timedelta

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Limit:
    """For one thread: the views run in the event loop. Moments carry a time zone."""

    def __init__(self, a_minute: int, a_day: int) -> None:
        self._most = ((MINUTE, a_minute), (DAY, a_day))
        self._taken = deque[datetime](maxlen=a_day)

    def take(self, at: datetime) -> bool:
        """Whether one more may come in now; if so it is counted."""
        if any(self._is_full(at - span, most) for span, most in self._most):
            return False
        self._taken.append(at)
        return True

    def _is_full(self, since: datetime, most: int) -> bool:
        """Whether the last `most` all came after that moment: the one so many ago tells."""
        return len(self._taken) >= most and self._taken[-most] > since


class Limits:
    """The three doors of feedback: reports written, thanks counted, codes looked up."""

    def __init__(self) -> None:
        self.reports = Limit(a_minute=30, a_day=1_000)
        self.thanks = Limit(a_minute=120, a_day=10_000)
        self.codes = Limit(a_minute=60, a_day=5_000)
