"""What an outcome is made of: its value, and the reasons for it."""

from typing import Literal, NamedTuple

OutcomeValue = Literal["yes", "no", "unknown"]


class Reason(NamedTuple):
    """One condition, in words about this person; `holds` is None while nobody knows."""

    id: str
    text: str
    holds: bool | None
    cite: str | None
