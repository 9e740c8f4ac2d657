"""The fields of the form: a line's key and what it holds, as `r-0-2.fact`. Read as hostile."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from offer.staff.rule_form.lines import GROUPS, MOST, Kind, Line
from offer.staff.rule_form.tree import ROOT

DEEPEST = 12  # groups in each other that can be sent; the grammar allows fewer, and says so at the line
LONGEST_YAML = 40_000
_FIELD = re.compile(r"(r(?:-\d{1,3}){0,40})\.([a-z_]{2,6})", re.ASCII)

_KINDS: tuple[Kind, ...] = (*GROUPS, "fact", "ask", "use", "yaml")
_TEXTS = ("id", "why", "cite", "any_id", "fact", "low", "high", "use")

Fields = Iterable[tuple[str, str]]


class FormFault(ValueError):  # noqa: N818 - what was sent, not what broke
    """A form that is not one of ours; the text says what to do."""


_BROKEN = "This form came back in a shape that we did not make. Open the page again."


def fields_of(line: Line, key: str = ROOT) -> Iterator[tuple[str, str]]:
    """Every field of a line and of the lines in it, as a browser would send them."""
    yield f"{key}.kind", line.kind
    yield from ((f"{key}.{name}", getattr(line, name)) for name in _TEXTS if getattr(line, name))
    yield from ((f"{key}.is", value) for value in line.chosen)
    pairs = (("order", " ".join(line.order)), ("places", line.places), ("text", line.text))
    yield from ((f"{key}.{name}", text) for name, text in pairs if text)
    if line.listed:
        yield f"{key}.listed", "yes"
    for number, part in enumerate(line.parts):
        yield from fields_of(part, f"{key}-{number}")


def read(sent: Fields) -> Line:
    """The lines of a form that was sent. Raises FormFault for one that is not ours."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, value in sent:
        match = _FIELD.fullmatch(name)
        if match:
            found.setdefault(match[1], {}).setdefault(match[2], []).append(value)
    if ROOT not in found:
        raise FormFault(_BROKEN)
    if len(found) > MOST:
        raise FormFault(f"A rule has at most {MOST} lines. Write a shorter one.")
    return _assembled(found)


def _assembled(found: Mapping[str, Mapping[str, list[str]]]) -> Line:
    """Lines in their groups, the innermost first; every line must stand in a group that was sent."""
    lines: dict[str, Line] = {}
    children: dict[str, list[tuple[int, str]]] = {}
    for key in sorted(found, key=lambda each: each.count("-"), reverse=True):
        if key.count("-") > DEEPEST:
            raise FormFault("These groups stand too deep in each other. Take one level out.")
        inside = sorted(children.get(key, ()))
        line = _line(found[key])
        if inside and not line.is_group:
            raise FormFault(_BROKEN)
        lines[key] = replace(line, parts=tuple(lines[part] for _, part in inside))
        if key != ROOT:
            parent, _, number = key.rpartition("-")
            if parent not in found:
                raise FormFault(_BROKEN)
            children.setdefault(parent, []).append((int(number), key))
    return lines[ROOT]


def _line(held: Mapping[str, list[str]]) -> Line:
    kind = next((each for each in _KINDS if [each] == held.get("kind")), None)
    if kind is None:
        raise FormFault(_BROKEN)
    texts: dict[str, Any] = {name: " ".join(held.get(name, [""])[0].split()) for name in _TEXTS}
    text = held.get("text", [""])[0]
    if len(text) > LONGEST_YAML:
        raise FormFault("One line of this rule is far too long. Write a shorter one.")
    return Line(
        kind,
        **texts,
        chosen=tuple(dict.fromkeys(held.get("is", ()))),
        order=tuple(held.get("order", [""])[0].split()),
        places=_lines(*(held.get(name, [""])[0] for name in ("places", "more"))),
        text=text if kind == "yaml" else " ".join(text.split()),
        listed="listed" in held,
    )


def _lines(*texts: str) -> str:
    """The lines of a box and of the one under it that adds a line; without empty ones."""
    return "\n".join(line for text in texts for line in text.splitlines() if line.strip())
