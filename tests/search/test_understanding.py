"""An age, a place and hints are read out of a search; a postcode never stays in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.ages import said_age
from search.lists import read_lines
from search.understanding import PlaceRead, Understood, understand

LINCOLN = PlaceRead("name", "City of Lincoln", "E07000138")
NORTH_KESTEVEN = PlaceRead("name", "North Kesteven", "E07000139")
KNOWN = {
    "lincoln": LINCOLN,
    "north kesteven": NORTH_KESTEVEN,
    "kesteven": PlaceRead("name", "Kesteven", None),
    "newcastle upon tyne": PlaceRead("name", "Newcastle upon Tyne", "E08000021"),
    "newcastle": PlaceRead("name", "Newcastle", None),
    "send": PlaceRead("name", "Send", "E07000209"),
    "reading": PlaceRead("name", "Reading", "E06000038"),
    "ng347ef": PlaceRead("postcode", "North Kesteven", "E07000139"),
    "s17": PlaceRead("outcode", "S17", "E08000019"),
    "ln1": PlaceRead("outcode", "LN1", None),
}


def resolve(text: str) -> PlaceRead | None:
    plain = " ".join(text.lower().split())
    return KNOWN.get(plain) or KNOWN.get(plain.replace(" ", ""))


def read(query: str) -> Understood:
    return understand(query, resolve)


@pytest.mark.parametrize(
    ("query", "age"),
    [
        ("council tax 22 lincoln", 22),
        ("i am 23 can i still get help", 23),
        ("im 17 and my gf is 19", 17),
        ("aged 16", 16),
        ("turning 21", 21),
        ("my 21st birthday", 21),
        ("18 year old council tax", 18),
        ("19yo skint", 19),
        ("i'm 18.", 18),
        ("what do i get at 18", 18),
        ("30", 30),
        ("£2000 bursary", None),
        ("£20 off", None),
        ("16-19 bursary", None),
        ("16/17 rent", None),
        ("16 to 19 bursary", None),
        ("can i stay with my foster mum after 18", None),
        ("shared accommodation rate under 35", None),
        ("when can i claim uc before 18", None),
        ("under 25", None),
        ("over 21", None),
        ("up to 25", None),
        ("before my 25th birthday", None),
        ("17 or 18", None),
        ("not eaten for 2 days", None),
        ("17 weeks pregnant", None),
        ("20 hours a week", None),
        ("section 17 help", None),
        ("s17 assessment", None),
        ("bus 21", None),
        ("24/7 help", None),
        ("18+", None),
        ("25% off", None),
        ("13", None),
        ("31", None),
        ("1822", None),
        ("", None),
    ],
)
def test_an_age_is_one_number_that_nothing_speaks_against(query: str, age: int | None) -> None:
    said = said_age(query)
    assert (said.age if said else None) == age


def test_words_age_and_place_are_taken_apart() -> None:
    understood = read("council tax 22 lincoln")
    assert (understood.words, understood.age, understood.place) == ("council tax", 22, LINCOLN)


def test_what_leads_to_an_age_or_a_place_goes_with_it() -> None:
    assert read("im 19 bus pass in Lincoln").words == "bus pass"


@pytest.mark.parametrize("query", ["gym NG34 7EF", "gym ng347ef", "NG34  7EF gym"])
def test_a_postcode_becomes_its_district(query: str) -> None:
    understood = read(query)
    assert understood.words == "gym"
    assert understood.place == PlaceRead("postcode", "North Kesteven", "E07000139")
    assert understood.had_postcode


@pytest.mark.parametrize("query", ["NG34 im 17 7EF hub", "NG34 in Lincoln 7EF hub", "DH1 aged 18 1ZZ hub"])
def test_halves_of_a_postcode_come_together_in_no_words(query: str) -> None:
    understood = understand(query, resolve)
    assert understood.words.split()[-1] == "hub"
    assert "7EF" not in understood.words and "1ZZ" not in understood.words and understood.had_postcode


def test_an_unknown_postcode_leaves_no_trace_either() -> None:
    understood = read("hub zz99 9zz please")
    assert (understood.words, understood.place, understood.had_postcode) == ("hub please", None, True)


@pytest.mark.parametrize("query", ["s17 assessment", "hub ln1"])
def test_an_outcode_is_offered_and_never_applied(query: str) -> None:
    understood = read(query)
    assert understood.place is None
    assert [place.kind for place in understood.offered] == ["outcode"]
    assert understood.words == query


def test_the_longest_name_wins() -> None:
    assert read("jobs newcastle upon tyne").place == KNOWN["newcastle upon tyne"]
    assert read("flats North Kesteven").place == NORTH_KESTEVEN


def test_a_name_that_spans_several_districts_is_offered() -> None:
    understood = read("hub newcastle")
    assert (understood.place, understood.offered) == (None, (KNOWN["newcastle"],))
    assert understood.words == "hub newcastle"


@pytest.mark.parametrize("query", ["send", "reading lessons", "SEND support"])
def test_an_everyday_word_is_no_place(query: str) -> None:
    assert read(query).place is None
    assert read(query).words == query


@pytest.mark.parametrize("query", ["hub in reading", "hub near Reading"])
def test_an_everyday_word_after_in_or_near_is_a_place(query: str) -> None:
    assert read(query).place == KNOWN["reading"]
    assert read(query).words == "hub"


def test_a_place_alone_leaves_no_words() -> None:
    assert (read("lincoln").words, read("lincoln").place) == ("", LINCOLN)


def test_topics_and_statuses_are_hints_and_change_nothing() -> None:
    understood = read("council tax student")
    assert (understood.topics, understood.statuses) == (("council-tax", "education"), ("student",))
    assert understood.words == "council tax student"


def test_every_everyday_place_is_one_lower_case_word() -> None:
    listed = [word for line in read_lines("everyday_places.txt") for word in line.split()]
    assert all(word.isalpha() and word.islower() for word in listed)
    assert len(listed) == len(set(listed))


def test_a_long_text_asks_the_resolver_nothing() -> None:
    asked: list[str] = []
    understand("rent " * 400, asked.append)
    assert asked == []


@given(st.text(max_size=300))
def test_any_text_is_taken_apart(text: str) -> None:
    assert isinstance(read(text), Understood)
