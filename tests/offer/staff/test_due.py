"""What waits for somebody, from documents as they are kept."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from offer.catalogue.documents import text_of
from offer.entitlements.schema import Entitlement
from offer.published import Published
from offer.staff.due import STATUSES, Held, held_of, next_review, statuses, with_status

TODAY = date(2026, 11, 22)


def held(review_by: date = date(2027, 6, 1), **changed: object) -> Held:
    body = {
        "title": "Bus travel", "authority": "E10000019", "stage": "public", "confidence": "found in source",
        "checked_on": "2026-01-01", "review_by": review_by.isoformat(), **changed,
    }  # fmt: skip
    state, is_public = str(body.pop("state", "ready")), bool(body.pop("is_public", True))
    return held_of("entitlement", "bus", 1, json.dumps(body), state, is_public=is_public)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (held(), ()),
        (held(TODAY - timedelta(1)), ("overdue",)),
        (held(TODAY), ("soon",)),
        (held(TODAY + timedelta(30)), ("soon",)),
        (held(TODAY + timedelta(31)), ()),
        (held(confidence="unconfirmed"), ("unconfirmed",)),
        (held(confidence="existence only", stage="draft", is_public=False), ("draft", "unconfirmed")),
        (held(state="draft", is_public=False), ("draft",)),
        (held(is_public=False), ("unpublished",)),
    ],
)
def test_what_is_said_of_a_document(document: Held, said: tuple[str, ...]) -> None:
    assert statuses(document, TODAY) == said


def test_each_status_has_a_shape_and_words_of_its_own() -> None:
    shapes, words = zip(*STATUSES.values(), strict=True)
    assert len(set(shapes)) == len(set(words)) == len(STATUSES)
    assert all(words)


def test_the_longest_due_comes_first() -> None:
    late, later, well = held(TODAY - timedelta(9)), held(TODAY - timedelta(2)), held()
    assert with_status([well, later, late], "overdue", TODAY) == [late, later]


def test_every_published_entry_can_be_listed(published: Published) -> None:
    for entry in published.entries.values():
        assert isinstance(entry, Entitlement)
        found = held_of("entitlement", entry.id, 1, text_of(entry), "ready", is_public=True)
        assert (found.title, found.review_by, found.authority) == (
            entry.title,
            entry.review_by,
            entry.authority,
        )
        assert found.has_amount is bool(entry.amount or entry.more_amounts or entry.terms)


@given(some.dates(date(2000, 1, 1), date(2099, 1, 1)), some.booleans())
def test_money_is_checked_after_six_months_the_rest_after_twelve(on: date, has_amount: bool) -> None:
    due = next_review(on, has_amount=has_amount)
    months = (due.year - on.year) * 12 + due.month - on.month
    assert months == (6 if has_amount else 12)
    assert due.day == on.day or (due.day < on.day and (due + timedelta(1)).day == 1)
