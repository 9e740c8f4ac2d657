"""Pages as Open Referral UK 3.0 has them; version 1 had other names for the same things."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PER_PAGE = 50
MOST = 500
MOST_FULL = 100  # of whole records, which are ten times as large


@dataclass(frozen=True, slots=True)
class Window:
    """Which page of how many. `page` starts at 1."""

    page: int = 1
    per_page: int = PER_PAGE

    def of(self, total: int) -> range:
        """The places in a list of `total` that stand on this page; none beyond the end."""
        start = (self.page - 1) * self.per_page
        return range(min(start, total), min(start + self.per_page, total))


def page_json(window: Window, total: int, fragments: Sequence[bytes]) -> bytes:
    """A page of items that are JSON already. A page beyond the end is empty and the last."""
    pages = -(-total // window.per_page)
    head = {
        "total_items": total,
        "total_pages": pages,
        "page_number": window.page,
        "size": len(fragments),
        "first_page": window.page == 1,
        "last_page": window.page >= pages,
        "empty": not fragments,
    }
    return to_json(head)[:-1] + b',"contents":[' + b",".join(fragments) + b"]}"


def to_json(value: Any) -> bytes:
    """The shortest JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
