"""A phrase of the pure rooms in the language of the request: its template translated, its values put in."""

import re

from babel import Locale
from babel.lists import format_list

from directory.phrase import Clock, Counted, Day, InARow, Phrase, Sentence
from offer.language import as_spoken, gettext, ngettext, spoken
from offer.languages.dates import said_date, said_time
from offer.languages.known import ENGLISH
from offer.languages.marks import END, OWN

_FIRST = re.compile(rf"^([{OWN}{END}]*)(\w)")
_LAST = re.compile(rf"(\w)([{OWN}{END}]*)$")
_STOPS = {"am": "።", "ti": "።"}


def said(words: str) -> str:
    """The words as this language says them. Plain text, and what has no translation, stays English."""
    if not isinstance(words, Phrase) or spoken() is ENGLISH:
        return words
    match words:
        case Day():
            return said_date(words.day, words.form)
        case Clock():
            return said_time(words.time)
        case InARow():
            return _in_a_row([said(part) for part in words.parts], words)
        case Sentence():
            clause = said(words.clause)
            return str(words) if clause == words.clause else _sentence(clause)
    return _filled(words)


def finalized(value: object) -> object:
    """What a template prints: phrases are said, all else is as it is."""
    return said(value) if isinstance(value, Phrase) else value


def _filled(words: Phrase) -> str:
    """The translated template with its values; English with its English values where there is none."""
    one = words.one if isinstance(words, Counted) else words.template
    many = words.template
    template = ngettext(one, many, words.number) if isinstance(words, Counted) else gettext(many)
    if template in (one, many):
        return str(words)
    if not words.values:
        return template
    return template % {name: _value(value) for name, value in words.values.items()}


def _value(value: object) -> object:
    return said(value) if isinstance(value, str) else value


def _in_a_row(parts: list[str], row: InARow) -> str:
    if row.last is None:
        return row.between.join(parts)
    holes = [f"%(part{at})s" for at in range(len(parts))]
    locale = Locale.parse(spoken().code)
    joined = format_list(holes, style="or" if row.last == "or" else "standard", locale=locale)
    return as_spoken(joined) % {f"part{at}": part for at, part in enumerate(parts)}


def _sentence(clause: str) -> str:
    """With the language's own full stop, inside the marks of its last words."""
    stop = _STOPS.get(spoken().code, ".")
    capital = _FIRST.sub(lambda found: found[1] + found[2].upper(), clause, count=1)
    return _LAST.sub(rf"\g<1>{stop}\2", capital, count=1)
