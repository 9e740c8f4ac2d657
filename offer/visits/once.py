"""What both pages of a visit work out from the same state, worked out once: each change is shown twice."""

import asyncio
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

KEPT = 2.0  # seconds: both pages are made within a moment, and nothing about a person is kept longer

Made = TypeVar("Made")


class Once(Generic[Made]):
    """What was made a moment ago, by what it was made from."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Made] = {}

    def of(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is made from `key`; `make` is called where nobody asked for it just now."""
        if key not in self._kept:
            self._kept[key] = make()
            asyncio.get_running_loop().call_later(KEPT, self._kept.pop, key, None)
        return self._kept[key]
