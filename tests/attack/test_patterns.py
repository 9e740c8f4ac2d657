"""ReDoS: no regular expression takes much longer for a longer text than the text is longer."""

from tests.attack.patterns import ROOT, Found, every, grows, hostile, inside_functions
from tests.strength import MANY, survived

HOW = "make strength (tests/attack/test_patterns.py)"
ALL = list({(each.where, each.pattern): each for each in every()}.values())
# These read what only we write, or what we escaped before: no text of anybody else's reaches them.
OURS_ALONE = {
    "offer/languages/finishing.py _TOKENS": "a page of ours, in which what people typed is escaped",
    "offer/pages/staff/preview.py _LINK": "a page of ours, in which what staff typed is escaped",
    "offer/languages/marks.py:40": "sentences of our own translations",
    "offer/saying.py _NOTE": "where an entry cites the law: a line of at most 400 signs",
}


def slow(found: Found, step: int) -> tuple[int, list[str]]:
    """How many texts were tried, and which were too much."""
    tried, wrong = 0, []
    for run in found.runs():
        for number, made in enumerate(hostile(found.pattern)):
            if number % step:
                continue
            tried += 1
            if how := grows(run, made):
                wrong.append(f"{made(24)!r}…: {how}")
    return tried, wrong


def test_every_pattern_is_found() -> None:
    assert len(ALL) > 150
    assert set(OURS_ALONE) <= {found.where for found in ALL}


def test_no_pattern_grows_faster_than_its_text() -> None:
    tried, wrong = 0, {}
    for found in ALL:
        if found.where in OURS_ALONE:
            continue
        count, faults = slow(found, 1 if MANY else 7)
        tried += count
        if faults:
            wrong[f"{found.where} {found.pattern.pattern[:80]}"] = faults[:3]
    assert not wrong, "\n".join(f"{where}: {faults}" for where, faults in wrong.items())
    survived("attack", "a text made to keep a regular expression busy", tried, tried, HOW)


def test_only_known_places_make_a_pattern_while_the_service_runs() -> None:
    """They put words into a pattern, escaped, or capital letters alone; the first has a pattern of ours."""
    places = {
        "offer/api/comparing.py _fault", "offer/staff/words/initials.py _is_explained",
        "offer/staff/words/jargon.py _first", "offer/staff/words/jargon.py _is_explained",
        "offer/staff/words/jargon.py _pattern",
    }  # fmt: skip
    assert inside_functions() == places
    assert (ROOT / "offer/staff/words/jargon.py").read_text("utf-8").count("re.escape") >= 3
