"""The parts of a form as it is shown: sections, fields, the records of a list, and what to choose from."""

from dataclasses import dataclass, field

from offer.staff.editing.spec import Widget


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One record of a list, or one language. `can_rise`: it can be moved before the one above it."""

    name: str
    title: str
    boxes: tuple["Box", ...]
    faults: tuple[str, ...]
    can_rise: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """One field. `id` is that of its first part, where a fault leads to."""

    widget: Widget
    name: str
    id: str
    label: str
    hint: str = ""
    value: str = ""
    faults: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    boxes: tuple["Box", ...] = ()
    groups: tuple[Group, ...] = ()
    one: str = ""
    width: int = 0
    rows: int = 0
    folded: bool = False
    day: tuple[str, ...] = ()
    more_words: str = ""
    more_label: str = ""
    more: str = ""

    @property
    def a_one(self) -> str:
        """ "a source", "an amount"."""
        return f"{'an' if self.one[:1] in 'aeiou' else 'a'} {self.one}"


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the form. `faults`: how many of its fields have one."""

    id: str
    title: str
    hint: str
    boxes: tuple[Box, ...]
    faults: int


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form; `faults` as (id of the field, what to do) for the list at its head."""

    parts: tuple[Part, ...]
    faults: tuple[tuple[str, str], ...] = field(default=())
