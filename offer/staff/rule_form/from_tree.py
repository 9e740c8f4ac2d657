"""How a rule's tree becomes lines. What the form cannot write back byte for byte is carried as it is."""

import json
from collections.abc import Mapping
from typing import Any

from offer.eligibility.facts import FACTS
from offer.staff.rule_form.fact_words import OFFERED
from offer.staff.rule_form.fields import fields_of, read
from offer.staff.rule_form.lines import MOST, Line
from offer.staff.rule_form.numbers import said_from, said_until
from offer.staff.rule_form.place_words import PlaceWords
from offer.staff.rule_form.shared import SHARED
from offer.staff.rule_form.tree import own_tree

DEEPEST = 8  # groups inside groups that the form shows; a rule may have five levels once they are merged

Tree = Mapping[str, Any]


def root_of(tree: Any, places: PlaceWords) -> Line:
    """The lines of a whole rule; one line of kind "yaml" for a rule with more lines than a form holds."""
    root = line_of(tree, places)
    return root if sum(1 for _ in root.every()) <= MOST else _as_it_is(tree)


def line_of(tree: Any, places: PlaceWords, deep: int = 0) -> Line:
    """The line of a node, with the lines in it."""
    group = _group_of(tree, places, deep) if deep < DEEPEST else None
    if group is not None:
        return group
    found = _leaf_of(tree, places)
    comes_back = found is not None and read(fields_of(found)) == found
    if found is not None and comes_back and same(own_tree(found, places), tree):
        return found
    return _as_it_is(tree)


def _as_it_is(tree: Any) -> Line:
    return Line("yaml", text=canonical(tree))


def canonical(tree: Any) -> str:
    """A tree as one line of text; equal texts are equal trees, with 1 and true told apart."""
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def same(one: Any, other: Any) -> bool:
    """Whether two trees are the same, to the type of each value."""
    return canonical(one) == canonical(other)


def _text(tree: Any, key: str) -> str:
    value = tree.get(key) if isinstance(tree, Mapping) else None
    return value if isinstance(value, str) else ""


def _common(tree: Tree) -> dict[str, Any]:
    return {key: _text(tree, key) for key in ("id", "why", "cite")}


def _plain(tree: Any, shape: str) -> bool:
    """Whether a node has an id, this key, and besides at most a `why` and a `cite` that are not empty."""
    if not isinstance(tree, Mapping) or not {"id", shape} <= set(tree) <= {"id", shape, "why", "cite"}:
        return False
    return all(_tidy(tree[key]) for key in ("id", "why", "cite") if key in tree)


def _tidy(value: Any) -> bool:
    """Whether a text comes back from a field of a page as it went in."""
    return isinstance(value, str) and bool(value) and " ".join(value.split()) == value


def _group_of(tree: Any, places: PlaceWords, deep: int) -> Line | None:
    for kind in ("all", "any"):
        if _plain(tree, kind) and isinstance(tree[kind], list):
            return Line(kind, **_common(tree), parts=_parts(tree[kind], places, deep))
    if not _plain(tree, "not"):
        return None
    inside = tree["not"]
    if _plain(inside, "any") and isinstance(inside["any"], list) and not {"why", "cite"} & set(inside):
        parts = _parts(inside["any"], places, deep)
        return Line("none", **_common(tree), any_id=inside["id"], parts=parts)
    return Line("none", **_common(tree), parts=_parts([inside], places, deep))


def _parts(trees: list[Any], places: PlaceWords, deep: int) -> tuple[Line, ...]:
    return tuple(line_of(part, places, deep + 1) for part in trees)


def _leaf_of(tree: Any, places: PlaceWords) -> Line | None:
    if not isinstance(tree, Mapping):
        return None
    if "ask" in tree:
        return Line("ask", **_common(tree), text=_text(tree, "ask"))
    if _text(tree, "use") in SHARED:
        given = tree.get("authority", [])
        named = given if isinstance(given, list) else [given]
        listed = isinstance(given, list) and len(given) == 1
        said = places.said(named, "responsible_authority")
        return Line("use", **_common(tree), use=tree["use"], places=said, listed=listed)
    if _text(tree, "fact") in OFFERED:
        return _fact_of(tree, places)
    return None


def _fact_of(tree: Tree, places: PlaceWords) -> Line | None:
    fact, common = FACTS[tree["fact"]], _common(tree)
    match fact.type:
        case "bool":
            chosen = ("true" if tree.get("is") is True else "false",)
            return Line("fact", **common, fact=fact.name, chosen=chosen)
        case "choice" | "area":
            values = tree.get("in")
            if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
                return None
            if fact.type == "area":
                return Line("fact", **common, fact=fact.name, places=places.said(values, fact.name))
            return Line("fact", **common, fact=fact.name, chosen=tuple(values), order=tuple(values))
        case _:
            low, high = said_from(fact, tree.get("from")), said_until(fact, tree.get("before"))
            return Line("fact", **common, fact=fact.name, low=low, high=high)
