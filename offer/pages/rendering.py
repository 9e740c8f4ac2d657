"""From a typed view model to a page. A template sees one object, named `page`."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, is_dataclass, replace
from functools import lru_cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, Undefined
from jinja2.ext import Extension
from jinja2.filters import sync_do_join
from jinja2.nodes import EvalContext
from jinja2.utils import pass_eval_context
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

import templates
from offer.caching import ASK_AGAIN, has_copy, tag_of
from offer.clock import now, today
from offer.errors import PlainError
from offer.language import gettext, later, ngettext, spoken
from offer.languages.dates import said_day, said_month
from offer.languages.phrases import finalized, said
from offer.languages.switch import switch
from offer.live import live_of
from offer.pages.kept import kept
from offer.pages.ringing import ringable
from offer.pages.urgent_lines import urgent_lines
from offer.site import UNNAMED, Site

HERE = Path(templates.__file__).resolve().parent
BUILT = HERE / "built"
_ANEW = "Run: python -m templates.build"
_INDENTED = re.compile(r"^[ \t]+", re.M)

MENU = (
    ("/", later("Start")),
    ("/search", later("Search")),
    ("/topics", later("Topics")),
    ("/council-tax", later("Council tax")),
    ("/help-nearby", later("Nearby")),
)


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One link of the main menu."""

    href: str
    text: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page needs; each page's own view model extends it."""

    title: str
    path: str = ""
    description: str = ""
    sent_by: str = ""  # the id of the form that asks for this page again, where no address alone does
    site: Site = UNNAMED  # whose service this is
    sensitive: bool = False  # about what may be dangerous to be seen with: offer/pages/sensitive.py
    english_only: bool = False  # no row of languages, on a page with a fault neither
    of_council: str = ""  # the code of the council, or of its district, that the page is about
    geocoder: str = ""  # the host that is asked about places we do not know; "" = none is

    @property
    def menu(self) -> tuple[MenuItem, ...]:
        """The main menu, this page's item marked."""
        return tuple(MenuItem(href, text, href == self.path) for href, text in MENU)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorView(Page):
    """A page for something that went wrong. `of_staff`: on a page of theirs, where they go back to."""

    words: str
    of_staff: bool = False


class StrictForModels(Undefined):
    """A misspelt field of a view model is our fault and raises; the macros' own blanks stay blank."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        ours = is_dataclass(self._undefined_obj) or hasattr(self._undefined_obj, "_fields")
        if ours or self._undefined_name == "page":
            self._fail_with_undefined_error()


@lru_cache(maxsize=1)
def manifest() -> Mapping[str, str]:
    """Asset name → built file name. Raises PlainError where nothing was built, or a file is damaged."""
    path, cure = BUILT / "manifest.json", "Run: make run (or: python -m templates.build)"
    if not path.is_file():
        raise PlainError("The style sheets have not been built.", cure)
    try:
        names: dict[str, str] = json.loads(path.read_text("utf-8"))
        bad = [name for name in names.values() if not _is_sound(BUILT / name)]
    except (ValueError, AttributeError, TypeError) as fault:
        raise PlainError("The list of the style sheets is damaged.", _ANEW) from fault
    if bad or "app.css" not in names:
        which = bad[0] if bad else "app.css"
        raise PlainError(f"The file {which} of the style sheets is missing or damaged.", _ANEW)
    return names


def _is_sound(file: Path) -> bool:
    """Whether a built file is as it was built: its name carries its hash."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
    return bool(digest) and f".{digest[:12]}." in file.name


def asset(name: str) -> str:
    """The address of a built asset."""
    return f"/assets/{manifest()[name]}"


