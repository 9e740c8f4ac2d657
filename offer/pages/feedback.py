"""Telling us about an entry or a service, that it helped or what is wrong; and coming back with the code.

Nobody is asked who they are. What is written is cleaned of numbers, postcodes and email
addresses before it is kept. While the database is away nothing is lost: the form comes back as it was.
"""

import asyncio
from dataclasses import dataclass
from datetime import date

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.addresses import OFFER, SERVICE
from offer.caching import KEEP_PRIVATE, PRIVATE
from offer.clock import today
from offer.db.connections import AWAY
from offer.errors import WORDS
from offer.fair_use.allowances import REPORTS, THANKS
from offer.fair_use.door import come_again, too_soon
from offer.feedback import store
from offer.feedback.subject import Subject, key_of, read_key, subject_of
from offer.feedback.told import (
    HELPED,
    KINDS,
    LONGEST,
    STATES,
    Report,
    blanked,
    clean,
    new_code,
    read_code,
    shown_code,
)
from offer.language import gettext as _
from offer.live import live_of
from offer.logs import log
from offer.pages.edition import edition_of
from offer.pages.listing import Link
from offer.pages.rendering import Page, render
from offer.pages.sensitive import is_about_such
from offer.pages.you_said import href_of

PATH = "/feedback"
PATIENCE = 5.0  # seconds that the database may take
_ROUTES = {OFFER: "/entitlements/{slug}/feedback", SERVICE: "/services/{slug}/feedback"}


@dataclass(frozen=True, slots=True)
class KindChoice:
    """One sort of report, as a radio button."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TellPage(Page):
    """The form. `trouble` says why it could not be kept; faults stand beside their fields."""

    about: Link
    kinds: tuple[KindChoice, ...]
    text: str
    code: str
    longest: int
    kind_fault: str
    text_fault: str
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPage(Page):
    """How a report stands. `about` is None where its entry is not public now; `answer` may be "".

    `said` is where "You said, we did" tells of it; "" where it does not.
    """

    code: str
    about: Link | None
    day: date
    state: str
    answer: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePage(Page):
    """Asking for a code. `fault` is "" before one was typed."""

    typed: str
    fault: str


async def ask(request: Request) -> Response:
    """GET /entitlements/{slug}/feedback, /services/{slug}/feedback."""
    return _form(request, _subject(request), new_code())


async def take(request: Request) -> Response:
    """POST to the same: kept, then 303 to the report's own page; else the form as it was."""
    subject = _subject(request)
    async with request.form() as form:
        kind, text, typed = _said(form, "kind"), clean(_said(form, "text")), _said(form, "code")
    if kind == HELPED:
        return await _thank(request, subject)
    code = read_code(typed) or new_code()
    if kind not in KINDS or len(text) > LONGEST:
        return _form(request, subject, code, kind=kind, text=text, status=422)
    refused, wait = too_soon(request, REPORTS)
    if refused != 200:
        busy = come_again(request, refused, wait)
        page = _form(request, subject, code, kind=kind, text=text, trouble=_(WORDS[429]), status=429)
        page.headers.update(busy.headers)
        return page
    kept = await _kept(Report(code, subject.key, edition_of(request).version, kind, blanked(text)))
    if kept is None:
        away = _("We could not keep this just now. Your words are still here: try again in a minute.")
        return _form(request, subject, code, kind=kind, text=text, trouble=away, status=503)
    return RedirectResponse(f"{PATH}/{shown_code(kept)}", 303, PRIVATE)


