"""What a person could change about a "no", in plain words: "You might get this if …"."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from directory.phrase import Phrase, in_a_row, listed, phrase
from offer.answer_parts import Wanted
from offer.eligibility.closest import Change, Closest, Miss, Weights, closest
from offer.eligibility.facts import FACTS
from offer.eligibility.kleene import Known
from offer.eligibility.rule import Node, RuleError, Value

# What nobody should be told to aim for, though they could: a loss, or a step back.
_NEVER = frozenset(
    {
        ("in_education", "none"), ("tenure", "none"), ("tenure", "foster"),
        ("tenure", "supported"), ("tenure", "parental_home"),
    }
)  # fmt: skip
_YOU_ARE = "you are "
_MOST = 2  # more than two things to change is no near miss


def _weights() -> Weights:
    """The facts a person can change, and what to: of a yes-or-no fact only the yes."""
    table: dict[str, Mapping[Value, int]] = {}
    for fact in FACTS.values():
        if fact.changeable is None or fact.type not in ("bool", "choice"):
            continue
        values: list[Value] = [option.value for option in fact.options] or [True]
        table[fact.name] = {value: fact.changeable for value in values if (fact.name, value) not in _NEVER}
    return MappingProxyType(table)


CHANGEABLE: Weights = _weights()


def closest_of(node: Node) -> Closest:
    """The finder of one rule, made when first asked; it finds nothing where the ways are too many to list."""

    @cache
    def made() -> Closest:
        try:
            return closest(node, CHANGEABLE)
        except RuleError:
            return lambda known: None

    def find(known: Known) -> Miss | None:
        return made()(known)

    return find


def wanted(miss: Miss | None) -> tuple[Wanted, ...]:
    """The facts to change, each with its words; nothing where it is not near."""
    if miss is None or len(miss.changes) > _MOST:
        return ()
    return tuple(Wanted(change.fact, change.values, _phrase(change)) for change in miss.changes)


def sentence(wants: tuple[Wanted, ...]) -> str | None:
    """What to say beside a "no"; None where nothing a person can change would help."""
    if not wants:
        return None
    changes = listed([want.text for want in wants], "and")
    return phrase("You might get this if %(changes)s.", changes=changes)


def _phrase(change: Change) -> str:
    """The change as said to a person: "your name is on the council tax bill"."""
    fact = FACTS[change.fact]
    if fact.type == "bool":
        return Phrase(fact.yes, {})
    clauses = [Phrase(option.you, {}) for option in fact.options if option.value in change.values]
    if len(clauses) < 2 or not all(clause.startswith(_YOU_ARE) for clause in clauses):
        return listed(clauses, "or")
    shorter = [clauses[0], *(clause.removeprefix(_YOU_ARE) for clause in clauses[1:])]
    return in_a_row(listed(shorter, "or"), clauses, "or")
