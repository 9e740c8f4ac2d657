"""How our own shapes are written as JSON."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from offer.answer_parts import Answer, NextQuestion, Outcome
from offer.published import Published

OPEN = {"Access-Control-Allow-Origin": "*"}
PRIVATE = {"Cache-Control": "no-store"}


def published(request: Request) -> Published:
    """The edition of the catalogue in memory. Raises Problem 503 while there is none."""
    edition: Published = request.app.state.live.published
    return edition


def reply(request: Request, body: Mapping[str, Any], *, private: bool = False) -> JSONResponse:
    """A JSON answer with the catalogue's version. `private`: the address or body tells of a person."""
    headers = {**OPEN, **(PRIVATE if private else {})}
    return JSONResponse({**body, "catalogue_version": published(request).version}, headers=headers)


def answer_json(answer: Answer, *, explain: bool) -> dict[str, Any]:
    """An Answer as the contract has it."""
    body: dict[str, Any] = {
        "on": answer.on.isoformat(),
        "catalogue_version": answer.catalogue_version,
        "not_included": list(answer.not_included),
        "care_status": asdict(answer.care_status),
        "notes": list(answer.notes),
        "outcomes": [_outcome(outcome, explain=explain) for outcome in answer.outcomes],
    }
    if explain:
        body["next_question"] = _question(answer.next_question)
    return body


def _outcome(outcome: Outcome, *, explain: bool) -> dict[str, Any]:
    body: dict[str, Any] = {
        "slug": outcome.slug,
        "part_of": outcome.part_of,
        "title": outcome.title,
        "outcome": outcome.outcome,
        "strength": outcome.strength,
        "missing": list(outcome.missing),
        "warnings": list(outcome.warnings),
        "from": _day(outcome.from_),
        "until": _day(outcome.until),
        "until_age": outcome.until_age,
        "ask": outcome.ask,
    }
    if explain:
        body["because"] = [asdict(reason) for reason in outcome.because]
        body["asks"] = list(outcome.asks)
    return body


def _question(question: NextQuestion | None) -> dict[str, Any] | None:
    return None if question is None else asdict(question)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
