"""Help now: who to ring or text, by need. Works with nothing known and without script."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.clock import today
from offer.language import gettext as _
from offer.languages.dates import said_month
from offer.pages.edition import edition_of
from offer.pages.help_lines import NeedView, needs_of
from offer.pages.place_asking import Choice, council_choices
from offer.pages.rendering import Page, render
from offer.urgent_help import asker, help_list

PATH = "/help-now"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpNowView(Page):
    """Every need with its lines. `council` is the one chosen, by name; `held`: it has a team here.

    `choices` are the councils we hold a team of, with the chosen one: a list to read through in a
    hurry holds none that would change nothing.
    """

    needs: tuple[NeedView, ...]
    choices: tuple[Choice, ...]
    council: str
    held: bool
    checked: str


async def show(request: Request) -> Response:
    """GET /help-now?by=E06000047: `by` is the council whose own team stands first."""
    published = edition_of(request)
    council = published.places.authority(request.query_params.get("by", ""))
    found = needs_of(published, asker(published, by=council.gss if council else ""))
    view = HelpNowView(
        title=_("Help now"),
        path=PATH,
        sensitive=True,
        description=_("Who to ring or text if you are in danger, have nowhere to sleep, or have no food."),
        needs=found,
        choices=tuple(
            choice
            for choice in council_choices(published.places, today(), council.gss if council else "")
            if choice.chosen or choice.gss in help_list().councils
        ),
        council=council.name if council else "",
        held=any(line.local for need in found for line in need.lines),
        checked=said_month(help_list().checked_on),
    )
    return render(request, "help-now.html", view)


ROUTES = (Route(PATH, show, name="help-now"),)
