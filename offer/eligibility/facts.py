"""The registry: every fact the service knows of, in the order an editor would ask them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from offer.eligibility.fact import Fact, Gate, Option, Value, closed, may_ask
from offer.eligibility.facts_care import FACTS_CARE
from offer.eligibility.facts_family import FACTS_FAMILY
from offer.eligibility.facts_home import FACTS_HOME
from offer.eligibility.facts_learning import FACTS_LEARNING
from offer.eligibility.facts_money import FACTS_MONEY
from offer.eligibility.facts_you import FACTS_YOU

__all__ = ["FACTS", "Fact", "Gate", "Option", "Value", "closed", "may_ask"]

FACTS: Mapping[str, Fact] = MappingProxyType(
    {
        fact.name: fact
        for group in (FACTS_YOU, FACTS_CARE, FACTS_LEARNING, FACTS_HOME, FACTS_MONEY, FACTS_FAMILY)
        for fact in group
    }
)
