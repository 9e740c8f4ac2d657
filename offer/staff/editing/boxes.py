"""A form as it is shown: each field with what stands in it, what to choose from and what is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from offer.staff.editing.asked import Section
from offer.staff.editing.faults import FieldFault
from offer.staff.editing.read import MORE
from offer.staff.editing.shown import Box, Form, Group, Option, Part
from offer.staff.editing.spec import Spec
from offer.staff.editing.typed import DAY_PARTS, Typed, numbers_of, one

Options = Mapping[str, Mapping[str, str]]  # what is asked ("areas") → value → words

SIGNS_OF_A_LINE = 34  # on a phone
_OPTIONAL = " (optional)"
_BY_NAME = {
    "areas": "Other councils or districts, by name, one on each line",
    "days": "By the month: “First Monday”, “Last Friday”, one on each line",
}
_NOT_ASKED_OF = ("tick", "picks", "group", "records", "languages", "boxes")


def form_of(
    sections: Iterable[Section],
    specs: Sequence[Spec],
    typed: Typed,
    options: Options,
    faults: Sequence[FieldFault] = (),
    *,
    fixed: frozenset[str] = frozenset(),
) -> Form:
    """The form with what was typed; without the fields of `fixed`, which cannot be changed any more."""
    maker = _Maker(typed, options, _by_field(faults))
    asked = {spec.name: spec for spec in specs if spec.name not in fixed}
    parts = []
    for section in sections:
        boxes = tuple(maker.box(asked[name], name) for name in section.fields if name in asked)
        parts.append(Part(section.id, section.title, section.hint, boxes, _count(boxes)))
    return Form(tuple(parts), tuple(each for part in parts for each in _listed(part.boxes, "")))


def _by_field(faults: Iterable[FieldFault]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for fault in faults:
        found[fault.field] = (*found.get(fault.field, ()), fault.words)
    return found


def _count(boxes: Iterable[Box]) -> int:
    return sum(1 for _ in _listed(boxes, ""))


def _listed(boxes: Iterable[Box], before: str) -> Iterator[tuple[str, str]]:
    """Every fault with the id it leads to, said with the field it is in."""
    for box in boxes:
        label = f"{before}{box.label.removesuffix(_OPTIONAL)}"
        yield from ((box.id, f"{label}: {words}") for words in box.faults)
        yield from _listed(box.boxes, f"{label}, ")
        for group in box.groups:
            first = group.boxes[0].id if group.boxes else box.id
            yield from ((first, f"{before}{group.title}: {words}") for words in group.faults)
            inner = f"{before}{group.title}" if len(group.boxes) == 1 else f"{before}{group.title}, "
            yield from _listed(group.boxes, "" if len(group.boxes) == 1 and not inner else inner)


def field_id(name: str) -> str:
    """The id of a field in the page; names of fields have nothing else in them."""
    return f"f-{name.replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class _Maker:
    typed: Typed
    options: Options
    faults: Mapping[str, tuple[str, ...]]

    def box(self, spec: Spec, name: str) -> Box:
        words, plain = spec.words, spec.widget not in _NOT_ASKED_OF
        optional = plain and not spec.required and spec.default is None
        return Box(
            widget=spec.widget,
            name=name,
            id=self.first_id(spec, name),
            label=f"{words.label}{_OPTIONAL}" if optional else words.label,
            hint=words.hint,
            value=one(self.typed, name),
            faults=self.faults.get(name, ()),
            options=tuple(self.choices(spec, name)),
            boxes=tuple(self.parts(spec, name)),
            groups=tuple(self.groups(spec, name)),
            one=words.one,
            more_words=words.more,
            width=words.width,
            rows=self.rows(spec, name),
            folded=words.folded and not self.stands(spec, name),
            day=tuple(one(self.typed, each) for each in day_names(name)) if spec.widget == "day" else (),
            more_label=_BY_NAME.get(words.options, "") if spec.widget == "picks" else "",
            more=one(self.typed, more_name(name)),
        )

    def first_id(self, spec: Spec, name: str) -> str:
        if spec.widget == "day":
            return f"{field_id(name)}-day"
        return field_id(name)

    def rows(self, spec: Spec, name: str) -> int:
        """How many lines of the box are seen: enough for what stands in it."""
        value = one(self.typed, name)
        if spec.widget == "lines":
            return max(3, value.count("\n") + 2)
        if spec.widget == "text":
            return max(3, min(12, len(value) // SIGNS_OF_A_LINE + 2))
        return spec.words.rows and max(spec.words.rows, len(value) // SIGNS_OF_A_LINE + 1)

    def stands(self, spec: Spec, name: str) -> bool:
        """Whether something was typed into it, or is wrong with it: then it is not folded away."""
        held = [each for each in self.typed if each == name or each.startswith(f"{name}.")]
        typed = any(value not in ("", str(spec.default or "")) for each in held for value in self.typed[each])
        return typed or any(each == name or each.startswith(f"{name}.") for each in self.faults)

    def parts(self, spec: Spec, name: str) -> Iterator[Box]:
        if spec.widget == "group":
            yield from (self.box(part, f"{name}.{part.name}") for part in _as_shown(spec))

    def groups(self, spec: Spec, name: str) -> Iterator[Group]:
        numbers = numbers_of(self.typed, name)
        if spec.widget in ("records", "languages"):
            for place, number in enumerate(numbers):
                at = f"{name}.{number}"
                boxes = tuple(self.box(part, f"{at}.{part.name}") for part in _as_shown(spec))
                yield Group(at, self.title(spec, number, place), boxes, self.faults.get(at, ()))
        elif spec.widget == "boxes":
            for place, number in enumerate(numbers or ["0"]):
                at, title = f"{name}.{number}", self.title(spec, number, place)
                yield Group(at, title, (self.one_box(spec, at, title),), (), spec.words.ordered and place > 0)

    def one_box(self, spec: Spec, name: str, title: str) -> Box:
        value = one(self.typed, name)
        rows = max(2, min(10, len(value) // SIGNS_OF_A_LINE + 1))
        return Box(
            "text", name, field_id(name), title, value=value, faults=self.faults.get(name, ()), rows=rows
        )

    def title(self, spec: Spec, number: str, place: int) -> str:
        if spec.widget == "languages":
            return spec.words.choices.get(number, number)
        return f"{spec.words.one[:1].upper()}{spec.words.one[1:]} {place + 1}"

    def choices(self, spec: Spec, name: str) -> Iterator[Option]:
        if spec.widget == "languages":
            held = set(numbers_of(self.typed, name))
            yield from (
                Option(code, said, False) for code, said in spec.words.choices.items() if code not in held
            )
            return
        words = self.options.get(spec.words.options, {}) if spec.words.options else spec.words.choices
        if spec.widget == "yesno":
            words = {"yes": "Yes", "no": "No"}
        if spec.widget == "choice":
            yield from self.select(spec, words, one(self.typed, name))
        elif spec.widget in ("picks", "yesno"):
            yield from self.ticks(spec, words, [each for each in self.typed.get(name, ()) if each])

    def select(self, spec: Spec, words: Mapping[str, str], chosen: str) -> Iterator[Option]:
        """A blank first where nothing is chosen, or nothing need be; what we do not know stays to be seen."""
        if not chosen or (not spec.required and spec.default is None):
            yield Option("", "Choose one" if spec.required else "None", not chosen)
        if chosen and chosen not in words:
            yield Option(chosen, self.said(spec, chosen), True)
        yield from (Option(value, said, value == chosen) for value, said in words.items())

    def ticks(self, spec: Spec, words: Mapping[str, str], chosen: Sequence[str]) -> Iterator[Option]:
        """In their own order, unless what is ticked stands in another: its order is kept."""
        shown = [value for value in words if value in chosen] == list(chosen)
        first = () if shown else chosen
        yield from (Option(value, self.said(spec, value), True) for value in first)
        yield from (
            Option(value, said, value in chosen) for value, said in words.items() if value not in first
        )

    def said(self, spec: Spec, value: str) -> str:
        known = self.options.get(f"every {spec.words.options}", {})
        return known.get(value) or spec.words.choices.get(value) or value


def _as_shown(spec: Spec) -> list[Spec]:
    return sorted(spec.parts, key=lambda part: part.order)


def more_name(name: str) -> str:
    """The box beside ticks, for others by name."""
    return f"{name}.{MORE}"


def day_names(name: str) -> tuple[str, ...]:
    """The three boxes of a day."""
    return tuple(f"{name}.{part}" for part in DAY_PARTS)
