"""What a target of the noise is, and the log that turns a swallowed fault into a loud one."""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import structlog

from offer.published import Published

CORPUS = Path(__file__).parent / "corpus"
Feed = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Target:
    """One reader of input. `make` readies it and gives what takes one input, or raises.

    `reads`: what it is, for people. `words`: texts that noise alone would hardly hit upon.
    """

    name: str
    reads: str
    make: Callable[[Published], Feed]
    words: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """Its seeds, and what was found."""
        return CORPUS / self.name


class Swallowed(AssertionError):
    """The service caught a fault of its own, said so in its log and went on: here it counts as a fault."""


def loud_log() -> None:
    """Every warning of the service's log is a fault from here on: `offer.careful` hides rules that break."""
    structlog.configure(processors=[_refuse], cache_logger_on_first_use=False)


def _refuse(logger: Any, method: str, event: MutableMapping[str, Any]) -> NoReturn:
    if method in ("warning", "error", "critical", "exception"):
        raise Swallowed(str(dict(event)))
    raise structlog.DropEvent
