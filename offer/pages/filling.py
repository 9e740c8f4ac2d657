"""A form about a person, read with its place looked up: what every page does that answers one."""

from datetime import date

from starlette.requests import Request

from offer.pages.forms import Filled, fill
from offer.pages.typed_form import Typed
from offer.place_reading import read_place
from offer.published import Published


async def filled_of(request: Request, published: Published, typed: Typed, on: date) -> Filled:
    """The form read on that day; its place may be asked of another computer, where that is switched on."""
    return fill(typed, published, on, await read_place(request, published, typed.get("place"), on))
