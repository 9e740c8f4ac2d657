"""Buttons of a form that only change the form: another box, one less, one further up. Nothing is stored."""

from collections.abc import Iterator, Sequence

from offer.staff.editing.spec import Spec, find
from offer.staff.editing.typed import DAY_PARTS, Typed, numbers_of


def act_on(specs: Sequence[Spec], typed: Typed, act: str) -> Typed | None:
    """What `add sources`, `remove sources.1` or `up steps.2` makes of the form; None for another act."""
    verb, _, name = act.partition(" ")
    if verb == "add" and (spec := _at(specs, name)) and spec.widget in ("records", "boxes", "languages"):
        return _added(spec, typed, name)
    if verb == "remove" and _at(specs, name):
        return {each: value for each, value in typed.items() if not _within(each, name)}
    if verb == "up" and _at(specs, name):
        return _raised(typed, name)
    return None


def _at(specs: Sequence[Spec], name: str) -> Spec | None:
    """The field of a name, whatever its numbers and languages."""
    found: Spec | None = None
    for step in name.split("."):
        inner = find(specs, step)
        if inner is not None:
            found, specs = inner, inner.parts
        elif found is None or not (step.isdigit() or step in found.words.choices):
            return None
    return found


def _within(each: str, name: str) -> bool:
    return each == name or each.startswith(f"{name}.")


def _added(spec: Spec, typed: Typed, name: str) -> Typed:
    """One more box or record; `name` of a language ends in its code."""
    numbers = numbers_of(typed, name)
    if spec.widget == "languages":
        name, _, new = name.rpartition(".")
    else:
        new = str(int(numbers[-1]) + 1) if numbers else "1" if spec.widget == "boxes" else "0"
    if not name:
        return typed
    at = f"{name}.{new}"
    if spec.widget == "boxes":
        first = {} if numbers else {f"{name}.0": ("",)}
        return {**typed, **first, at: ("",)}
    blanks = {blank: ("",) for part in spec.parts for blank in _blanks(part, f"{at}.{part.name}")}
    return {**blanks, **typed}


def _blanks(spec: Spec, name: str) -> Iterator[str]:
    if spec.widget in ("line", "text", "lines", "choice", "yesno", "number", "money"):
        yield name
    elif spec.widget == "day":
        yield from (f"{name}.{part}" for part in DAY_PARTS)


def _raised(typed: Typed, name: str) -> Typed:
    """Changes places with the box or the record before it."""
    start, _, number = name.rpartition(".")
    numbers = numbers_of(typed, start)
    place = numbers.index(number) if number in numbers else 0
    if place == 0:
        return typed
    other = f"{start}.{numbers[place - 1]}"
    swapped = {name: other, other: name}
    return {_renamed(each, swapped): value for each, value in typed.items()}


def _renamed(each: str, swapped: dict[str, str]) -> str:
    for old, new in swapped.items():
        if _within(each, old):
            return new + each.removeprefix(old)
    return each
