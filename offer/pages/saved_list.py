"""What a phone keeps for when there is no signal: the rules, and the words to act on them.

It holds England and up to two councils: every entry in full with its law, the places and
teams with their numbers and hours, the help lines, the districts and the questions. It
says nothing of a person. What is blank is left out, so that it stays small.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from directory.assembled import PlaceView, ServiceView
from directory.help_now import Asker
from directory.records import ENGLAND
from offer.clock import LONDON
from offer.council_names import listed_name
from offer.deciding import decision
from offer.entitlements.schema import Entitlement
from offer.law_line import forms_of, limits_of
from offer.pack import pack
from offer.pages.entry_words import NATURE, sure_words
from offer.pages.help_lines import HelpLineView, NeedView, needs_of
from offer.pages.saved_rules import columns, folded
from offer.pages.service_places import hours_of, where
from offer.pages.service_words import PhoneLink, card
from offer.published import Published
from offer.saying import what_to_say

FORMAT = 2  # what templates/js/offline/saved.mjs reads; another number when a field changes its meaning
_IN_FULL = (
    "who_for", "what_you_get", "steps", "bring", "decided_by", "if_told_no", "good_to_know", "not_sure",
)  # fmt: skip
_WORD = re.compile(r"[\w'’]+")
Data = dict[str, Any]


def saved_list(
    published: Published, at: datetime, by: str | None = None, lives_in: str | None = None
) -> Data:
    """Everything, as JSON data. `at`: the aware moment it is made; `by`, `lives_in`: as in `pack`."""
    today = at.astimezone(LONDON).date()
    rules = pack(published, today, by, lives_in)
    upper: dict[str, str] = rules["upper"]
    councils = {*rules["councils"], *filter(None, (by, lives_in))}
    asker = Asker(
        responsible_authority=by, lives_in=lives_in, lives_in_authority=upper.get(lives_in or "") or None
    )
    return {
        "format": FORMAT,
        "by": by,
        "lives_in": lives_in,
        "rules": {**folded(rules), "entries": columns(_entries(published, rules["entries"], today))},
        "listed": _listed(published, today),
        "services": [
            _service(each, at) for each in published.directory.services if _is_near(each, councils, upper)
        ],
        "help": [_need(need) for need in needs_of(published, asker)],
    }


def _kept(**values: object) -> Data:
    """Only what says something."""
    return {name: value for name, value in values.items() if value not in (None, "", (), [])}


def _entries(published: Published, listed: list[Data], today: date) -> list[Data]:
    """The entries of a pack with all their words; those alike stand together, which packs smaller."""
    together = sorted(listed, key=lambda each: (each["topic"], each["part_of"] or each["slug"]))
    return [_entry(each, published.entries[each["slug"]], today) for each in together]


def _entry(listed: Data, entry: Entitlement, today: date) -> Data:
    """What the pack says of an entry, a figure by its sentence alone, and the words to act on it."""
    return {
        **listed,
        "stands": [_stand(each, entry, today) for each in listed["stands"]],
        **_kept(
            **{name: getattr(entry, name) for name in _IN_FULL},
            other_words=other_words(f"{entry.title} {entry.summary}", entry.also_known_as),
            law=list(dict.fromkeys(law.cite for law in entry.legal_basis)),
            forms=list(forms_of(entry)),
            limits=list(limits_of(entry)),
            say=what_to_say(entry, today).first,
            sure=f"{NATURE[entry.nature]} {sure_words(entry)}",
            checked_on=entry.checked_on.isoformat(),
            sources=[source.name for source in entry.sources],
            anyone=None if entry.for_care_leavers else True,
        ),
    }


def _stand(stand: Data, entry: Entitlement, today: date) -> Data:
    """An entry from a day on; `decides`: whether they must say yes or may, in place of the strength."""
    day = date.fromisoformat(stand["from"]) if stand["from"] else today
    worth = stand["worth"] and {"text": stand["worth"]["text"]}
    shown = {name: value for name, value in stand.items() if name != "strength"}
    return {**shown, "worth": worth, "decides": decision(entry, day).words}


def other_words(said: str, names: Iterable[str]) -> str:
    """The words of other names that are not among those said: a phone looks for words, and not for names."""
    had = set(_WORD.findall(said.lower()))
    fresh = dict.fromkeys(word for name in names for word in _WORD.findall(name.lower()) if word not in had)
    return " ".join(fresh)


def _listed(published: Published, today: date) -> dict[str, str]:
    """The names under which people look in a list, where these are not the areas' own."""
    areas = (*published.places.districts(today), *published.places.authorities(today))
    return {area.gss: listed_name(area.name) for area in areas if listed_name(area.name) != area.name}


def _is_near(service: ServiceView, councils: set[str], upper: dict[str, str]) -> bool:
    """Whether it is for England, for one of the councils, or for a district inside one."""
    return any(code == ENGLAND or {code, upper.get(code)} & councils for code in service.record.areas)


def _service(service: ServiceView, at: datetime) -> Data:
    """How to reach a place or team, in words; a private address is not in `card` either."""
    shown, record = card(service, at), service.record
    return _kept(
        slug=service.id,
        name=shown.name,
        mark=shown.mark,
        run_by=shown.organisation,
        summary=shown.summary,
        areas=list(record.areas),
        phones=_phones(shown.phones),
        places=[_place(service, place, at) for place in service.places]
        or _kept_lines(where(service, None), _hours(service, None, at)),
        printed=record.opening_hours,
        how_to_use=record.how_to_use,
        ages=shown.ages,
        who_for=record.who_for,
        caution=shown.caution,
        doubt=shown.doubt,
        other_words=other_words(f"{shown.name} {shown.summary}", record.also_known_as),
        checked_on=record.checked_on.isoformat(),
    )


def _place(service: ServiceView, place: PlaceView, at: datetime) -> Data:
    location = place.location
    name = "" if location.confidential or location.name == service.name else location.name
    return _kept(
        name=name, where=where(service, place), visits=place.at.note, hours=_hours(service, place, at)
    )


def _kept_lines(words: str, hours: list[list[str]]) -> list[Data]:
    return [_kept(where=words, hours=hours)] if words or hours else []


def _hours(service: ServiceView, place: PlaceView | None, at: datetime) -> list[list[str]]:
    """[days, times] line by line; those of a private place only if the page shows them."""
    if service.confidential and (place is None or not place.location.can_be_visited):
        return []
    return [[line.days, line.times] for line in hours_of(service, place, at)]


def _need(need: NeedView) -> Data:
    return {"title": need.title, "lines": [_line(line) for line in need.lines]}


def _line(line: HelpLineView) -> Data:
    return _kept(
        name=line.name,
        phones=_phones(line.phones),
        text=[line.text_words, line.text_href] if line.text_words else None,
        hours=line.hours,
        free=line.free or None,
        ages=line.ages,
        note=line.note,
    )


def _phones(phones: Iterable[PhoneLink]) -> list[list[str]]:
    """[number, label] each; the label may be ""."""
    return [[phone.number, phone.label] for phone in phones]
