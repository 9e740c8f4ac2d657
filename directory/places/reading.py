"""Reading a typed place: postcode, half a postcode, town, district, council or nation.

Pure over the store and the lists: no clock, no I/O beyond the mapped file, and it never
logs. Every text gets an answer with a plain sentence; none raises.
"""

from datetime import date

from directory.places import answers, typed
from directory.places.answers import PlaceAnswer
from directory.places.areas import Areas
from directory.places.read_name import NameReader
from directory.places.read_postcode import PostcodeReader
from directory.places.store import PackedStore


class Reader:
    """One store and one set of lists; safe to share between threads."""

    def __init__(self, store: PackedStore, areas: Areas) -> None:
        self._store = store
        self._postcodes = PostcodeReader(store, areas)
        self._names = NameReader(store, areas)

    def read(self, text: str, on: date) -> PlaceAnswer:
        """What `text` stands for on the day `on`, which settles districts that merge."""
        tidied = typed.tidy(text)
        code = typed.compact(tidied)
        if parts := typed.split(code):
            row = self._store.find(*parts)
            if row is not None:
                return self._postcodes.full(parts[0], row, on)
        if code.startswith(("BFPO", "BF1")):
            return answers.FORCES
        # a word without a figure is a name first: "Solihull" must not be tried as a slip of the keys
        has_digit = any(c.isdigit() for c in code)
        readers = [self._postcodes.read, self._names.read]
        for reader in readers if has_digit else reversed(readers):
            if (answer := reader(tidied, on)) is not None:
                return answer
        if not text.strip():
            return answers.EMPTY
        return answers.NO_SUCH_POSTCODE if typed.looks_like_one(code) else answers.UNKNOWN
