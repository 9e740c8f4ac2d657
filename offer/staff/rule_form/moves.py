"""What the buttons of the form do to its lines: add, take out, up, down, put in a group."""

import re
from collections.abc import Callable
from dataclasses import replace

from offer.staff.rule_form.fields import DEEPEST
from offer.staff.rule_form.lines import MOST, Kind, Line
from offer.staff.rule_form.tree import ROOT

ADDED: dict[str, Kind] = {
    "fact": "fact", "ask": "ask", "use": "use", "all": "all", "any": "any", "none": "none",
}  # fmt: skip
_DEED = re.compile(r"(add|remove|up|down|wrap):(r(?:-\d{1,3}){0,40})", re.ASCII)

Key = tuple[int, ...]


def moved(root: Line, deed: str, added: Callable[[str], str]) -> tuple[Line, str]:
    """The lines after a button, and the key of the line to look at; unchanged for a button we do not know.

    `added`: what to add to the group with a key, as the form says it.
    """
    match = _DEED.fullmatch(deed)
    after, key = _after(root, match, added) if match else (root, ROOT)
    fits = after.depth <= DEEPEST and sum(1 for _ in after.every()) <= MOST
    return (after, key) if fits else (root, key)


def _after(root: Line, match: re.Match[str], added: Callable[[str], str]) -> tuple[Line, str]:
    key: Key = tuple(int(number) for number in match[2].split("-")[1:])
    if _at(root, key) is None:
        return root, ROOT
    if match[1] == "add":
        return _add(root, key, ADDED.get(added(match[2]), "fact"))
    if match[1] == "wrap":
        return _changed(root, key, lambda line: Line("all", parts=(line,))), said_key(key)
    if not key:
        return root, ROOT  # the whole rule stays where it is
    return {"remove": _remove, "up": _up, "down": _down}[match[1]](root, key)


def said_key(key: Key) -> str:
    """ "r-0-2"."""
    return "-".join([ROOT, *map(str, key)])


def _at(line: Line, key: Key) -> Line | None:
    for number in key:
        if number >= len(line.parts):
            return None
        line = line.parts[number]
    return line


def _changed(line: Line, key: Key, change: Callable[[Line], Line]) -> Line:
    if not key:
        return change(line)
    part = _changed(line.parts[key[0]], key[1:], change)
    return replace(line, parts=(*line.parts[: key[0]], part, *line.parts[key[0] + 1 :]))


def _put(root: Line, group: Key, number: int, line: Line) -> tuple[Line, str]:
    def put(held: Line) -> Line:
        return replace(held, parts=(*held.parts[:number], line, *held.parts[number:]))

    return _changed(root, group, put), said_key((*group, number))


def _out(root: Line, key: Key) -> tuple[Line, Line]:
    """The lines without one, and that one."""
    group, number = key[:-1], key[-1]
    taken = _at(root, key)
    assert taken is not None

    def out(held: Line) -> Line:
        return replace(held, parts=(*held.parts[:number], *held.parts[number + 1 :]))

    return _changed(root, group, out), taken


def _add(root: Line, key: Key, kind: Kind) -> tuple[Line, str]:
    group = _at(root, key)
    if group is None or not group.is_group:
        return root, said_key(key)
    return _put(root, key, len(group.parts), Line(kind))


def _remove(root: Line, key: Key) -> tuple[Line, str]:
    return _out(root, key)[0], said_key(key[:-1])


def _up(root: Line, key: Key) -> tuple[Line, str]:
    """One place up: into the end of a group that stands above, or out of its own group."""
    rest, line = _out(root, key)
    group, number = key[:-1], key[-1]
    if number == 0:
        return _put(rest, group[:-1], group[-1], line) if group else (root, said_key(key))
    above = _at(rest, (*group, number - 1))
    if above is not None and above.is_group:
        return _put(rest, (*group, number - 1), len(above.parts), line)
    return _put(rest, group, number - 1, line)


def _down(root: Line, key: Key) -> tuple[Line, str]:
    """One place down: into the start of a group that stands below, or out of its own group."""
    rest, line = _out(root, key)
    group, number = key[:-1], key[-1]
    below = _at(rest, key)
    if below is None:
        return _put(rest, group[:-1], group[-1] + 1, line) if group else (root, said_key(key))
    if below.is_group:
        return _put(rest, key, 0, line)
    return _put(rest, group, number + 1, line)
