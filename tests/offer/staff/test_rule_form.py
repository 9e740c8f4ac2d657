"""The rule form: every rule comes back from it byte for byte, its buttons, its faults, and hostile forms."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.places import Places
from offer.catalogue import yaml_text
from offer.catalogue.documents import ENTITLEMENT, KINDS, record_of, text_of
from offer.clock import today
from offer.eligibility.facts import FACTS
from offer.eligibility.terms import CONDITIONS
from offer.staff.rule_form.fact_words import FACT_GROUPS, OFFERED
from offer.staff.rule_form.fields import DEEPEST, FormFault, fields_of, read
from offer.staff.rule_form.from_tree import canonical, root_of
from offer.staff.rule_form.lines import MOST, Line
from offer.staff.rule_form.moves import moved
from offer.staff.rule_form.place_words import PlaceWords, place_words
from offer.staff.rule_form.shared import SHARED
from offer.staff.rule_form.tree import written

FILES = sorted(KINDS[ENTITLEMENT].starter.glob("*.yaml"))


@pytest.fixture(scope="module")
def words(places: Places) -> PlaceWords:
    return place_words(
        ((each.gss, each.name) for each in places.districts(today())),
        ((each.gss, each.name) for each in places.authorities(today())),
    )


def through(tree: Any, words: PlaceWords) -> Any:
    """The tree after a browser sent the form of it back untouched."""
    return written(read(fields_of(root_of(tree, words))), words).tree


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_rule_of_ours_comes_back_byte_for_byte_and_is_shown_whole(
    file: Path, words: PlaceWords
) -> None:
    document = record_of(ENTITLEMENT, yaml_text.read(file.read_text("utf-8")).data).document
    root = root_of(document.rule, words)  # type: ignore[attr-defined]
    assert not [line for line in root.every() if line.kind == "yaml"], "no line of ours needs YAML"
    again = document.model_copy(update={"rule": through(document.rule, words)})  # type: ignore[attr-defined]
    assert text_of(again) == text_of(document)


_words = st.text(min_size=1, max_size=30)
_places = st.lists(
    st.sampled_from(["E07000136", "E06000047", "E10000019", "E07000142", "nowhere"]), min_size=1
)


def _leaf(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """A test of one fact, sometimes of a value that the fact cannot have."""
    fact = FACTS[name]
    number = st.integers(-10_000, 30_000_000)
    test: st.SearchStrategy[Any] = {
        "bool": st.fixed_dictionaries({"is": st.booleans() | st.just(1)}),
        "choice": st.fixed_dictionaries({"in": st.lists(st.sampled_from(sorted(fact.values) or [""]))}),
        "area": st.fixed_dictionaries({"in": _places}),
    }.get(fact.type, st.fixed_dictionaries({}, optional={"from": number, "before": number}))
    return test.map(lambda held: {"fact": name, **held})


_leaves = (
    st.sampled_from(sorted(FACTS)).flatmap(_leaf)
    | st.fixed_dictionaries({"ask": _words})
    | st.fixed_dictionaries(
        {"use": st.sampled_from(sorted(SHARED)) | _words}, optional={"authority": _places}
    )
    | st.dictionaries(
        _words, st.none() | st.booleans() | st.integers() | _words | st.lists(_words), max_size=3
    )
)


def _groups(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    shapes = [st.fixed_dictionaries({kind: st.lists(parts, max_size=4)}) for kind in ("all", "any")]
    return st.one_of(*shapes, st.fixed_dictionaries({"not": parts}))


def _with_common(node: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    common = st.fixed_dictionaries({}, optional={"id": _words, "why": _words | st.none(), "cite": _words})
    return st.tuples(node, common).map(lambda pair: {**pair[0], **pair[1]})


_named = iter(range(10**9))
TREES = st.recursive(_with_common(_leaves), lambda parts: _with_common(_groups(parts)), max_leaves=12)


def _ids(tree: Any) -> Any:
    """The tree with an id at every node that has none: the form gives one to those."""
    if not isinstance(tree, dict):
        return [_ids(part) for part in tree] if isinstance(tree, list) else tree
    return {"id": f"n{next(_named)}", **{key: _ids(value) for key, value in tree.items()}}


@given(TREES)
@settings(max_examples=400)
def test_any_tree_comes_back_as_it_was(words: PlaceWords, tree: Any) -> None:
    tree = _ids(tree)
    root = root_of(tree, words)
    came = written(read(fields_of(root)), words)
    if not any(line.is_group and not line.parts for line in root.every()):  # an empty group is a fault, told
        assert canonical(came.tree) == canonical(tree)
    assert read(fields_of(root)) == root


def test_what_the_form_cannot_show_is_carried_unchanged(words: PlaceWords) -> None:
    odd = {"id": "x", "fact": "age_years", "from": 18, "weather": "fine"}
    tree = {"id": "r", "all": [odd, {"id": "p", "fact": "employed", "is": True}]}
    root = root_of(tree, words)
    assert [part.kind for part in root.parts] == ["yaml", "fact"]
    assert through(tree, words) == tree


def test_every_fact_that_a_rule_can_test_is_offered_once_and_every_shared_piece_too() -> None:
    offered = [name for group in FACT_GROUPS for name, _ in group.facts]
    assert sorted(offered) == sorted(OFFERED)
    assert sorted(SHARED) == sorted(CONDITIONS)


def line(fact: str, **held: Any) -> Line:
    return Line("fact", fact=fact, **held)


def test_new_lines_get_ids_from_what_they_test_and_old_ones_keep_theirs(words: PlaceWords) -> None:
    old = line("age_years", id="age-years", low="16")
    root = Line(
        "all", id="rule", parts=(old, line("age_years", high="25"), Line("ask", text="Your adviser agrees"))
    )
    found = written(root, words)
    assert found.tree == {
        "id": "rule",
        "all": [
            {"id": "age-years", "fact": "age_years", "from": 16},
            {"id": "age-years-2", "fact": "age_years", "before": 25},
            {"id": "decided", "ask": "Your adviser agrees"},
        ],
    }


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (line(""), "Choose what this line is about."),
        (line("no_such_fact"), "We do not know this fact."),
        (line("employed"), "Choose an answer."),
        (line("in_education", chosen=("magic",)), "Choose one answer or more."),
        (line("age_years"), "Write at least one of the two numbers."),
        (line("age_years", low="25", high="18"), "The first number must be smaller"),
        (line("age_years", low="eighteen"), "is not a whole number"),
        (line("savings_gbp", high="1.5.0"), "is not an amount"),
        (line("lives_in", places="Bostan"), "Did you mean Boston?"),
        (line("lives_in"), "Write at least one place"),
        (Line("ask"), "Write what somebody decides"),
        (Line("use", use="magic"), "Choose which shared piece"),
        (Line("any"), "There is nothing in this group yet."),
        (Line("yaml", text="[" * 5000), "came back broken"),
        (Line("yaml", text="[]"), "no part of a rule"),
        (Line("ask", text="x", why="y" * 601), "601 letters long"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_at_it_and_the_others_are_still_read(
    words: PlaceWords, wrong: Line, told: str
) -> None:
    found = written(Line("all", parts=(wrong, line("employed", chosen=("true",)))), words)
    assert list(found.faults) == ["r-0"] and told in found.faults["r-0"]
    assert found.tree == {"id": "all-of", "all": [{"id": "employed", "fact": "employed", "is": True}]}


def test_money_is_written_in_pounds_up_to_what_still_counts(words: PlaceWords) -> None:
    tree = {"id": "x", "fact": "savings_gbp", "from": 1050, "before": 19501}
    held = root_of(tree, words)
    assert (held.low, held.high) == ("10.50", "195")
    assert written(line("savings_gbp", id="x", low="£10.50", high="195.00"), words).tree == tree


def kinds(root: Line) -> str:
    """Lines in short: "all(a any(b))"."""
    return f"{root.kind}({' '.join(map(kinds, root.parts))})" if root.is_group else root.id


START = Line(
    "all", parts=(Line("ask", id="a"), Line("any", parts=(Line("ask", id="b"),)), Line("ask", id="c"))
)


@pytest.mark.parametrize(
    ("deed", "after", "looks_at"),
    [
        ("add:r-1", "all(a any(b ) c)", "r-1-1"),
        ("remove:r-1", "all(a c)", "r"),
        ("up:r-2", "all(a any(b c))", "r-1-1"),
        ("down:r-0", "all(any(a b) c)", "r-0-0"),
        ("up:r-1-0", "all(a b any() c)", "r-1"),
        ("down:r-1-0", "all(a any() b c)", "r-2"),
        ("up:r-1", "all(any(b) a c)", "r-0"),
        ("up:r-0", "all(a any(b) c)", "r-0"),
        ("down:r-2", "all(a any(b) c)", "r-2"),
        ("wrap:r", "all(all(a any(b) c))", "r"),
        ("remove:r", "all(a any(b) c)", "r"),
        ("remove:r-9", "all(a any(b) c)", "r"),
        ("add:r-0", "all(a any(b) c)", "r-0"),
        ("burn:r", "all(a any(b) c)", "r"),
        ("up:r-1-0-0-0-0-0-0-0", "all(a any(b) c)", "r"),
    ],
)
def test_each_button_moves_one_line_and_no_line_is_ever_lost(deed: str, after: str, looks_at: str) -> None:
    root, key = moved(START, deed, lambda _: "fact")
    assert (kinds(root), key) == (after, looks_at)


@given(
    st.lists(st.tuples(st.sampled_from(["up", "down", "add", "wrap"]), st.integers(0, 5), st.integers(0, 3)))
)
def test_however_lines_are_moved_what_they_say_stays(deeds: list[tuple[str, int, int]]) -> None:
    root = START
    for deed, first, second in deeds:
        for key in (f"r-{first}", f"r-{first}-{second}"):
            root, _ = moved(root, f"{deed}:{key}", lambda _: "any")
    assert sorted(each.id for each in root.every() if each.kind == "ask") == ["a", "b", "c"]
    assert read(fields_of(root)) == root


def nested(deep: int) -> Iterator[tuple[str, str]]:
    for level in range(deep):
        yield f"r{'-0' * level}.kind", "all"


@pytest.mark.parametrize(
    "sent",
    [
        [],
        [("r.kind", "evil")],
        [("r.kind", "all"), ("r.kind", "any")],
        [("r.kind", "all"), ("r-0-0.kind", "ask")],
        [("r.kind", "ask"), ("r-0.kind", "ask")],
        [("r.kind", "all"), ("r-0.id", "x")],
        [("r.kind", "yaml"), ("r.text", "x" * 100_000)],
        list(nested(DEEPEST + 2)),
        list(nested(2000)),
        [("r.kind", "all"), *((f"r-{n}.kind", "ask") for n in range(MOST))],
    ],
    ids=["nothing", "kind", "twice", "orphan", "in-a-leaf", "no-kind", "long", "deep", "bomb", "many"],
)
def test_a_form_that_is_not_ours_is_refused_in_words(sent: list[tuple[str, str]]) -> None:
    with pytest.raises(FormFault, match=r"\. [A-Z]"):
        read(sent)


@given(
    st.lists(st.tuples(st.from_regex(r"r(-[0-9]{1,4}){0,5}\.[a-z]{2,6}", fullmatch=True) | _words, _words))
)
def test_whatever_is_sent_is_lines_or_a_fault(words: PlaceWords, sent: list[tuple[str, str]]) -> None:
    try:
        root = read([("r.kind", "all"), *sent])
    except FormFault:
        return
    found = written(root, words)
    assert found.tree is None or json.dumps(found.tree)
