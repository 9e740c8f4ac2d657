"""The line of law beside a right: quoted from the entry, on every entry we hold."""

from datetime import date

import pytest

from offer.answer import answer
from offer.eligibility.dates import ONE_DAY
from offer.law_line import forms_of, law_line, limits_of
from offer.person import read_person
from offer.published import Published

ON = date(2026, 11, 22)
FACTS = {
    "date_of_birth": "2007-04-20", "lives_in": "E07000139", "responsible_authority": "E10000019",
    "care_when": "left_at_18", "care_13_weeks": True,
}  # fmt: skip


def test_a_line_holds_what_the_entry_and_the_answer_say(published: Published) -> None:
    person = read_person(published, FACTS, ON)
    found = {each.slug: each for each in answer(published, person.situation, ON).outcomes}
    entry = published.entries["setting-up-home-allowance"]
    line = law_line(entry, found[entry.id], ON)
    assert line.laws == tuple(law.cite for law in entry.legal_basis)
    assert line.decides == entry.decided_by.rstrip(".")
    assert line.bring == tuple(entry.bring)
    assert line.check == found[entry.id].asks
    ends = found[entry.id].until
    assert line.last_day == (ends - ONE_DAY if ends else None)


def test_the_last_day_is_the_day_before_it_stops_and_a_no_has_none(published: Published) -> None:
    person = read_person(published, FACTS, ON)
    for each in answer(published, person.situation, ON).outcomes:
        line = law_line(published.entries[each.slug], each, ON)
        if each.outcome == "no" or each.until is None:
            assert line.last_day is None
        else:
            assert line.last_day == each.until - ONE_DAY >= ON


def test_forms_and_time_limits_are_the_entrys_own_sentences(published: Published) -> None:
    named = {slug: (forms_of(entry), limits_of(entry)) for slug, entry in published.entries.items()}
    for slug, (forms, limits) in named.items():
        entry = published.entries[slug]
        said = " ".join(
            " ".join(text.split())
            for text in (*entry.steps, *entry.what_you_get, *entry.good_to_know, entry.if_told_no)
        )
        assert all(form in entry.steps for form in forms)
        assert all(limit in said for limit in limits)
    assert "12 months" in named["complaints-and-ombudsman"][1][0]
    assert "apprentice form" in named["council-tax-apprentice-disregard"][0][0]
    assert sum(bool(forms) for forms, _ in named.values()) > 10


@pytest.mark.parametrize("text", ["Ask your sixth form for the bursary.", "Look at other forms of help."])
def test_not_everything_called_a_form_is_one(published: Published, text: str) -> None:
    entry = published.entries["setting-up-home-allowance"].model_copy(update={"steps": [text]})
    assert forms_of(entry) == ()
