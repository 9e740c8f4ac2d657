"""Every template that the registry's phrases make, so that all of them can be translated."""

from collections.abc import Iterator

from offer.eligibility.fact import Fact
from offer.eligibility.wording import for_template, holes


def templates_of(fact: Fact) -> Iterator[str]:
    """The clauses that `wording` and `english` put together from one fact, with their places unfilled."""
    yield from (holes(words) for words in (fact.yes, fact.no) if words)
    if fact.name != "age_years":  # which has sentences of its own
        yield from (for_template(words) for words in (fact.people, fact.people_not) if words)
    for option in fact.options:
        yield from (option.you, option.people)
