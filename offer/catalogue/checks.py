"""What must hold in one document beyond its schema: checked when a file is read and before publishing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import cast

from pydantic import BaseModel

from directory.records import Location, Organisation, Record, Service
from offer.eligibility.facts import FACTS
from offer.eligibility.rule import FactType, RuleError, parse
from offer.eligibility.rule_checks import Span, overlaps
from offer.eligibility.terms import Terms, resolve
from offer.entitlements.amounts import amounts_of
from offer.entitlements.schema import Amount, Entitlement

Place = tuple[str | int, ...]  # where in a document: ("terms", 3, "percent")

_FACTS: Mapping[str, FactType] = MappingProxyType(
    {
        name: FactType(fact.type, frozenset(option.value for option in fact.options) or None)
        for name, fact in FACTS.items()
    }
)
_NO_TERMS = Terms(on=date(2026, 1, 1))  # the grammar is the same on every day and in every district
_A = {Organisation: "an organisation", Location: "a location", Service: "a service"}
_STEP = re.compile(r"([a-z_]+)|\[([0-9]+)\]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a document, and where in it."""

    place: Place
    reason: str


def check_entitlement(document: BaseModel) -> Iterator[Fault]:
    """An entry whose rule can be read, and which is not public on an unconfirmed promise."""
    entry = cast(Entitlement, document)
    try:
        parse(resolve(entry.rule, _NO_TERMS), _FACTS)
    except RuleError as fault:
        yield Fault(place_of(fault.path), str(fault))
    if entry.stage == "public" and entry.confidence == "unconfirmed":
        yield Fault(("stage",), "an entry nobody could confirm must stay a draft")
    if entry.review_by < entry.checked_on:
        yield Fault(("review_by",), "review_by must not be before checked_on")
    if entry.part_of == entry.id:
        yield Fault(("part_of",), "an entry cannot be part of itself")
    yield from _check_terms(entry)
    yield from _check_validity(entry)
    yield from _check_amounts(entry)


def _check_terms(entry: Entitlement) -> Iterable[Fault]:
    for number, row in enumerate(entry.terms):
        if row.start and row.end and row.end <= row.start:
            yield Fault(("terms", number, "end"), f"the term of {row.area} ends before it starts")


def _check_validity(entry: Entitlement) -> Iterable[Fault]:
    """What its dates, its `in_force` and its strength say must be one story on every day."""
    begins, ends = entry.begins, entry.ends
    if begins and ends and ends <= begins:
        yield Fault(("ends",), "it ends before it begins")
    if begins and entry.strength in ("future", "future_or_check"):
        yield Fault(("strength",), "with a day on which it begins, say how strong it is from then on")
    if begins and entry.in_force == "yes" and begins > entry.checked_on:
        yield Fault(("in_force",), "it begins after it was checked: write not-yet until its day has come")


def _check_amounts(entry: Entitlement) -> Iterable[Fault]:
    """Every figure by itself; two that count on the same day are one too many."""
    if entry.more_amounts and entry.amount is None:
        yield Fault(("more_amounts",), "write the first amount as 'amount'")
    for amount in amounts_of(entry):
        if amount.start and amount.end and amount.end <= amount.start:
            yield Fault(_place_of_amount(entry, amount, "end"), f"'{amount.text}' ends before it starts")
    for early, late in overlaps(amount_spans(entry)):
        days = " and ".join(f"from {span_start(span)}" for span in (early, late))
        yield Fault(("more_amounts",), f"its amounts {days} count on the same days")


def _place_of_amount(entry: Entitlement, amount: Amount, field: str) -> Place:
    if amount is entry.amount:
        return ("amount", field)
    return ("more_amounts", entry.more_amounts.index(amount), field)


def amount_spans(entry: Entitlement) -> list[Span]:
    """The days of each figure of an entry."""
    return [Span("amount", amount.start, amount.end) for amount in amounts_of(entry)]


def span_start(span: Span) -> str:
    """The first day of a dated row, as people write it in the files."""
    return span.start.isoformat() if span.start else "the beginning"


def check_record(document: BaseModel) -> Iterator[Fault]:
    """A record of the directory that is not public unconfirmed."""
    record = cast(Record, document)
    if record.stage == "public" and record.confidence == "unconfirmed":
        yield Fault(("stage",), f"{_A[type(record)]} nobody could confirm must stay a draft")


def place_of(path: str) -> Place:
    """The place a rule's fault names: `rule.all[2].fact` → ("rule", "all", 2, "fact")."""
    return tuple(int(number) if number else name for name, number in _STEP.findall(path))
