"""One vocabulary of errors: a plain line in the terminal, problem+json for the API, a page for people.

No error repeats what somebody typed: it may be a postcode or a birthday.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from offer.caching import PRIVATE
from offer.languages.later import later

PROBLEM_JSON = "application/problem+json"


class PlainError(Exception):
    """Something a person can mend: what is wrong, and the cure, in one line."""

    def __init__(self, message: str, cure: str = "") -> None:
        super().__init__(f"{message} {cure}".strip())
        self.message = message
        self.cure = cure


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One fault in a body: a JSON pointer and a sentence saying what to do."""

    pointer: str
    detail: str


# Newer Pythons rename these two; the names of our problems stay.
TITLES = {413: "Request Entity Too Large", 422: "Unprocessable Entity"}


class Problem(Exception):  # noqa: N818 - the word of RFC 9457
    """An RFC 9457 problem. `errors` names every fault of a bad body; `wait`: seconds until asking helps."""

    def __init__(
        self, status: int, detail: str, errors: Sequence[FieldFault] = (), slug: str = "", wait: int = 0
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = {"Retry-After": str(wait)} if wait else {}
        self.title = TITLES.get(status) or HTTPStatus(status).phrase
        self.slug = slug or self.title.lower().replace(" ", "-")

    def body(self) -> dict[str, object]:
        """The members of problem+json."""
        body: dict[str, object] = {
            "type": f"/docs/problems#{self.slug}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = [asdict(fault) for fault in self.errors]
        return body


WORDS = {
    400: "We could not read what was sent. Go back, and send the form again.",
    404: later("We do not have that page. The address may be wrong, or what was there has been taken away."),
    405: later("That address cannot be used in this way."),
    413: later("That is more than we can take in. Send less."),
    415: "Send this as JSON: Content-Type: application/json.",
    429: later("A lot of people are writing just now. Wait a minute, then press the button again."),
    500: later("Something went wrong on our side. It is not your fault. Please try again."),
    503: later("This part is away for a moment. Please try again in a minute."),
}


def is_machine(request: Request) -> bool:
    """Whether the asker wants JSON problems rather than a page."""
    return request.url.path.startswith(
        ("/api/", "/openreferral", "/healthz", "/readyz", "/metrics", "/openapi")
    )


def problem_response(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """The problem as the API sends it."""
    sent = {**PRIVATE, **problem.headers, **(headers or {})}  # it may name what was sent
    return JSONResponse(problem.body(), problem.status, media_type=PROBLEM_JSON, headers=sent)
