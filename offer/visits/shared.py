"""What two people share in a visit: values in, values out. It stands sealed in one database row."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

Role = Literal["young_person", "adviser"]
ROLES: tuple[Role, ...] = ("young_person", "adviser")


def other(role: Role) -> Role:
    """Whom a person of this role sits with."""
    return "adviser" if role == "young_person" else "young_person"


class LeftOut(Exception):  # noqa: N818 - it is an answer
    """The young person would rather not answer this question here."""


@dataclass(frozen=True, slots=True)
class Given:
    """Who gave an answer, and with which change."""

    by: Role
    change: int


@dataclass(frozen=True, slots=True)
class Pointer:
    """ "Look at this": somebody shows the other one thing of the page, by its id there."""

    by: Role
    at: str
    change: int


@dataclass(frozen=True, slots=True)
class Shared:
    """The whole state of a visit. `change` counts what happened, from 0.

    `typed` are the fields of the form about a person, as typed; `given` says of each question who
    answered it last. `left_out` are the questions that stay unasked for both. `crossed` is the question
    that both answered before they saw each other's answer, "" where the last answer crossed none. `code` is
    what the first person reads out, so that they can read it again.
    """

    change: int = 0
    typed: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, Given] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    pointer: Pointer | None = None
    crossed: str = ""
    code: str = ""


def answered(
    shared: Shared, by: Role, questions: Collection[str], typed: Mapping[str, str], seen: int | None = None
) -> Shared:
    """Some questions answered anew: `typed` are all fields as they stand then. The last answer stands.

    `seen`: the change that stood on the page the answer was given on. Raises LeftOut where the young
    person took one of the questions out; they alone may put it back.
    """
    if by != "young_person" and not shared.left_out.isdisjoint(questions):
        raise LeftOut
    change = shared.change + 1
    return replace(
        shared,
        change=change,
        typed=dict(typed),
        given={**shared.given, **dict.fromkeys(questions, Given(by, change))},
        left_out=shared.left_out.difference(questions),
        crossed=next((each for each in sorted(questions) if _unseen(shared.given.get(each), by, seen)), ""),
    )


def _unseen(given: Given | None, by: Role, seen: int | None) -> bool:
    """Whether the other's answer came after the page on which this one was given."""
    return given is not None and seen is not None and given.by != by and given.change > seen


def taken_out(shared: Shared, question: str, typed: Mapping[str, str]) -> Shared:
    """A question that is not answered here: gone for both. `typed` are the fields without its answer."""
    return replace(
        shared,
        change=shared.change + 1,
        typed=dict(typed),
        given={name: given for name, given in shared.given.items() if name != question},
        left_out=shared.left_out | {question},
        crossed="",
    )


def pointed(shared: Shared, by: Role, at: str) -> Shared:
    """One thing shown to the other; "" takes the finger away."""
    change = shared.change + 1
    return replace(shared, change=change, pointer=Pointer(by, at, change) if at else None)


def dumped(shared: Shared) -> dict[str, Any]:
    """The state as JSON data."""
    return {
        "change": shared.change,
        "typed": dict(shared.typed),
        "given": {name: [given.by, given.change] for name, given in shared.given.items()},
        "left_out": sorted(shared.left_out),
        "pointer": [shared.pointer.by, shared.pointer.at, shared.pointer.change] if shared.pointer else None,
        "crossed": shared.crossed,
        "code": shared.code,
    }


def loaded(data: Mapping[str, Any]) -> Shared:
    """The state again, from what `dumped` made."""
    pointer = data["pointer"]
    return Shared(
        change=data["change"],
        typed=data["typed"],
        given={name: Given(cast(Role, by), change) for name, (by, change) in data["given"].items()},
        left_out=frozenset(data["left_out"]),
        pointer=Pointer(*pointer) if pointer else None,
        crossed=data.get("crossed", ""),  # a visit that began before this was told has none
        code=data["code"],
    )
