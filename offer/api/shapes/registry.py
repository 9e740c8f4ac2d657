"""The facts that may be told about a person."""

from typing import Any

from pydantic import Field

from offer.api.shapes.common import Reply, Shape


class OptionShape(Shape):
    """One answer to a choice."""

    value: str
    label: str


class FactShape(Shape):
    """One thing that may be known about a person, and the question that asks it."""

    name: str
    type: str
    unit: str | None = Field(description="`pounds`, `years`, `months` or `days` of a number.")
    question: str
    why: str
    values: list[OptionShape]
    sensitivity: int = Field(description="0 plain to 3: asked late, and only while it matters.")
    derived: bool = Field(description="Worked out from `inputs`; may be sent where they are unknown.")
    inputs: list[str]
    asked_if: dict[str, list[Any]] = Field(description="Asked only once these facts have these values.")


class FactsReply(Reply):
    """The registry, in the order an editor would ask."""

    facts: list[FactShape]
