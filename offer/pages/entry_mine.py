"""One entry for one person: what it is for them and until when, from the answers in a posted form.

It is opened from the results where no script runs, or by an age typed on the page itself. With
script the phone works this out itself, from the answers its tab keeps: templates/js/mine.
"""

from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.addresses import base_of
from offer.answer_parts import Outcome
from offer.caching import KEEP_PRIVATE
from offer.clock import today
from offer.common_ground import answer_in_all
from offer.language import gettext as _
from offer.language import later
from offer.pages.asking import open_districts
from offer.pages.dates_said import from_words, until_words
from offer.pages.edition import edition_of
from offer.pages.entry import Mine, entry_page
from offer.pages.filling import filled_of
from offer.pages.person_form import Hidden
from offer.pages.rendering import render
from offer.pages.start import start_page
from offer.pages.typed_form import FIELDS, check_form, typed_of

FOR_YOU = {
    "yes": later("You should be able to get this."),
    "unknown": later("You might get this: it depends."),
    "no": later("Not now."),
}
_ELSEWHERE = later("This is for people of another council than the ones you told us.")


async def mine(request: Request) -> Response:
    """POST /entitlements/{slug}: the page with what it is for the person of the form."""
    published, on = edition_of(request), today()
    entry = published.entries.get(request.path_params["slug"])
    if entry is None:
        raise HTTPException(404)
    check_form(request)
    async with request.form() as form:
        typed = typed_of(form)
    filled = await filled_of(request, published, typed, on)
    if filled.person is None:
        return start_page(request, filled, 422)
    answer = answer_in_all(published, filled.person, open_districts(filled))
    outcome = next((each for each in answer.outcomes if each.slug == entry.id), None)
    born = filled.person.situation.date_of_birth
    hidden = (Hidden(name, value) for name, value in filled.typed.values.items() if name in FIELDS)
    told = Mine(_words(outcome), _when(outcome, born), tuple(hidden))
    page = entry_page(published, entry, on, base_of(request), mine=told)
    return render(request, "entry.html", page, headers=KEEP_PRIVATE)


def _words(outcome: Outcome | None) -> str:
    return _(FOR_YOU[outcome.outcome] if outcome else _ELSEWHERE)


def _when(outcome: Outcome | None, born: date | None) -> str:
    if outcome is None:
        return ""
    return from_words(outcome.from_, born) if outcome.waits else until_words(outcome, born)


ROUTES = (Route("/entitlements/{slug}", mine, methods=["POST"]),)
