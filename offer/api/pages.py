"""Long lists, one page at a time."""

from collections.abc import Sequence
from typing import TypedDict, TypeVar

Item = TypeVar("Item")


class Numbers(TypedDict):
    """Where in a list a page stands."""

    total: int
    page: int
    per_page: int
    pages: int


def cut(items: Sequence[Item], page: int, per_page: int) -> tuple[Sequence[Item], Numbers]:
    """The items of one page, from 1; a page past the end is empty, not a fault."""
    start = (page - 1) * per_page
    pages = max(1, -(-len(items) // per_page))
    return items[start : start + per_page], Numbers(
        total=len(items), page=page, per_page=per_page, pages=pages
    )
