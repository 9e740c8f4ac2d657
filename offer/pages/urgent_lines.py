"""The few numbers said on the spot when nothing else can be loaded: for danger, and to talk to somebody."""

from dataclasses import dataclass
from functools import lru_cache

from directory.help_now import EMERGENCY, tel
from offer.urgent_help import help_list

_FIRST = (EMERGENCY, "samaritans", "childline")


@dataclass(frozen=True, slots=True)
class UrgentLine:
    """A line of the reviewed list: its name, its number and the link that rings it."""

    name: str
    number: str
    href: str


@lru_cache(maxsize=1)
def urgent_lines() -> tuple[UrgentLine, ...]:
    """Those of `_FIRST` that may be shown, in that order."""
    lines = help_list().numbers(_FIRST)
    return tuple(UrgentLine(name, number, tel(number)) for name, number in lines)
