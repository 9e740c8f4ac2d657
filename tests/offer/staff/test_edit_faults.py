"""What is wrong is told at its field in plain words; a document with faults can still be shown."""

from datetime import date
from inspect import getsource
from typing import Any

import pytest

from directory import records, schedules
from offer.catalogue import checks
from offer.catalogue.documents import KINDS, body_of
from offer.entitlements import schema
from offer.staff.editing.acts import act_on
from offer.staff.editing.asked import SECTIONS, WORDS
from offer.staff.editing.boxes import form_of
from offer.staff.editing.faults import _TOGETHER, FieldFault, faults_of, unknown_fields
from offer.staff.editing.merging import compared, merged
from offer.staff.editing.read import Names, read
from offer.staff.editing.readable import NOT_YET, readable
from offer.staff.editing.spec import specs_of
from offer.staff.editing.typed import Typed, filled
from tests.offer.staff.test_edit_form import carried, every_spec, every_starter

ON = date(2026, 11, 22)
DOCUMENTS = {document.id: (kind, body_of(document)) for kind, document in every_starter()}  # type: ignore[attr-defined]
BURSARY = "lincolnshire-college-bursary"
HOUSING = "housing-north-kesteven"
OFFICES = "district-council-offices-sleaford"


def found(slug: str, **typed: str | tuple[str, ...]) -> list[FieldFault]:
    """The faults of a document with some fields typed otherwise; `__` stands for the dot of a name."""
    kind, body = DOCUMENTS[slug]
    changed = {name.replace("__", "."): (v,) if isinstance(v, str) else v for name, v in typed.items()}
    specs = specs_of(KINDS[kind].model)
    return faults_of(kind, read(specs, {**filled(specs, body), **changed}), carried(kind, body))


def test_every_starter_document_is_without_fault() -> None:
    assert [slug for slug in DOCUMENTS if found(slug)] == []


@pytest.mark.parametrize(
    ("slug", "typed", "field", "words"),
    [
        (BURSARY, {"title": ""}, "title", "This is still empty."),
        (BURSARY, {"topic": ""}, "topic", "Choose one."),
        (BURSARY, {"checked_on__month": "13"}, "checked_on", "That is no day."),
        (BURSARY, {"review_by__year": "2020"}, "review_by", "This is before the day it was last checked."),
        (BURSARY, {"amount__pence": "lots"}, "amount.pence", "Write a number only."),
        (BURSARY, {"amount__text": ""}, "amount.text", "This is still empty."),
        (BURSARY, {"sources__1__url": "gov.uk"}, "sources.1.url", "A web address begins with https://"),
        (BURSARY, {"sources__0__name": "", "sources__0__url": ""}, "sources.0.name", "This is still empty."),
        (BURSARY, {"easy_read__sentences__3": "Four."}, "easy_read.sentences", "That is too many: 3"),
        (BURSARY, {"confidence": "unconfirmed"}, "stage", "must stay a draft"),
        (BURSARY, {"part_of": BURSARY}, "part_of", "Choose another entry than this one."),
        (BURSARY, {"translations__so__title": "x"}, "translations.so.checked_on", "Give the day."),
        (HOUSING, {"schedules__0__opens_at": "9am"}, "schedules.0.opens_at", "Write the time with"),
        (HOUSING, {"schedules__0__closes_at": ""}, "schedules.0.opens_at", "Give both times, or neither."),
        (HOUSING, {"schedules__1__byday": ()}, "schedules.1.byday", "Tick the days of the week"),
        (HOUSING, {"schedules__1__interval": "2"}, "schedules.1.dtstart", "Give a day in the first of those"),
        (HOUSING, {"age_from": "200"}, "age_from", "This must be 120 or less."),
        (HOUSING, {"age_from": "25", "age_before": "18"}, "age_before", "This must be above the first age."),
        (HOUSING, {"areas": ()}, "areas", "Give at least one."),
        (HOUSING, {"areas__more": "Atlantis"}, "areas", "We do not know one of these places."),
        (HOUSING, {"at__1__location": OFFICES}, "at", f"“{OFFICES}” stands there twice."),
        (HOUSING, {"phones__0__number": "ring us"}, "phones.0.number", "Write numbers and blanks only"),
        (OFFICES, {"confidential": "yes"}, "confidential", "Take out the street, the postcode"),
        (OFFICES, {"postcode": "nowhere"}, "postcode", "Write it in full, in capitals"),
    ],
)
def test_a_fault_is_told_at_its_field(slug: str, typed: dict[str, str], field: str, words: str) -> None:
    assert [(each.field, words in each.words) for each in found(slug, **typed)] == [(field, True)]


def test_every_sentence_of_the_schema_has_plain_words() -> None:
    """What we translate is still what the schema says, so that no field's name is ever read out."""
    sources = "".join(getsource(module) for module in (records, schedules, checks, schema))
    assert [part for part in _TOGETHER if part not in sources] == []


def test_choices_in_words_are_just_the_values_of_the_schema() -> None:
    for model in WORDS:
        for spec in every_spec(specs_of(model)):
            if spec.options:
                assert set(spec.words.choices) == set(spec.options), (model, spec.name)


