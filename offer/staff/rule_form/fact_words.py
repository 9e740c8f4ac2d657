"""The facts a rule may test, in the groups and words of the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from offer.eligibility.fact import Fact
from offer.eligibility.facts import FACTS
from offer.eligibility.facts_care import FACTS_CARE
from offer.eligibility.facts_family import FACTS_FAMILY
from offer.eligibility.facts_home import FACTS_HOME
from offer.eligibility.facts_learning import FACTS_LEARNING
from offer.eligibility.facts_money import FACTS_MONEY
from offer.eligibility.facts_you import FACTS_YOU

# A rule is kept as JSON, which has no dates: what turns on a date is written as an age or a yes-or-no fact.
_TESTED = ("bool", "choice", "int", "area")
_GROUPS: tuple[tuple[str, tuple[Fact, ...]], ...] = (
    ("Age, place and right to be here", FACTS_YOU),
    ("Time in care", FACTS_CARE),
    ("Learning and work", FACTS_LEARNING),
    ("Home", FACTS_HOME),
    ("Money", FACTS_MONEY),
    ("Family and health", FACTS_FAMILY),
)


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts that stand together in the list, each as (name, words)."""

    words: str
    facts: tuple[tuple[str, str], ...]


OFFERED: Mapping[str, Fact] = MappingProxyType(
    {name: fact for name, fact in FACTS.items() if fact.type in _TESTED}
)
FACT_GROUPS: tuple[FactGroup, ...] = tuple(
    FactGroup(words, tuple((fact.name, fact.question) for fact in facts if fact.name in OFFERED))
    for words, facts in _GROUPS
)


def answers_of(fact: Fact) -> tuple[tuple[str, str], ...]:
    """What a yes-or-no fact or a choice can be, as value and words about "you"."""
    if fact.type == "bool":
        return ("true", _capital(fact.yes)), ("false", _capital(fact.no))
    return tuple((option.value, _capital(option.you)) for option in fact.options)


def _capital(clause: str) -> str:
    return clause[:1].upper() + clause[1:]
