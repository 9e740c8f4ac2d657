"""What a form asks, made from the schema of a document: one field of the form for each field of the record.

The schema says what kind of field each is and what may stand in it; the tables of `labels.py` and
`directory_labels.py` say in words what it is for. A field that neither names is a fault of ours, which
a test finds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, StringConstraints
from pydantic_core import PydanticUndefined

from offer.staff.editing.asked import CARRIED, WORDS, Words

Widget = Literal[
    "line", "text", "number", "money", "day", "choice", "yesno", "tick",
    "lines", "boxes", "picks", "numbers", "group", "records", "languages",
]  # fmt: skip
LONG_TEXT = 2000  # signs: what may be as long is asked for in a large box


@dataclass(frozen=True, slots=True)
class Spec:
    """One field. `default`: what an empty one stands for; `required` has none.

    `parts` are the fields of a group, of each record of a list, or of each language; `order`: their place as
    they are shown, which is that of the words. `longest`: signs that
    fit, 0 for no matter. `options`: the values of a choice; those named by `words.options` are found out
    when the form is shown.
    """

    name: str
    widget: Widget
    words: Words
    required: bool
    default: Any = None
    longest: int = 0
    options: tuple[str, ...] = ()
    parts: tuple["Spec", ...] = ()
    order: int = 0

    def part(self, name: str) -> "Spec":
        """The field of that name within this one. Raises KeyError."""
        return next((each for each in self.parts if each.name == name), None) or _unknown(name)


def _unknown(name: str) -> Spec:
    raise KeyError(name)


@cache
def specs_of(model: type[BaseModel]) -> tuple[Spec, ...]:
    """Every field of a record that the form asks for, in the schema's order."""
    hints = get_type_hints(model, include_extras=True)
    names = [name for name in model.model_fields if name not in CARRIED.get(model, {})]
    return tuple(_spec(model, name, hints[name]) for name in names)


def _spec(model: type[BaseModel], name: str, hint: Any) -> Spec:
    info, words = model.model_fields[name], WORDS[model][name]
    kind = _plain(hint)
    widget = words.widget or _widget(kind, required=info.is_required(), lines=words.lines)
    return Spec(
        name=name,
        widget=widget,  # type: ignore[arg-type]
        words=words,
        required=info.is_required(),
        default=_default(info.get_default(call_default_factory=True)),
        longest=_longest(_item(kind)),
        options=_options(_item(kind)),
        parts=_parts(_item(kind)),
        order=list(WORDS[model]).index(name),
    )


def _default(value: Any) -> Any:
    """A default as the body would hold it."""
    if value is PydanticUndefined:
        return None
    return list(value) if isinstance(value, tuple) else value


def _plain(hint: Any) -> Any:
    """A type without `| None`."""
    if get_origin(hint) in (Union, UnionType):
        return next(each for each in get_args(hint) if each is not NoneType)
    return hint


def _item(kind: Any) -> Any:
    """What a list or a table of languages holds; the type itself otherwise."""
    origin = get_origin(kind)
    if origin in (list, tuple):
        return get_args(kind)[0]
    return get_args(kind)[1] if origin is dict else kind


def _bare(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _longest(kind: Any) -> int:
    if get_origin(kind) is not Annotated:
        return 0
    limits = (each for each in get_args(kind)[1:] if isinstance(each, StringConstraints))
    return next((each.max_length or 0 for each in limits), 0)


def _options(kind: Any) -> tuple[str, ...]:
    return tuple(get_args(kind)) if get_origin(kind) is Literal else ()


def _parts(kind: Any) -> tuple[Spec, ...]:
    return specs_of(kind) if isinstance(kind, type) and issubclass(kind, BaseModel) else ()


def _widget(kind: Any, *, required: bool, lines: bool) -> Widget:
    origin = get_origin(kind)
    if origin is dict:
        return "languages"
    if origin in (list, tuple):
        return _list_widget(_item(kind), lines=lines)
    return _one_widget(kind, required=required)


def _list_widget(item: Any, *, lines: bool) -> Widget:
    if _parts(item):
        return "records"
    if _options(item):
        return "picks"
    if _bare(item) is int:
        return "numbers"
    return "lines" if lines else "boxes"


def _one_widget(kind: Any, *, required: bool) -> Widget:
    if _parts(kind):
        return "group"
    if _options(kind):
        return "choice"
    plain: Mapping[Any, Widget] = {bool: "yesno" if required else "tick", int: "number", date: "day"}
    if _bare(kind) in plain:
        return plain[_bare(kind)]
    return "text" if _longest(kind) >= LONG_TEXT else "line"


def find(specs: Sequence[Spec], name: str) -> Spec | None:
    """The field of that name."""
    return next((each for each in specs if each.name == name), None)
