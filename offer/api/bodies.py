"""Reading what a caller sends: JSON bodies and query parameters. Every fault is named at once."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from starlette.requests import Request

from offer.errors import WORDS, FieldFault, Problem

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)
CANNOT_BE_USED = "Some of what you sent cannot be used."

_A_DATE = "Give a date as YYYY-MM-DD."
_WORDS: Mapping[str, str] = {
    "extra_forbidden": "This is not a field we know.",
    "missing": "This is needed.",
    "bool_type": "Give true or false.",
    "int_type": "Give a whole number.",
    "int_parsing": "Give a whole number.",
    "int_from_float": "Give a whole number.",
    "float_type": "Give a number.",
    "float_parsing": "Give a number.",
    "finite_number": "Give a number.",
    "string_type": "Give text.",
    "dict_type": "Give an object.",
    "model_type": "Give an object.",
    "date_type": _A_DATE,
}


def _read_date(value: object) -> date:
    """A civil date as text; a number or a moment is none."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError(_A_DATE)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"Give a date from {FIRST_DAY} to {LAST_DAY}.")
    return day


Day = Annotated[date, BeforeValidator(_read_date)]


class Given(BaseModel):
    """What one call takes. Unknown fields are an error, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


Model = TypeVar("Model", bound=Given)


async def read_json(request: Request) -> Any:
    """The posted JSON. Raises Problem 400 or 415."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise Problem(415, WORDS[415])
    try:
        data = json.loads(
            await request.body(), parse_constant=_refuse_constant, object_pairs_hook=_without_doubles
        )
        json.dumps(data, ensure_ascii=False).encode()  # half a character cannot be answered in UTF-8
    except _DoubledError as fault:
        raise Problem(400, f"The body says “{fault}” twice. Say it once.") from None
    except (ValueError, RecursionError):
        raise Problem(400, "The body is not JSON that we can read.") from None
    return data


def read_query(request: Request) -> dict[str, str]:
    """The query parameters; one given twice is a Problem 422."""
    doubled = [name for name in request.query_params if len(request.query_params.getlist(name)) > 1]
    if doubled:
        faults = [FieldFault(f"/{_step(name)}", "This is given twice. Give it once.") for name in doubled]
        raise cannot_be_used(faults)
    return dict(request.query_params)


def as_model(data: Any, model: type[Model], *, strict: bool) -> tuple[Model | None, list[FieldFault]]:
    """`data` as `model`, or every fault in it. `strict`: JSON has types of its own, parameters have not."""
    try:
        return model.model_validate(data, strict=strict), []
    except ValidationError as error:
        return None, [_fault(each) for each in error.errors(include_input=False, include_url=False)]


def cannot_be_used(faults: Sequence[FieldFault]) -> Problem:
    """The Problem for fields that cannot be used, naming each."""
    return Problem(422, CANNOT_BE_USED, faults)


def _fault(error: Any) -> FieldFault:
    pointer = "".join(f"/{_step(str(part))}" for part in error["loc"])
    if error["type"] == "value_error":
        return FieldFault(pointer, str(error["ctx"]["error"]))
    return FieldFault(pointer, _WORDS.get(error["type"], error["msg"].rstrip(".") + "."))


def _step(name: str) -> str:
    """A name as one step of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


class _DoubledError(Exception):
    """A name that stands twice in one object."""


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _DoubledError(next(name for name in names if names.count(name) > 1)[:60])
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
