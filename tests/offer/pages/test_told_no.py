"""After a no: ways that fit who decides, with numbers from the directory and no others."""

from offer.pages.told_no import ways_on
from offer.published import Published


def titles(published: Published, slug: str, whose: str = "") -> list[str]:
    return [way.title for way in ways_on(published, published.entries[slug], whose)]


def test_a_council_s_no_can_be_taken_to_the_ombudsman(published: Published) -> None:
    assert titles(published, "durham-guaranteed-interview", "Durham County Council") == [
        "Get someone on your side",
        "Complain to Durham County Council",
        "Go to the Ombudsman",
    ]


def test_what_no_council_decides_is_not_sent_to_a_council_s_ombudsman(published: Published) -> None:
    assert titles(published, "universal-credit-from-18") == ["Get someone on your side"]


def test_the_council_s_own_advocacy_stands_first(published: Published) -> None:
    ways = ways_on(published, published.entries["gateshead-broadband-laptop"], "Gateshead Council")
    assert ways[0].lines[0].link.href == "/services/gateshead-childrens-rights"
    assert ways[0].lines[1].link.href == "/services/coram-voice-always-heard"


def test_the_page_on_complaints_does_not_lead_to_itself(published: Published) -> None:
    ways = ways_on(published, published.entries["complaints-and-ombudsman"], "")
    assert all(way.more is None for way in ways)


def test_every_number_is_the_directory_s_and_every_entry_has_one(published: Published) -> None:
    held = {phone.number for service in published.services.values() for phone in service.phones}
    for entry in published.entries.values():
        shown = [
            phone.number
            for way in ways_on(published, entry, "")
            for line in way.lines
            for phone in line.phones
        ]
        assert shown and set(shown) <= held, entry.id
