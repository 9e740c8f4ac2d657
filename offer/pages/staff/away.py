"""While the database cannot be used: a plain page, and what was typed stays in it, to be sent again.

Staff pages are kept by no browser, so "go back" would show an empty form.
"""

from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from offer.errors import Problem
from offer.pages.staff.again import NEVER, Fields, carried, read_kept, read_to, sign_in_page
from offer.pages.staff.cookies import key_of
from offer.pages.staff.view import StaffPage, said, show
from offer.staff.codes import form_token

WORDS = "The database cannot be used just now. Please try again in a minute."
_SIGN_IN = "/staff/sign-in"


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayPage(StaffPage):
    """A form that could not be taken, to be sent again to the address it was sent to.

    `left_out`: it held a password, a code or a file, which no page carries; so it has to be typed again.
    """

    kept: Fields
    mark: str
    left_out: bool

    @property
    def token(self) -> str:
        """The mark of the session's forms, made from its cookie alone."""
        return self.mark


async def away_reply(request: Request) -> Response:
    """503: a page with the form that was sent in it. Raises Problem where nothing was sent."""
    form = await _sent(request)
    if form is None:
        raise Problem(503, WORDS)
    if request.url.path == _SIGN_IN:
        email, to = said(form, "email"), read_to(said(form, "to", 400))
        return sign_in_page(request, email=email, to=to, kept=read_kept(form), error=WORDS, status=503)
    view = AwayPage(
        title="It could not be done",
        kept=carried(form),
        mark=form_token(key_of(request)),
        left_out=any(name in NEVER[1:] or not isinstance(value, str) for name, value in form.multi_items()),
    )
    return show(request, "away", view, 503)


async def _sent(request: Request) -> FormData | None:
    """The form; None where there is none, or it could not be read to its end."""
    if request.method != "POST":
        return None
    try:
        return await request.form()
    except (OSError, RuntimeError):  # what made the fault: its file found no room on the disk
        return None
