"""A rule that is not read again says what it would have said: for everybody, in any order."""

import pytest
from hypothesis import given, settings

from offer.eligibility.evaluate import Verdict
from offer.eligibility.partly_known import knowledge
from offer.eligibility.situation import read_situation
from offer.eligibility.wording import Wording
from offer.published import Published
from offer.reasons import because, reasons
from offer.rulebook import CompiledRule, Verdicts
from tests.offer.people import ON, Facts, facts_of, people, personas


def _same(published: Published, facts: Facts, verdicts: Verdicts) -> None:
    known = knowledge(read_situation(facts, ON)[0], ON)
    verdict = verdicts.of(known)
    for slug, rule in published.rules_on(ON).items():
        kept, anew = verdict(slug), rule.explain(known)
        assert _all_of(kept) == _all_of(anew), slug
        wording, again = (Wording(known, published.names) for _ in range(2))
        assert because(kept, wording) == reasons(anew.steps, again), slug


def _all_of(verdict: Verdict) -> tuple[object, ...]:
    return verdict.outcome, verdict.steps, verdict.missing, verdict.asks


@settings(max_examples=100, deadline=None)
@given(people())
def test_for_people_at_random(published: Published, facts: Facts) -> None:
    _same(published, facts, published.verdicts_on(ON))


@pytest.mark.usefixtures("shared")
def test_for_the_shared_people(published: Published) -> None:
    for persona in personas():
        _same(published, facts_of(persona), published.verdicts_on(ON))


def test_it_holds_no_more_than_it_may(published: Published) -> None:
    read = list[str]()

    def counted(slug: str, rule: CompiledRule) -> CompiledRule:
        explain = rule.explain

        def explained(known: object) -> object:
            read.append(slug)
            return explain(known)  # type: ignore[arg-type]

        return CompiledRule(rule.node, rule.test, explained, rule.closest, rule.facts)  # type: ignore[arg-type]

    rules = {slug: counted(slug, rule) for slug, rule in list(published.rules_on(ON).items())[:60]}
    verdicts = Verdicts(rules, 100)
    for age in (16, 17, 19, 22, 26):
        for _ in range(2):
            verdict = verdicts.of({"age_years": age})
            assert [verdict(slug).outcome for slug in rules] == [
                published.rules_on(ON)[slug].explain({"age_years": age}).outcome for slug in rules
            ]
            assert len(verdicts._kept) <= 100
    assert len(read) < 2 * 5 * 60, "the second time each rule was remembered"
