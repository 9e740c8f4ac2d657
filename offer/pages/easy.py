"""One entry in a few words: large, with one symbol."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.freshness import overdue_words
from offer.addresses import OFFER, entry_href
from offer.clock import today
from offer.languages.entries import checked_words, in_spoken
from offer.pages.edition import edition_of
from offer.pages.gone import not_there
from offer.pages.rendering import Page, render
from offer.pages.sensitive import touches


@dataclass(frozen=True, slots=True, kw_only=True)
class EasyPage(Page):
    """The short form of an entry; `symbol` by its name in parts/symbols.html. `translated`: see EntryPage."""

    href: str
    sentences: tuple[str, ...]
    symbol: str
    translated: str
    overdue: str


async def easy(request: Request) -> Response:
    """GET /entitlements/{slug}/easy; an entry without a short form is shown whole."""
    published = edition_of(request)
    entry = published.entries.get(request.path_params["slug"])
    if entry is None:
        raise not_there(published, OFFER, request.path_params["slug"])
    entry = in_spoken(entry)
    if entry.easy_read is None:
        return RedirectResponse(entry_href(entry.id), 303)
    view = EasyPage(
        title=entry.title,
        description=" ".join(entry.easy_read.sentences),
        href=entry_href(entry.id),
        sentences=tuple(entry.easy_read.sentences),
        symbol=entry.easy_read.symbol,
        translated=checked_words(entry),
        overdue=overdue_words(entry.checked_on, entry.review_by, today(), entry.ask),
        sensitive=touches((entry.topic, *entry.more_topics)),
    )
    return render(request, "easy.html", view)


ROUTES = (Route("/entitlements/{slug}/easy", easy, name="easy"),)
