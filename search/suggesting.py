"""Suggestions while typing, from a sorted list: twenty times faster than asking the index."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from search.analysis import is_stop_word, words
from search.documents import Document


class Suggester:
    """The titles and other names of the catalogue, by how each of their words begins."""

    def __init__(self, documents: Iterable[Document]) -> None:
        entries: set[tuple[str, int, str]] = set()
        for document in documents:
            for rank, name in enumerate((document.title, *document.also_known_as)):
                parts = words(name)
                for at in range(len(parts)):
                    if not is_stop_word(parts[at]):
                        # a title before another name, and the first word before a later one
                        entries.add((" ".join(parts[at:]), min(at, 1) + 2 * min(rank, 1), name))
        self._entries = sorted(entries)

    def suggest(self, typed: str, limit: int) -> tuple[str, ...]:
        """Up to `limit` names, best first; none for an empty beginning."""
        start = " ".join(words(typed))
        if not start:
            return ()
        best: dict[str, int] = {}
        for at in range(bisect_left(self._entries, (start,)), len(self._entries)):
            rest, rank, name = self._entries[at]
            if not rest.startswith(start):
                break
            best[name] = min(rank, best.get(name, rank))
        return tuple(sorted(best, key=lambda name: (best[name], len(name), name))[:limit])
