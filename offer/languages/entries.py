"""An entry in the language of the request, where staff have translated it; else as it is, in English."""

from offer.entitlements.schema import Entitlement, ToSay, Translation
from offer.language import as_spoken, gettext, spoken
from offer.languages.dates import said_day

_SAID = (
    "title", "summary", "what_you_get", "who_for", "steps", "before_it_ends", "bring", "if_told_no",
    "good_to_know",
)  # fmt: skip


def in_spoken(entry: Entitlement) -> Entitlement:
    """The entry with the translated words in place of the English ones, marked as what they are."""
    translation = _translation(entry)
    if translation is None:
        return entry
    words = {name: (getattr(translation, name), getattr(entry, name)) for name in _SAID}
    said: dict[str, object] = {name: _marked(*both) for name, both in words.items() if both[0]}
    return entry.model_copy(update=said | _short_form(entry, translation))


def to_say_in_spoken(entry: Entitlement) -> ToSay | None:
    """What the words to send say, in the language of the request; None where nobody translated them."""
    translation = _translation(entry)
    words = translation.to_say if translation else None
    if words is None:
        return None
    return ToSay(first=as_spoken(words.first), if_no=as_spoken(words.if_no))


def _short_form(entry: Entitlement, translation: Translation) -> dict[str, object]:
    if entry.easy_read is None or not translation.easy_read:
        return {}
    sentences = _marked(translation.easy_read, entry.easy_read.sentences)
    return {"easy_read": entry.easy_read.model_copy(update={"sentences": sentences})}


def _translation(entry: Entitlement) -> Translation | None:
    return next((said for code, said in entry.translations.items() if code == spoken().code), None)


def _marked(said: str | list[str], english: str | list[str] | None) -> str | list[str]:
    whole = english if isinstance(english, str) else " ".join(english or ())
    return as_spoken(said, whole) if isinstance(said, str) else [as_spoken(line, whole) for line in said]


def checked_words(entry: Entitlement) -> str:
    """Whether a speaker has checked the translation of this entry; "" where it has none."""
    translation = _translation(entry)
    if translation is None:
        return ""
    day = said_day(translation.checked_on)
    if translation.checked_by is None:
        words = gettext("Translated by staff on %(day)s. No speaker of the language has checked it yet.")
        return words % {"day": day}
    words = gettext("Translated by staff, and checked on %(day)s by a speaker: %(who)s.")
    return words % {"day": day, "who": translation.checked_by}
