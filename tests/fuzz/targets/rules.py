"""Rules: read or refused with the place of the fault; what is read gives one answer however it is asked."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from offer.catalogue.yaml_text import YamlFault, read
from offer.eligibility.facts import FACTS
from offer.eligibility.index import Index
from offer.eligibility.kleene import Known
from offer.eligibility.rule import RuleError, leaves
from offer.eligibility.rule_checks import clashes, redundant
from offer.eligibility.terms import CONDITIONS, Terms
from offer.eligibility.wording import condition
from offer.published import Published
from offer.rulebook import compile_rule
from tests.fuzz.choices import Choices
from tests.fuzz.target import Feed, Target, loud_log

TODAY = date(2026, 11, 22)
_WORDS = (
    *FACTS, *dict.fromkeys(option.value for fact in FACTS.values() for option in fact.options), *CONDITIONS,
    "id", "all", "any", "not", "fact", "is", "in", "from", "before", "ask", "use", "why", "cite", "authority",
    "E06000047", "E10000019", "E92000001",
)  # fmt: skip


def make(published: Published) -> Feed:
    loud_log()
    seeds = [entry.rule for entry in published.entries.values()]

    def feed(data: bytes) -> None:
        choices = Choices(data)
        rule = choices.damaged(choices.one_of(seeds), _WORDS) if choices.number(8) else _from_yaml(choices)
        known = [_known(choices) for _ in range(4)]
        if not isinstance(rule, dict):
            return
        try:
            compiled = compile_rule(rule, Terms(TODAY))
        except RuleError as refused:
            assert refused.path.startswith("rule") and refused.problem
            return
        index = Index({"one": compiled.node})
        for each in known:
            _one_answer(compiled, index, each)
        assert all(condition(leaf, {}) for leaf in leaves(compiled.node) if not hasattr(leaf, "text"))
        _looked_over(compiled.node)

    return feed


def _one_answer(compiled: Any, index: Index, known: Known) -> None:
    outcome = compiled.test(known)
    assert index.all_outcomes(known)["one"] == outcome, "the index and the rule agree"
    told = compiled.explain(known)
    assert outcome is None or told.outcome == outcome, "reasons are for the same answer"
    assert told.missing <= compiled.facts
    if told.outcome is False:
        compiled.closest(known)


def _looked_over(node: Any) -> None:
    """What is advised of a rule: too many ways to list are a RuleError, nothing else is."""
    try:
        ids = {leaf.id for leaf in leaves(node)}
        assert {name for clash in clashes(node) for name in clash} <= ids
        assert set(redundant(node)) <= ids
    except RuleError as refused:
        assert refused.problem


def _from_yaml(choices: Choices) -> Any:
    try:
        return read(choices.rest().decode("utf-8", "replace")).data
    except YamlFault:
        return None


def _known(choices: Choices) -> Known:
    """What may be known of somebody: a few facts, each with one value or several that are left."""
    found: dict[str, Any] = {}
    for _ in range(choices.number(8)):
        name = choices.one_of(tuple(FACTS))
        values = _values(name, choices)
        if values:
            found[name] = frozenset(values) if len(values) > 1 else values[0]
    return found


def _values(name: str, choices: Choices) -> list[Any]:
    fact = FACTS[name]
    by_type: Mapping[str, Any] = {
        "bool": lambda: bool(choices.number(2)),
        "choice": lambda: choices.one_of(fact.options).value if fact.options else None,
        "int": lambda: choices.number(130),
        "date": lambda: date.fromordinal(date(1990, 1, 1).toordinal() + choices.number(20_000)),
        "area": lambda: choices.one_of(("E06000047", "E10000019", "E07000138", "E99999999")),
    }
    made = by_type.get(fact.type)
    values = [made() for _ in range(1 + choices.number(3))] if made else []
    return [value for value in dict.fromkeys(values) if value is not None]


TARGET = Target(
    "rules", "Rules of who can get what: reading, answering, advice", make,
    (*(f"{word}: " for word in _WORDS), "- ", "{", "}", "["),
)  # fmt: skip
