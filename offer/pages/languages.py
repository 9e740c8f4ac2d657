"""The languages of this service, how much of each there is, and how to help with one."""

import json
from dataclasses import dataclass
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from offer.language import gettext as _
from offer.languages.catalogue import COMPILED
from offer.languages.known import TRANSLATED, Language
from offer.pages.rendering import Page, render

PATH = "/languages"


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A language, and how many of a hundred fixed texts it says."""

    language: Language
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguagesPage(Page):
    """Every language, in the order of the row on each page."""

    rows: tuple[LanguageRow, ...]


async def languages(request: Request) -> HTMLResponse:
    """GET /languages."""
    rows = tuple(LanguageRow(each, _percents().get(each.code, 0)) for each in TRANSLATED)
    return render(request, "languages.html", LanguagesPage(title=_("Languages"), path=PATH, rows=rows))


@lru_cache(maxsize=1)
def _percents() -> dict[str, int]:
    """How complete each language is, as templates.build counted it; whole percents, rounded down."""
    path = COMPILED / "complete.json"
    found: dict[str, dict[str, int]] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return {code: done["said"] * 100 // (done["all"] or 1) for code, done in found.items()}


ROUTES = (Route(PATH, languages),)
