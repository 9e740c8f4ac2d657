"""What is the same in all the districts a place may be in, in words; and each one's rule beside its name."""

from collections.abc import Iterable, Sequence
from datetime import date

from directory.phrase import in_a_row, phrase
from offer.common_ground import CommonGround, common_ground
from offer.council_names import plain_name
from offer.council_tax_words import rules_in_words
from offer.entitlements.schema import ParameterRow
from offer.published import Published

MOST = 12  # districts whose rules are told one by one: not the 33 of London
NOT_HELD = phrase("We hold no council tax rule for it.")
EVERYWHERE = phrase("What the law gives every care leaver in England is the same in all of them.")


def same_words(published: Published, districts: Sequence[str], on: date) -> tuple[str, ...]:
    """The sentences to show above a choice of districts; none where one of them is outside England."""
    if not all(code.startswith("E") for code in districts):
        return ()
    return (*settled_words(published, districts, on), EVERYWHERE)


def settled_words(published: Published, districts: Sequence[str], on: date) -> tuple[str, ...]:
    """The one council above all of them, and the council tax rule that all of them have."""
    return tuple(_sentences(common_ground(published, districts, on)))


def _sentences(found: CommonGround) -> Iterable[str]:
    if found.authority:
        yield phrase("All of them are in %(council)s.", council=plain_name(found.authority.name))
    if found.council_tax:
        yield phrase(
            "Council tax is the same in all of them: %(rule)s", rule=_in_a_sentence(found.council_tax)
        )


def rule_hints(published: Published, districts: Sequence[str], on: date) -> dict[str, str]:
    """Each district's council tax rule in a sentence, where they differ and are few."""
    found = common_ground(published, districts, on)
    if found.council_tax or not any(found.rules.values()) or len(districts) > MOST:
        return {}
    return {
        code: phrase("Council tax: %(rule)s", rule=_in_a_sentence(rows)) if rows else NOT_HELD
        for code, rows in found.rules.items()
        if code.startswith("E")
    }


def _in_a_sentence(rows: Sequence[ParameterRow]) -> str:
    """ "You may pay no council tax until you turn 21. From 21 until you turn 25, it may go on: ask."."""
    rules = [rule.headline for rule in rules_in_words(rows, "")]
    english = " ".join(rules)
    return in_a_row(english[:1].lower() + english[1:], rules)
