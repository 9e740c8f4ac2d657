"""Who decides about an entry, and whether they must say yes or may: the same words on page, paper and API."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from offer.entitlements.schema import Entitlement
from offer.entry_day import strength_on
from offer.language import gettext as _
from offer.language import later

Duty = Literal["must", "must-in-part", "chose-to", "own-rules", "may", "nobody-yet", "nothing-to-decide"]

_MUST = later("They must say yes if the conditions fit you.")
_STAND = later("This is to tell you where you stand. There is nothing to say yes to.")
_WORDS: Mapping[str, tuple[Duty, str]] = MappingProxyType(
    {
        "entitled": ("must", _MUST),
        "entitled_if_needed": (
            "must",
            later("They must say yes if the conditions fit you and you need it."),
        ),
        "entitled_amount_local": (
            "must-in-part",
            later("They must help if the conditions fit you, but they decide how much."),
        ),
        "entitled_or_limited": (
            "must-in-part",
            later("They must help if the conditions fit you. How far can depend on your situation."),
        ),
        "local_offer": (
            "chose-to",
            later("The council chose to offer this, and should keep to what it says."),
        ),
        "can_apply": ("may", later("They may say yes or no. You can apply, and they go by their own rules.")),
        "assessed": ("may", later("They may say yes or no. They look at what you need first.")),
        "check_local_policy": (
            "may",
            later("They may say yes or no. Each council decides for itself. Ask for its rules in writing."),
        ),
        "future": ("nobody-yet", later("Nobody has to do this yet.")),
        "future_or_check": ("nobody-yet", later("Nobody may have to do this yet. Ask.")),
        "information": ("nothing-to-decide", _STAND),
        "status": ("nothing-to-decide", _STAND),
    }
)
# A council's own page about what the law gives or a scheme outside it runs; and schemes open to apply to.
_BY_NATURE: Mapping[tuple[str, str], tuple[Duty, str]] = MappingProxyType(
    {
        ("local_offer", "law"): (
            "must-in-part",
            later("They must help if the law’s conditions fit you. What they add to it is their own choice."),
        ),
        ("local_offer", "national-scheme"): (
            "own-rules",
            later("This is a scheme with its own rules. If you fit them, they should say yes."),
        ),
        ("can_apply", "national-scheme"): (
            "own-rules",
            later("This is a scheme with its own rules. You can apply, and they may say yes or no."),
        ),
    }
)
# The same on paper, after a name: "Durham County Council – may say yes or no".
_BRIEF: Mapping[Duty, str] = MappingProxyType(
    {
        "must": later("%(who)s – must say yes if it fits you"),
        "must-in-part": later("%(who)s – must help if it fits you, but how much can differ"),
        "chose-to": later("%(who)s – chose to offer this, and should keep to it"),
        "own-rules": later("%(who)s – by the scheme’s own rules"),
        "may": later("%(who)s – may say yes or no"),
        "nobody-yet": later("%(who)s – need not do it yet"),
    }
)


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decides, and in one or two sentences how free they are."""

    who: str
    duty: Duty
    words: str


def decision(entry: Entitlement, on: date) -> Decision:
    """Who decides about an entry on a day: what is still to come binds nobody."""
    strength = strength_on(entry, on)
    duty, words = _BY_NATURE.get((strength, entry.nature), _WORDS[strength])
    return Decision(entry.decided_by.rstrip("."), duty, _(words))


def decided_in_brief(entry: Entitlement, on: date) -> str:
    """Who decides and how free they are, without a full stop; "" where there is nothing to decide."""
    found = decision(entry, on)
    who, _more, _rest = found.who.partition(". ")
    return _(_BRIEF[found.duty]) % {"who": who} if found.duty in _BRIEF else ""