async def _kept(report: Report) -> str | None:
    """The code under which it is kept; None while the database is away."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await store.keep(report, today())
    except AWAY as fault:
        log().warning("feedback not kept", kind=type(fault).__name__)
        return None


async def _thank(request: Request, subject: Subject) -> Response:
    """Counts it if that can be done now; thanks in any case."""
    if too_soon(request, THANKS)[0] == 200:
        try:
            async with asyncio.timeout(PATIENCE):
                await store.thank(subject.key, today())
        except AWAY as fault:
            log().warning("thanks not counted", kind=type(fault).__name__)
    return RedirectResponse(f"{PATH}/thanks", 303)


def _subject(request: Request) -> Subject:
    kind = SERVICE if request.scope["route"].path == _ROUTES[SERVICE] else OFFER
    subject = subject_of(edition_of(request), key_of(kind, request.path_params["slug"]))
    if subject is None:
        raise HTTPException(404)
    return subject


def _said(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _form(
    request: Request,
    subject: Subject,
    code: str,
    *,
    kind: str = "",
    text: str = "",
    trouble: str = "",
    status: int = 200,
) -> Response:
    title = _("Tell us what is wrong")
    refused = status == 422
    view = TellPage(
        title=_("Error: %(title)s") % {"title": title} if refused else title,
        sensitive=is_about_such(edition_of(request), *read_key(subject.key)),
        about=Link(subject.href, subject.title),
        kinds=tuple(KindChoice(value, _(words), value == kind) for value, words in KINDS.items()),
        text=text,
        code=code,
        longest=LONGEST,
        kind_fault=_("Choose what it is about.") if refused and kind not in KINDS else "",
        text_fault=_too_long(text) if refused and len(text) > LONGEST else "",
        trouble=trouble,
    )
    return render(request, "feedback.html", view, status, KEEP_PRIVATE)


def _too_long(text: str) -> str:
    over = len(text) - LONGEST
    return _("That is %(over)s letters too many. Keep it to %(most)s.") % {"over": over, "most": LONGEST}


async def thanks(request: Request) -> Response:
    """GET /feedback/thanks, after "This helped"."""
    view = Page(title=_("Thank you"))
    return render(request, "feedback-thanks.html", view)


async def ask_code(request: Request) -> Response:
    """GET /feedback: type the code."""
    return _code(request, "", "", 200)


async def take_code(request: Request) -> Response:
    """POST /feedback: on to the report's page; 422 for what is no code."""
    async with request.form() as form:
        typed = _said(form, "code")[:40]
    code = read_code(typed)
    if code is None:
        fault = _("A code has eight letters and numbers, such as %(code)s.") % {"code": "CDFG-HJ34"}
        return _code(request, typed, fault, 422)
    return RedirectResponse(f"{PATH}/{shown_code(code)}", 303, PRIVATE)


async def told(request: Request) -> Response:
    """GET /feedback/{code}: how it stands."""
    published, live = edition_of(request), live_of(request)
    code = read_code(request.path_params["code"])
    if code is None:
        return _code(request, "", _("Please type the code again."), 404)
    try:
        async with asyncio.timeout(PATIENCE):
            held = await store.standing_of(live.connection, code) if live.connection else None
    except AWAY:
        return _code(request, shown_code(code), _("We cannot look just now. Try again in a minute."), 503)
    if held is None:
        return _code(request, shown_code(code), _("We hold nothing with that code."), 404)
    subject = subject_of(published, held.slug)
    view = ToldPage(
        title=_("What you told us"),
        code=shown_code(code),
        about=Link(subject.href, subject.title) if subject else None,
        day=held.day,
        state=_(STATES.get(held.state, STATES["read"])),
        answer=held.answer,
        said=next((href_of(each) for each in live.you_said or () if each.report == held.id), ""),
    )
    return render(request, "feedback-told.html", view, headers=PRIVATE)


def _code(request: Request, typed: str, fault: str, status: int) -> Response:
    title = _("See what we did")
    view = CodePage(
        title=_("Error: %(title)s") % {"title": title} if fault else title,
        path=PATH,
        typed=typed,
        fault=fault,
    )
    return render(request, "feedback-code.html", view, status, PRIVATE if fault else None)


ROUTES = (
    *(Route(path, ask, name=f"tell {kind}") for kind, path in _ROUTES.items()),
    *(Route(path, take, methods=["POST"]) for path in _ROUTES.values()),
    Route(PATH, ask_code, name="feedback"),
    Route(PATH, take_code, methods=["POST"]),
    Route(f"{PATH}/thanks", thanks),
    Route(f"{PATH}/{{code}}", told),
)
