"""The form about a person, as a browser may send it: read to a person who can be answered, or to faults."""

from collections.abc import Coroutine, MutableMapping
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request

from offer.eligibility.facts import FACTS
from offer.pages.forms import fill
from offer.pages.typed_form import FIELDS, Typed, typed_of
from offer.person import facts_told, read_person
from offer.published import Published
from tests.fuzz.choices import Choices
from tests.fuzz.target import Feed, Target, loud_log
from tests.fuzz.targets.days import DAYS

_NAMES = sorted(FIELDS)
_SAID = (
    *(option.value for fact in FACTS.values() for option in fact.options), "true", "false", "unknown",
    "unsaid",
    "1", "29", "2", "2007", "2024", "9999", "0000", "March", "£1,200.50", "LN1 1YL", "Durham", "E06000047",
    "E10000019", "employed:unsaid lives_in:unknown", "savings_gbp:", "place:", "scotland", "19", "full",
    "remand",
)  # fmt: skip


def make(published: Published) -> Feed:
    loud_log()

    def feed(data: bytes) -> None:
        choices = Choices(data)
        on = choices.one_of(DAYS)
        body = _grown(choices) if choices.number(4) else choices.rest()
        filled = fill(typed_of(form_of(body)), published, on)
        assert isinstance(filled.typed, Typed)
        assert (filled.person is None) == bool(filled.faults)
        assert all(fault.text for fault in filled.faults)
        if filled.person is None:
            return
        answer = filled.person.answer(published)
        assert len(answer.outcomes) == len({each.slug for each in answer.outcomes}) > 0
        again = read_person(published, facts_told(filled.person.situation), on)
        assert again.answer(published) == answer, "what was told, told again, gives the same answer"

    return feed


def form_of(body: bytes) -> FormData:
    """The fields as the service itself reads them from a request."""
    scope: MutableMapping[str, Any] = {
        "type": "http", "method": "POST", "path": "/results", "query_string": b"",
        "headers": [(b"content-type", b"application/x-www-form-urlencoded")],
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def read() -> FormData:
        return await Request(scope, receive).form()

    return _run(read())


def _run(work: Coroutine[Any, Any, FormData]) -> FormData:
    """A coroutine that waits for nobody, without a loop."""
    try:
        work.send(None)
    except StopIteration as done:
        form: FormData = done.value
        return form
    raise AssertionError("reading a form waits for something")


def _grown(choices: Choices) -> bytes:
    """A form of fields we know, with values that are often meant for them."""
    pairs = [
        (choices.one_of(_NAMES), choices.one_of(_SAID) if choices.number(4) else choices.text())
        for _ in range(1 + choices.number(12))
    ]
    return urlencode(pairs).encode()


TARGET = Target(
    "person_forms", "The form about a person, as a browser sends it", make,
    (*(f"{name}=" for name in _NAMES), *_SAID, "%ff", "%00", "&", "+"),
)  # fmt: skip
