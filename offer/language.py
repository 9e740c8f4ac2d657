"""The language of the page being made: English words in, that language's words out (gettext).

English is the message id, so that a sentence without a translation is still said, in English.
"""

from contextvars import ContextVar
from gettext import NullTranslations

_spoken: ContextVar[NullTranslations] = ContextVar("spoken", default=NullTranslations())  # noqa: B039 - never changed


def gettext(words: str) -> str:
    """The words in the language of this request."""
    return _spoken.get().gettext(words)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of the words for a count, by that language's own plurals."""
    return _spoken.get().ngettext(one, many, count)


def later(words: str) -> str:
    """The same words, marked to be translated where they are shown (`gettext` at that place)."""
    return words
