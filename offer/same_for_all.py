"""Pages that say the same to everybody: made once a minute of an edition, for all who ask in it."""

from collections.abc import Callable, Hashable
from datetime import datetime
from functools import cached_property
from weakref import ref

from offer.caching import tag_of
from offer.compressed import PAGES, packed
from offer.published import Published

MOST = 500  # pages: some ten megabytes


class Made:
    """A page as text, and what is worked out of it when first asked for."""

    def __init__(self, text: str) -> None:
        self.body = text.encode()

    @cached_property
    def tag(self) -> str:
        """Its ETag."""
        return tag_of(self.body)

    @cached_property
    def in_brotli(self) -> bytes:
        """For whoever can unpack it."""
        return packed(self.body, PAGES)


class SameForAll:
    """Pages by what was asked for. "Open now" is right to the minute, and so are these."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Made] = {}
        self._edition: ref[Published] | None = None  # an edition that was replaced may go
        self._minute = 0

    def of(self, edition: Published, at: datetime, key: Hashable, make: Callable[[], str]) -> Made:
        """The page of this minute, or one made now."""
        minute = int(at.timestamp() // 60)
        if minute != self._minute or self._edition is None or self._edition() is not edition:
            self._made, self._edition, self._minute = {}, ref(edition), minute
        page = self._made.get(key)
        if page is None:
            page = Made(make())
            if len(self._made) < MOST:
                self._made[key] = page
        return page
