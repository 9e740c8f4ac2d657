"""The lines of the form. A line holds what was typed, right or wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["all", "any", "none", "fact", "ask", "use", "yaml"]
GROUPS: tuple[Kind, ...] = ("all", "any", "none")
MOST = 150  # lines of one rule; the largest of ours has 26


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or a group with lines in it. `id` is "" while it is new: it is proposed when it is written.

    `any_id`: of a "none of these", the id of the `any` that stands inside its `not`, "" without one.
    `chosen`: "true" or "false" of a yes-or-no fact, the values of a choice. `order`: the values as the tree
    had them. `low`, `high`: the ends of a number. `places`: names, one a line. `listed`: the tree has a list
    of councils though it names one. `text`: what somebody decides, or the tree of a "yaml" line as JSON.
    """

    kind: Kind
    id: str = ""
    why: str = ""
    cite: str = ""
    parts: tuple["Line", ...] = ()
    any_id: str = ""
    fact: str = ""
    chosen: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    places: str = ""
    text: str = ""
    use: str = ""
    listed: bool = False

    @property
    def is_group(self) -> bool:
        """Whether other lines can stand in it."""
        return self.kind in GROUPS

    def every(self) -> Iterator["Line"]:
        """This line and all lines in it."""
        yield self
        for part in self.parts:
            yield from part.every()

    @property
    def depth(self) -> int:
        """How many groups stand in each other."""
        return max((1 + part.depth for part in self.parts), default=0)
