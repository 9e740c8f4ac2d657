"""What a fault becomes: problem+json for a machine, a page with a way back for a person."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from offer.errors import WORDS, Problem, is_machine, problem_response
from offer.logs import log, place_of
from offer.pages.rendering import error_page


async def on_problem(request: Request, problem: Exception) -> Response:
    """A Problem raised anywhere."""
    assert isinstance(problem, Problem)
    if is_machine(request):
        return problem_response(problem)
    page = error_page(request, problem.status, problem.detail)
    page.headers.update(problem.headers)
    return page


async def on_http(request: Request, error: Exception) -> Response:
    """Starlette's own errors: no such page, wrong method."""
    assert isinstance(error, HTTPException)
    words = WORDS.get(error.status_code, HTTPStatus(error.status_code).phrase)
    headers = dict(error.headers or {})
    if is_machine(request):
        return problem_response(Problem(error.status_code, words), headers)
    response = error_page(request, error.status_code, words)
    response.headers.update(headers)
    return response


async def on_surprise(request: Request, error: Exception) -> Response:
    """A fault of ours. The log names its kind and place; its text may hold what somebody typed."""
    log().error("fault", kind=type(error).__name__, where=place_of(error.__traceback__))
    if is_machine(request):
        return problem_response(Problem(500, WORDS[500]))
    return error_page(request, 500, WORDS[500])
