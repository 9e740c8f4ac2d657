"""Two people who changed the same document: what each changed, and one body made of both. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Body = Mapping[str, Any]
Side = Literal["mine", "theirs"]
APART = "translations"  # each language is a field of its own


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both changed, each in another way; `unit` is its name ("steps", "translations.ar")."""

    unit: str
    was: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs. `theirs_only`: fields that only the other changed."""

    clashes: tuple[Clash, ...]
    theirs_only: tuple[Clash, ...]

    @property
    def nothing(self) -> bool:
        """Whether the other changed nothing that is not mine too."""
        return not self.clashes and not self.theirs_only


def compared(was: Body, mine: Body, theirs: Body) -> Compared:
    """Field by field, in the order of my body."""
    clashes: list[Clash] = []
    only: list[Clash] = []
    for unit in _units(mine, theirs, was):
        each = Clash(unit, *(value_of(body, unit) for body in (was, mine, theirs)))
        if each.theirs in (each.mine, each.was):
            continue
        (only if each.mine == each.was else clashes).append(each)
    return Compared(tuple(clashes), tuple(only))


def merged(mine: Body, theirs: Body, choices: Mapping[str, Side]) -> dict[str, Any]:
    """My body, with their words where those were chosen."""
    found = dict(mine)
    for unit, side in choices.items():
        if side == "theirs":
            _set(found, unit, value_of(theirs, unit))
    return found


def value_of(body: Body, unit: str) -> Any:
    """What a body holds for a field; None for nothing."""
    name, _, code = unit.partition(".")
    held = body.get(name)
    if code:
        return held.get(code) if isinstance(held, dict) else None
    return held


def _units(*bodies: Body) -> Iterator[str]:
    names = dict.fromkeys(name for body in bodies for name in body)
    for name in names:
        if name == APART:
            tables = (body.get(name) for body in bodies)
            codes = (code for table in tables if isinstance(table, dict) for code in table)
            yield from dict.fromkeys(f"{APART}.{code}" for code in codes)
        else:
            yield name


def _set(body: dict[str, Any], unit: str, value: Any) -> None:
    name, _, code = unit.partition(".")
    if not code:
        new = value
    else:
        held = body.get(name)
        table = {**(held if isinstance(held, dict) else {}), code: value}
        new = {each: words for each, words in table.items() if words is not None} or None
    if new is None:
        body.pop(name, None)
    else:
        body[name] = new
