"""Reading what a caller sends: JSON bodies and query parameters. Every fault is named at once."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request

from offer.errors import WORDS, FieldFault, Problem

_WORDS: Mapping[str, str] = {
    "extra_forbidden": "This is not a field we know.",
    "missing": "This is needed.",
    "date_from_datetime_parsing": "Give a date as YYYY-MM-DD.",
    "date_parsing": "Give a date as YYYY-MM-DD.",
    "date_type": "Give a date as YYYY-MM-DD.",
    "bool_parsing": "Give true or false.",
    "bool_type": "Give true or false.",
    "int_parsing": "Give a whole number.",
    "int_type": "Give a whole number.",
    "string_type": "Give text.",
    "dict_type": "Give an object.",
}


class Body(BaseModel):
    """Unknown fields are an error, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=BaseModel)


async def read_json(request: Request, model: type[Model]) -> Model:
    """The posted JSON as `model`. Raises Problem 400, 415 or 422."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise Problem(415, WORDS[415])
    try:
        data = json.loads(await request.body(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Problem(400, "The body is not JSON that we can read.") from None
    return read(data, model)


def read_query(request: Request, model: type[Model]) -> Model:
    """The query parameters as `model`; one given twice is a fault."""
    doubled = [name for name in request.query_params if len(request.query_params.getlist(name)) > 1]
    if doubled:
        faults = [FieldFault(f"/{name}", "This is given twice. Give it once.") for name in doubled]
        raise Problem(422, "Some of what you sent cannot be used.", faults)
    return read(dict(request.query_params), model)


def read(data: Any, model: type[Model]) -> Model:
    """`data` as `model`. Raises Problem 422 naming every fault."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults = [_fault(each) for each in error.errors(include_input=False, include_url=False)]
        raise Problem(422, "Some of what you sent cannot be used.", faults) from None


def _fault(error: Any) -> FieldFault:
    pointer = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in error["loc"])
    return FieldFault(pointer, _WORDS.get(error["type"], error["msg"].rstrip(".") + "."))


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
