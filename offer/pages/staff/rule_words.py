"""A rule in the sentences of the public page, for comparing two versions."""

from collections.abc import Iterator, Mapping
from typing import Any

from offer.clock import today
from offer.eligibility.english import RuleLine, rule_lines
from offer.eligibility.rule import RuleError
from offer.eligibility.terms import Terms
from offer.published import Published
from offer.rulebook import compile_rule
from offer.staff.differences import RuleWords


def rule_words_of(published: Published) -> RuleWords:
    """Says a rule in sentences; one that cannot be read as it stands. Terms by district stand apart."""
    terms = Terms(today())

    def words(rule: Mapping[str, Any]) -> list[str]:
        try:
            lines = rule_lines(compile_rule(dict(rule), terms).node, published.names)
        except (RuleError, KeyError):
            return [str(dict(rule))]
        return list(_flat(lines))

    return words


def _flat(lines: tuple[RuleLine, ...]) -> Iterator[str]:
    for line in lines:
        yield str(line.text)
        yield from _flat(line.parts)
