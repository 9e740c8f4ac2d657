"""A rule that breaks on somebody's facts: unknown and a line in the log, never a "no" or an error page."""

from collections.abc import Callable
from typing import TypeVar

from offer.eligibility.evaluate import Known
from offer.logs import log

Result = TypeVar("Result")


def careful(work: Callable[[Known], Result], otherwise: Result, entry: str) -> Callable[[Known], Result]:
    """`work`, giving `otherwise` where it raises. The log names the entry and the kind of fault, no fact."""

    def guarded(known: Known) -> Result:
        try:
            return work(known)
        except Exception as fault:  # whatever it is: the other entries still stand
            log().warning("rule failed", entry=entry, kind=type(fault).__name__)
            return otherwise

    return guarded
