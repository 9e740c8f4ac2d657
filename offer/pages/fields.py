"""Form fields as a template sees them. Every field keeps what was typed, right or wrong."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer; `label` is what a person reads."""

    value: str
    label: str
    checked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """`id` is unique on the page, `name` is what is posted; `error` is "" where nothing is wrong."""

    kind: ClassVar[str]
    id: str
    name: str
    label: str
    hint: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField(Field):
    """One line of text or one number. `prefix` stands before it: "£"."""

    kind: ClassVar[str] = "text"
    value: str = ""
    inputmode: str = ""
    prefix: str = ""
    width: str = ""
    autocomplete: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateField(Field):
    """Day, month and year, each in its own box; posted as `name`-day, -month and -year."""

    kind: ClassVar[str] = "date"
    day: str = ""
    month: str = ""
    year: str = ""
    birthday: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RadioField(Field):
    """A question with its answers to choose from."""

    kind: ClassVar[str] = "radios"
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectField(Field):
    """A list to choose from; `first` stands above it and `last` below, `empty` is no answer at all."""

    kind: ClassVar[str] = "select"
    choices: tuple[Choice, ...]
    empty: str = ""
    first: tuple[Choice, ...] = ()
    last: tuple[Choice, ...] = ()
    last_label: str = ""


AnyField = TextField | DateField | RadioField | SelectField
