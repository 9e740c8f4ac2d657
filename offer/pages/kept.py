"""Parts of pages that say the same to everybody: rendered once a language, then kept."""

from collections.abc import Callable, Hashable
from functools import lru_cache

from markupsafe import Markup

from offer.language import spoken

MOST = 8192  # parts: some eight megabytes


def kept(macro: Callable[..., Markup], *words: Hashable) -> Markup:
    """What a macro makes of these words, in the language of the request.

    The words are what the macro shows, all of it, and are kept with it: the catalogue's, never a person's.
    """
    return _kept(macro, spoken().code, *words)


@lru_cache(maxsize=MOST, typed=True)  # by type too: a phrase is translated, the same words as a text are not
def _kept(macro: Callable[..., Markup], language: str, *words: Hashable) -> Markup:
    return macro(*words)
