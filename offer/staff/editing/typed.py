"""What stands in a form: field names as `sources.0.name`, each with what was typed. A body can be put in.

A record of a list is known by its number in the names, a language by its code. The numbers need not be
without gaps: a record that is taken out leaves one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from offer.staff.editing.spec import Spec

Typed = Mapping[str, tuple[str, ...]]
Pairs = Iterable[tuple[str, str]]

DAY_PARTS = ("day", "month", "year")
# What comes along with words copied from a web page, a PDF or a letter, and what it stands for.
_BLANKS = "\u00a0\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_PASTED = str.maketrans(
    {
        **dict.fromkeys(_BLANKS, " "),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""),
        **dict.fromkeys("\r\v\f\u0085\u2028\u2029", "\n"),
    }
)
_UNSEEN_BUT_WANTED = "\n\t\u200c\u200d\u200e\u200f"  # lines, and what some languages are written with


def typed_of(pairs: Pairs) -> Typed:
    """The fields of a form that was sent, in plain signs."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        found[name] = (*found.get(name, ()), plain(value))
    return found


def plain(text: str) -> str:
    """A text with plain blanks and line ends, and without marks for hyphens and the like that nobody sees."""
    return text.replace("\r\n", "\n").translate(_PASTED)


def unseen(typed: Typed) -> list[str]:
    """The fields that hold signs which cannot be shown; of a day, or of places by name, the whole field."""
    names = (name for name, texts in typed.items() if not all(map(_is_shown, texts)))
    found = (name.rpartition(".") for name in names)
    return [before if last in (*DAY_PARTS, "more") else f"{before}{dot}{last}" for before, dot, last in found]


def _is_shown(text: str) -> bool:
    return all(sign.isprintable() or sign in _UNSEEN_BUT_WANTED for sign in text)


def filled(specs: Sequence[Spec], body: Mapping[str, Any]) -> Typed:
    """The form of a body, which may have faults: it is shown as it was typed."""
    return dict(_fields(specs, body, ""))


def one(typed: Typed, name: str) -> str:
    """What was typed into a field that is asked once; "" for nothing."""
    return typed.get(name, ("",))[0]


def numbers_of(typed: Typed, name: str) -> list[str]:
    """The records of a list, or the languages, that the form holds, in order."""
    start = f"{name}."
    found = {each.removeprefix(start).split(".")[0]: None for each in typed if each.startswith(start)}
    numbered = sorted((each for each in found if each.isascii() and each.isdigit()), key=int)
    return numbered or [each for each in found if each.isalpha()]


def _fields(specs: Sequence[Spec], body: Any, before: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for spec in specs:
        value = body.get(spec.name) if isinstance(body, dict) else None
        yield from _field(spec, spec.default if value is None else value, before + spec.name)


def _field(spec: Spec, value: Any, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if spec.widget == "group":
        yield from _fields(spec.parts, value, f"{name}.")
    elif spec.widget == "records":
        for number, record in enumerate(_items(value)):
            yield from _fields(spec.parts, record, f"{name}.{number}.")
    elif spec.widget == "languages":
        for code, words in (value if isinstance(value, dict) else {}).items():
            yield from _fields(spec.parts, words, f"{name}.{code}.")
    elif spec.widget == "boxes":
        yield from ((f"{name}.{number}", (str(each),)) for number, each in enumerate(_items(value)))
    elif spec.widget == "day":
        yield from zip((f"{name}.{part}" for part in DAY_PARTS), _day(value), strict=True)
    elif (said := _said(spec, value)) or spec.widget != "picks":
        yield name, said


def _items(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()


def _day(value: Any) -> Iterator[tuple[str, ...]]:
    """Day, month and year of `2026-04-01`; of `31/2/2026`, which is no day, as they were typed."""
    text = str(value or "")
    parts = text.split("/") if "/" in text else text.split("-")[::-1]
    clean = [part.lstrip("0") or part for part in parts]
    for number in range(len(DAY_PARTS)):
        yield (clean[number] if number < len(clean) else "",)


def _said(spec: Spec, value: Any) -> tuple[str, ...]:
    """What stands in the box, or which boxes are ticked."""
    if spec.widget in ("yesno", "tick"):
        return ("yes" if value is True else "no" if value is False else "",)
    if spec.widget == "picks":
        return tuple(str(each) for each in _items(value))
    if spec.widget == "lines":
        return ("\n".join(str(each) for each in _items(value)),)
    if spec.widget == "numbers":
        return (", ".join(str(each) for each in _items(value)),)
    if spec.widget == "money" and isinstance(value, int):
        return (f"{value // 100}.{value % 100:02}" if value % 100 else str(value // 100),)
    return ("" if value is None else str(value),)
