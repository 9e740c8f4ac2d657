"""The values of the schema in words, as a form offers them."""

from collections.abc import Mapping
from types import MappingProxyType

from directory.topics import KIND_TITLES, TOPICS
from offer.languages.known import TRANSLATED


def _words(**words: str) -> Mapping[str, str]:
    return MappingProxyType({name.replace("__", "-"): text for name, text in words.items()})


TOPIC_WORDS: Mapping[str, str] = MappingProxyType({slug: topic.title for slug, topic in TOPICS.items()})
KIND_WORDS = KIND_TITLES
STAGES = _words(public="Public, once its change is published", draft="Draft: never shown")
CONFIDENCES: Mapping[str, str] = MappingProxyType(
    {
        "found in source": "Found in a source we read",
        "partly": "Only partly confirmed",
        "existence only": "We only know that it is there",
        "council paper": "Known from council papers",
        "unconfirmed": "Not confirmed: it must stay a draft",
    }
)
AREA_BASIS = _words(
    responsible_authority="The council that looked after them",
    lives_in="The council where they live",
    england="None: it is the same in all of England",
)
IN_FORCE = _words(yes="Yes, it counts now", not__yet="Not yet: it is coming")
STRENGTHS = _words(
    entitled="A right: they must get it",
    entitled_amount_local="A right, and the council decides how much",
    entitled_if_needed="A right where they need it",
    entitled_or_limited="A right, with limits for some",
    can_apply="They can apply",
    assessed="Somebody looks at what they need and decides",
    check_local_policy="Councils differ: they have to ask theirs",
    local_offer="Their council’s own offer",
    information="Good to know, nothing to apply for",
    status="Tells who counts as what",
    future="Coming, and certain",
    future_or_check="Coming, or there in some places already",
)
NATURES = MappingProxyType(
    {
        "law": "The law",
        "national-scheme": "A scheme for all of England",
        "council-choice": "The council’s own choice",
    }
)
STATUSES = MappingProxyType(
    {
        "current": "It runs",
        "check": "It runs, but check before relying on it",
        "pilot": "It is being tried out",
        "may-have-ended": "It may have ended",
        "proposal": "It is only proposed",
    }
)
SYMBOLS = MappingProxyType(
    {
        "baby": "A baby", "ball": "A ball", "bus": "A bus", "calendar": "A calendar", "car": "A car",
        "card": "A card", "clothes": "Clothes", "computer": "A computer", "food": "Food", "gift": "A gift",
        "health": "A cross for health", "heart": "A heart", "house": "A house", "key": "A key",
        "money": "Money", "paper": "A paper", "people": "People", "person": "A person",
        "phone": "A phone", "plane": "A plane", "scales": "Scales", "school": "A school",
        "shield": "A shield", "speech": "A speech bubble", "warm": "Warmth", "work": "Work",
    }
)  # fmt: skip
LOCATION_TYPES = _words(
    physical="A place to go to", postal="An address for letters only", virtual="By phone or online: nowhere"
)
OPEN_STATUSES = MappingProxyType(
    {
        "open": "Open",
        "planned": "Planned, not open yet: not shown",
        "temporarily-closed": "Closed for now",
        "closed": "Closed for good: not shown",
        "unknown": "We are not sure it still runs",
    }
)
OFTEN = _words(WEEKLY="By the week", MONTHLY="By the month")
BANK_HOLIDAYS = MappingProxyType(
    {
        "unknown": "We do not know",
        "closed": "Closed",
        "as-usual": "Open as on other days",
        "open-all-day": "Open all day",
    }
)
_DAYS = {
    "MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday",
    "SA": "Saturday", "SU": "Sunday",
}  # fmt: skip
_WHICH = {"1": "First", "2": "Second", "3": "Third", "4": "Fourth", "5": "Fifth", "-1": "Last"}
WEEKDAYS: Mapping[str, str] = MappingProxyType(_DAYS)
DAYS_OF_MONTH: Mapping[str, str] = MappingProxyType(
    {f"{which}{day}": f"{first} {name}" for which, first in _WHICH.items() for day, name in _DAYS.items()}
)
LANGUAGES: Mapping[str, str] = MappingProxyType({each.code: each.name for each in TRANSLATED})
