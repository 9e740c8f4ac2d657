"""How each sort of value stands in a cell, and how a cell that somebody typed into is read back.

Each codec says in words what it takes. What it writes it reads back the same, to the byte.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from offer.catalogue.yaml_text import YamlFault, read, write_part
from offer.eligibility.wording import said_day
from offer.sheets.grid import Cell, Serial, Unreadable, is_blank

Names = Mapping[str, str]  # GSS code → name of a place


class CellFault(ValueError):  # noqa: N818 - one word for it everywhere
    """A cell that cannot be taken; the words say what to write."""


@dataclass(frozen=True, slots=True)
class Codec:
    """`write` gives the cell of a value, never None; `read` the value of a cell that is not blank."""

    about: str
    write: Callable[[Any, Names], Cell]
    read: Callable[[Cell, Names], Any]
    options: tuple[str, ...] = ()


_DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%B-%Y", "%d-%b-%y")
_GSS = re.compile(r"\bE[0-9]{8}\b")
_MONEY = re.compile(r"£?\s*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]{1,2})?")
_ESCAPE = re.compile(r"\\(n|\||\\|u[0-9a-f]{4})")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # no XML holds them
_PIECE = re.compile(r"\\.|\||[^\\|]+|\\")


def escaped(text: str, *more: str) -> str:
    """A text without signs that a sheet cannot hold; `more` are those that mean something in its cell."""
    text = text.replace("\\", "\\\\")
    for sign in more:
        text = text.replace(sign, {"\n": "\\n", "|": "\\|"}[sign])
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def unescaped(text: str) -> str:
    """The text as it was before `escaped`."""
    return _ESCAPE.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    code = found[1]
    return {"n": "\n", "|": "|", "\\": "\\"}.get(code) or chr(int(code[1:], 16))


def typed(cell: Cell) -> str:
    """The words of a cell. Raises `CellFault` for what a spreadsheet made into something else."""
    match cell:
        case str():
            return cell.strip()
        case Unreadable():
            raise CellFault(cell.words)
        case Serial():
            return f"{cell.number:f}"
        case bool():
            return "yes" if cell else "no"
        case Decimal():
            return f"{cell.normalize():f}"
        case date():
            words = f"Your spreadsheet made a date of this ({said_day(cell)}). "
            raise CellFault(f"{words}Format the cell as text, then write it again.")
    return ""


def _written(value: Any, names: Names) -> Cell:
    return escaped(str(value))


def _text(cell: Cell, names: Names) -> str:
    return unescaped(typed(cell))


TEXT = Codec("Words.", _written, _text)


def _list(cell: Cell, names: Names) -> list[str]:
    return [unescaped(each.strip()) for each in typed(cell).split("\n") if each.strip()]


LINES = Codec(
    "One on each line of the cell (Alt+Enter makes a new line).",
    lambda value, names: "\n".join(escaped(each, "\n") for each in value),
    _list,
)


def read_day(cell: Cell) -> str:
    """A day as ISO text. Raises `CellFault`."""
    if isinstance(cell, Serial):
        return cell.day.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = typed(cell)
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a civil date
        except ValueError:
            continue
    raise CellFault(f"“{short(text)}” is not a day. Write it as 1 April 2027 or 01/04/2027, day first.")


DAY = Codec(
    "A day, such as 1 April 2027 or 01/04/2027: the day comes first.",
    lambda value, names: date.fromisoformat(str(value)),
    lambda cell, names: read_day(cell),
)


def _whole(cell: Cell, names: Names) -> int:
    text = typed(cell).removesuffix("%").strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number != number.to_integral_value() or abs(number) > 10**9:
        raise CellFault(f"“{short(typed(cell))}” is not a whole number. Write figures only, such as 25.")
    return int(number)


WHOLE = Codec("A whole number.", lambda value, names: Decimal(value), _whole)
PERCENT = Codec("Percent, as a whole number: 100 is all of it.", WHOLE.write, _whole)


def _pence(cell: Cell, names: Names) -> int:
    text = typed(cell)
    found = _MONEY.fullmatch(text)
    if not found:
        raise CellFault(f"“{short(text)}” is not an amount. Write pounds, such as 3000, £3,000 or 34.50.")
    return int(Decimal(found[1].replace(",", "") + (found[2] or "")) * 100)


MONEY = Codec(
    "Pounds, such as 3000 or £34.50; only where there is one figure.",
    lambda value, names: Decimal(value) / 100,
    _pence,
)


def _yes(cell: Cell, names: Names) -> bool:
    text = typed(cell).casefold()
    if text not in ("yes", "no", "true", "false"):
        raise CellFault(f"“{short(typed(cell))}” is neither yes nor no. Write yes or no.")
    return text in ("yes", "true")


YES = Codec("yes or no.", lambda value, names: "yes" if value else "no", _yes, ("yes", "no"))


def choice(options: Sequence[str]) -> Codec:
    """One of some words."""
    small = {each.casefold(): each for each in options}

    def one(cell: Cell, names: Names) -> str:
        text = typed(cell)
        if text.casefold() not in small:
            raise CellFault(f"“{short(text)}” is none of the choices. Write one of: {', '.join(options)}.")
        return small[text.casefold()]

    return Codec(f"One of: {', '.join(options)}.", _written, one, tuple(options))


def said_place(code: str, names: Names) -> str:
    """A place as it is written: "Boston (E07000136)"."""
    return f"{names[code]} ({code})" if names.get(code) else code


def read_place(text: str, names: Names) -> str:
    """The GSS code that stands in the words, or the code of the place of that name. Raises `CellFault`."""
    codes = _GSS.findall(text)
    if len(codes) == 1:
        return str(codes[0])
    named = [code for code, name in names.items() if name.casefold() == text.casefold()]
    if len(named) == 1:
        return named[0]
    raise CellFault(f"We know no one place “{short(text)}”. Write it with its code: Boston (E07000136).")


PLACE = Codec(
    "A place with its code: Boston (E07000136).",
    said_place,
    lambda cell, names: read_place(typed(cell), names),
)
PLACES = Codec(
    "Places with their codes, one on each line.",
    lambda value, names: "\n".join(said_place(each, names) for each in value),
    lambda cell, names: [read_place(each, names) for each in _list(cell, names)],
)


def parts(about: str, fields: Sequence[str], read_field: Mapping[str, Callable[[str], Any]]) -> Codec:
    """A list of small records, one on each line, the fields divided by " | "; blank ones at the end go."""

    def line(value: Mapping[str, Any]) -> str:
        given = [escaped(_plain(value.get(field)), "\n", "|") for field in fields]
        while given and not given[-1]:
            given.pop()
        return " | ".join(given)

    def record(text: str) -> dict[str, Any]:
        given = [unescaped(each.strip()) for each in _divided(text)]
        if len(given) > len(fields):
            raise CellFault(f"“{short(text)}” has too many parts. {about}")
        pairs = zip(fields, given, strict=False)
        return {field: read_field.get(field, str)(each) for field, each in pairs if each}

    return Codec(
        about,
        lambda value, names: "\n".join(line(each) for each in value),
        lambda cell, names: [record(each) for each in typed(cell).split("\n") if each.strip()],
    )


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "read" if value else "not read"
    return "" if value is None else str(value)


def _divided(text: str) -> list[str]:
    """The parts between "|" signs; one after a backslash divides nothing."""
    found = [""]
    for piece in _PIECE.findall(text):
        if piece == "|":
            found.append("")
        else:
            found[-1] += piece
    return found


def _was_read(text: str) -> bool:
    if text.casefold() not in ("read", "not read"):
        raise CellFault(f"“{short(text)}” should be “read” or “not read”.")
    return text.casefold() == "read"


SOURCES = parts(
    "One on each line: name | address | day seen | its own date. The address and the last may be blank.",
    ("name", "url", "seen", "dated"),
    {"seen": read_day},
)
LAWS = parts("One on each line: what it is | address | read, or not read.", ("cite", "url", "read"),
             {"read": _was_read})  # fmt: skip
PHONES = parts("One on each line: number | whose or when.", ("number", "label"), {})


def _yaml(cell: Cell, names: Names) -> Any:
    try:
        return read(typed(cell)).data
    except YamlFault as fault:
        raise CellFault(f"Line {fault.line} of the cell: {fault.reason}.") from fault


YAML = Codec("As in the YAML file.", lambda value, names: write_part(value).rstrip("\n"), _yaml)


def read_cell(codec: Codec, cell: Cell, names: Names) -> Any:
    """The value of a cell; None for a blank one. Raises `CellFault`."""
    return None if is_blank(cell) else codec.read(cell, names)


def short(text: str) -> str:
    """A text as it is said in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
