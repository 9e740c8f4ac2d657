"""Phone numbers inside sentences, made into something to tap: not every phone finds them by itself."""

import re
from functools import lru_cache

from markupsafe import Markup, escape

from directory.help_now import tel

# As people write them in Britain: 0 first, in groups. Never part of a longer code, an address or a sum.
_NUMBER = re.compile(r"(?<![\w./-])0\d{2,4}(?: ?\d{2,6}){1,3}(?![\w/-])")
_FEWEST, _MOST = 8, 11  # figures: 0800 1111 and 01522 575955


@lru_cache(maxsize=1024)  # words of the catalogue: whom to ask is said again on every page
def ringable(text: str) -> Markup:
    """The words as HTML, each phone number in them a `tel:` link; all else is escaped."""
    words = str(text)
    made, at = Markup(), 0
    for found in _NUMBER.finditer(words):
        number = found[0]
        if not _FEWEST <= sum(map(str.isdigit, number)) <= _MOST:
            continue
        made += escape(words[at : found.start()])
        made += Markup('<a href="{}">{}</a>').format(tel(number), number)
        at = found.end()
    return made + escape(words[at:])
