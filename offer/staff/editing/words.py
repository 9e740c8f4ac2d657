"""What a form says of a field or of a group of fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """A field in words: what it is called, what helps to fill it in, and how it is best asked.

    `one` is what one record of a list, or one box, is called: "source". `widget`: "" for that of its type.
    `lines`: a list is asked in one box, a line each; `ordered`: its boxes can be moved up. `choices`: the
    schema's values in words; `options`: whose values are only known when the form is shown, such as
    "entries". `width`: the signs of a short box; `rows`: the lines of a large one. `folded`: shown when
    asked for, and of a record together, under `more`.
    """

    label: str
    hint: str = ""
    one: str = ""
    widget: str = ""
    lines: bool = False
    ordered: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    options: str = ""
    width: int = 0
    rows: int = 0
    folded: bool = False
    more: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together under one heading."""

    id: str
    title: str
    fields: tuple[str, ...]
    hint: str = ""