def test_what_cannot_be_read_is_stood_in_for_and_the_rest_is_as_it_was_typed() -> None:
    for kind in KINDS:
        empty = readable(kind, {}, ON)
        assert empty and not empty.whole
    kind, body = DOCUMENTS[BURSARY]
    broken: dict[str, Any] = {**body, "summary": "x" * 900, "checked_on": "31/2/2026", "rule": {"all": 3}}
    shown = readable(kind, broken, ON)
    assert shown and not shown.whole
    assert (shown.document.summary, shown.document.title) == (NOT_YET, body["title"])  # type: ignore[attr-defined]
    whole = readable(kind, body, ON)
    assert whole and whole.whole and body_of(whole.document) == body
    assert broken["checked_on"] == "31/2/2026", "what was typed is not touched"


def test_places_and_days_are_understood_by_name() -> None:
    specs = specs_of(KINDS["service"].model)
    names = Names({"areas": {"boston": "E07000136"}, "days": {"first monday": "1MO"}})
    typed: Typed = {
        "areas": ("", "E10000019"),
        "areas.more": ("Boston\n boston \nAtlantis",),
        "schedules.0.byday.more": ("First  Monday",),
    }
    body = read(specs, typed, names).body
    assert body["areas"] == ["E10000019", "E07000136", "Atlantis"]
    assert body["schedules"] == [{"byday": ["1MO"]}]


@pytest.mark.parametrize(
    ("typed", "pence"), [("1200", 120_000), ("£1,200", 120_000), ("3.50", 350), ("£3.5", "£3.5"), ("x", "x")]
)
def test_pounds_become_pence(typed: str, pence: int | str) -> None:
    specs = specs_of(KINDS["entitlement"].model)
    assert read(specs, {"amount.pence": (typed,)}).body["amount"] == {"pence": pence}


def test_two_changes_of_one_document_meet_field_by_field() -> None:
    was = {
        "title": "A",
        "steps": ["1"],
        "ask": "x",
        "translations": {"so": {"title": "s"}, "ar": {"title": "a"}},
    }
    mine = {**was, "title": "Mine", "translations": {**was["translations"], "so": {"title": "mine"}}}  # type: ignore[dict-item]
    theirs = {**was, "title": "Theirs", "steps": ["2"], "translations": {"so": {"title": "theirs"}}}
    met = compared(was, mine, theirs)
    assert [each.unit for each in met.clashes] == ["title", "translations.so"]
    assert [each.unit for each in met.theirs_only] == ["steps", "translations.ar"]
    one = merged(mine, theirs, {"title": "mine", "translations.so": "theirs", "translations.ar": "theirs"})
    assert one == {**mine, "translations": {"so": {"title": "theirs"}}}
    assert compared(was, mine, mine).nothing and compared(was, mine, was).nothing


def test_fields_that_no_form_has_are_known_as_such() -> None:
    specs = specs_of(KINDS["service"].model)
    wrong = (
        "x",
        "name.x",
        "phones.number",
        "phones.x.number",
        "phones.1",
        "at.0.schedules.0.byday.x",
        "areas.0",
    )
    right = (
        "name",
        "phones.12.number",
        "at.0.schedules.1.byday.more",
        "at.0.schedules.1.dtstart.day",
        "areas",
    )
    assert unknown_fields(specs, dict.fromkeys((*wrong, *right), ("",))) == list(wrong)


def test_an_act_on_nothing_changes_nothing() -> None:
    specs = specs_of(KINDS["entitlement"].model)
    for act in (
        "add title",
        "add nothing",
        "remove x.1",
        "up ",
        "add translations.xx",
        "fly",
        "add steps.0.x",
    ):
        assert act_on(specs, {"title": ("T",)}, act) is None, act
    raised = act_on(specs, {"steps.0": ("a",)}, "up steps.0")
    assert raised == {"steps.0": ("a",)}


ODD: tuple[Any, ...] = (None, [], 3, "x", [[]], [{}], {"a": 1}, True, "2026-99-99", {"ar": 3})


@pytest.mark.parametrize("slug", [BURSARY, HOUSING, OFFICES, "lincolnshire-county-council"])
def test_whatever_a_draft_holds_can_be_shown_read_and_looked_at(slug: str) -> None:
    """Drafts also come from YAML and from sheets: none may break the form that is to mend them."""
    kind, body = DOCUMENTS[slug]
    model, specs = KINDS[kind].model, specs_of(KINDS[kind].model)
    for name in model.model_fields:
        for odd in (*ODD, [body.get(name), *ODD], {"first": "x", "ar": {}}):
            broken = {**body, name: odd}
            typed = filled(specs, broken)
            form_of(SECTIONS[kind], specs, typed, {}, faults_of(kind, read(specs, typed), broken))
            readable(kind, broken, ON)
            met = compared(body, broken, {**body, name: "theirs"})
            merged(broken, body, {each.unit: "theirs" for each in (*met.clashes, *met.theirs_only)})