def policy() -> str:
    """The content security policy: our own styles and modules, no inline script, no other host."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


class Unindented(Extension):
    """Templates are indented for who reads them; the page sent is not. None holds a text of several lines."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """A template's text without the blanks its lines begin with."""
        return _INDENTED.sub("", source)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Our templates, with the design system's macros beside them."""
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(HERE), macros]),
        autoescape=True,
        undefined=StrictForModels,
        auto_reload=False,  # a page takes ten templates: whether each has changed is not asked for every page
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", Unindented],
        finalize=finalized,
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals["_"] = _in_words
    made.globals["asset"] = asset
    made.globals["kept"] = kept
    made.globals["urgent_lines"] = urgent_lines
    made.globals["made"] = lambda: int(
        now().timestamp() * 1000
    )  # so that Back after "start again" shows nothing
    made.globals["spoken"] = spoken
    made.filters |= {
        "day": said_day,
        "month": said_month,
        "ringable": ringable,
        "said": said,
        "join": _joined,
    }
    return made


@pass_eval_context
def _joined(context: EvalContext, parts: Iterable[object], between: str = "") -> str:
    """Jinja's own filter, of parts that may be phrases."""
    return sync_do_join(context, [finalized(part) for part in parts], between)


def _in_words(words: str, /, **values: object) -> Markup:
    """The extension's own `_`, without its four calls by way of the context: pages say hundreds of words."""
    found = Markup(gettext(words))  # noqa: S704 - words of ours, as the extension takes them too
    return found % values if "%" in found else found


def render(
    request: Request,
    template: str,
    page: Page,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """One page as HTML. `template` is its path below templates/pages."""
    text = whole(request, template, page, failed=status >= 400)
    reply = HTMLResponse(text, status, dict(headers or {}))
    return asked_again(request, reply, tag_of(bytes(reply.body))) if is_public(request, reply) else reply


def whole(request: Request, template: str, page: Page, *, failed: bool = False) -> str:
    """A page with its row of languages. `template` and `page` as for `render`."""
    languages = None if page.english_only else switch(request, page.sent_by, failed=failed)
    return html_of(request, f"pages/{template}", page, languages=languages)


def is_public(request: Request, reply: Response) -> bool:
    """Whether a page is the same for everybody: its address asks for it, and nobody forbade keeping it."""
    return is_read(request) and reply.status_code == 200 and "cache-control" not in reply.headers


def is_read(request: Request) -> bool:
    """Whether the address alone says what is asked for."""
    return request.method in ("GET", "HEAD")


def asked_again(request: Request, reply: HTMLResponse, tag: str) -> HTMLResponse:
    """A browser may keep the page and asks each time if it is still the same: 304, and nothing to pay."""
    if has_copy(request, tag):
        reply = HTMLResponse(status_code=304)
    reply.headers.update({"ETag": tag, **ASK_AGAIN})
    return reply


def saved_edition(request: Request) -> str:
    """A short name for what a phone would save now: the built files and the catalogue's number."""
    return f"{_files()}-{live_of(request).version}"


@lru_cache(maxsize=1)
def _files() -> str:
    return hashlib.sha256(json.dumps(sorted(manifest().items())).encode()).hexdigest()[:8]


def html_of(request: Request, template: str, page: Page, **more: object) -> str:
    """A page or a part of one. `template` is its path below templates; `more` are names it knows besides."""
    state = request.app.state
    site = _in_its_colour(request, getattr(state, "site", UNNAMED), page.of_council)
    shown = replace(page, geocoder=getattr(state, "geocoder_host", ""), site=site)
    return environment().get_template(template).render(page=shown, made_on=today().isoformat(), **more)


def _in_its_colour(request: Request, site: Site, council: str) -> Site:
    """The site as the pages of one council show it."""
    edition = live_of(request).edition if council else None
    return site.in_colour(edition.look_of(council, today()).colour) if edition else site


def error_page(request: Request, status: int, words: str) -> HTMLResponse:
    """The page for an error, with a way back."""
    missing = later("Page not found")
    title = {404: missing, 410: missing, 500: later("Sorry, something went wrong")}.get(
        status, later("Sorry, that did not work")
    )
    # What is gone may come back: without this, browsers keep a 410 for ever.
    kept = ASK_AGAIN if status in (404, 410) else None
    view = ErrorView(title=title, words=words, of_staff=f"{request.url.path}/".startswith("/staff/"))
    return render(request, "error.html", view, status, kept)
