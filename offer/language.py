"""The language of the page being made: English words in, that language's words out (gettext).

English is the message id, so that a sentence without a translation is still said, in English.
Values are put in with `%`: `gettext("Ask %(who)s.") % {"who": name}`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from offer.languages.catalogue import Tongue, tongue
from offer.languages.known import ENGLISH, Language
from offer.languages.later import later
from offer.languages.marks import marked

__all__ = ["as_spoken", "gettext", "later", "ngettext", "speaking", "spoken"]

_spoken: ContextVar[Tongue | None] = ContextVar("spoken", default=None)  # None: English


def gettext(words: str) -> str:
    """The words in the language of this request."""
    speaker = _spoken.get()
    return words if speaker is None else speaker.gettext(words)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of the words for a count, by that language's own plurals."""
    speaker = _spoken.get()
    if speaker is None:
        return one if count == 1 else many
    return speaker.ngettext(one, many, count)


def spoken() -> Language:
    """The language of this request."""
    speaker = _spoken.get()
    return ENGLISH if speaker is None else speaker.language


def as_spoken(words: str, english: str = "") -> str:
    """Words that are in the language of this request already: a date, a translation written by staff.

    `english` is what they translate: a term of it that stands in brackets is told as English.
    """
    speaker = _spoken.get()
    if speaker is None or not words:
        return words
    return marked(words, english, latin=speaker.language.latin, rtl=speaker.language.rtl)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Everything inside is said in this language."""
    token = _spoken.set(None if language is ENGLISH else tongue(language))
    try:
        yield
    finally:
        _spoken.reset(token)
