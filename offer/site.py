"""Whose service this is, as every page shows it: the council that runs it, its colour, whom to write to."""

import hashlib
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from offer.brand import Brand, brand
from offer.errors import PlainError
from offer.settings import Settings

OUR_BAR = "#123f43"  # --app-bar of templates/css/palette.css, for the frame of the browser


@dataclass(frozen=True, slots=True)
class Site:
    """Empty fields are not set: a page says so, and makes nothing up."""

    council: str = ""  # who runs it and answers for it
    contact: str = ""  # an email address, or the address of a page
    brand: Brand | None = None

    @property
    def contact_href(self) -> str:
        """Where a link to the contact leads."""
        return f"mailto:{self.contact}" if "@" in self.contact else self.contact

    @property
    def sheet(self) -> str:
        """The file name of the style sheet with the council's colour; "" without one."""
        return sheet_name(self.brand) if self.brand else ""

    @property
    def bar(self) -> str:
        """The colour round the page, where a browser shows one."""
        return self.brand.bar if self.brand else OUR_BAR

    def in_colour(self, colour: str) -> "Site":
        """The same site in a council's own colour; as it is for "" and for one that nobody could read on."""
        own = brand_of(colour)
        return replace(self, brand=own) if own else self


UNNAMED = Site()
_SHEET = re.compile(r"brand\.([0-9a-f]{6})\.[0-9a-f]{12}\.css")


@lru_cache(maxsize=200)
def brand_of(colour: str) -> Brand | None:
    """The brand of a colour; None for "" and for one that does not pass."""
    try:
        return brand(colour) if colour else None
    except PlainError:
        return None


def sheet_name(made: Brand) -> str:
    """ "brand.6b2c91.0123456789ab.css": its colour and its hash, so that a browser may keep it for ever."""
    return f"brand.{made.colour[1:]}.{hashlib.sha256(made.sheet.encode()).hexdigest()[:12]}.css"


def sheet_called(name: str) -> str | None:
    """The style sheet of that name, made from the colour in it; None for no such name."""
    found = _SHEET.fullmatch(name)
    made = brand_of(f"#{found[1]}") if found else None
    return made.sheet if made and sheet_name(made) == name else None


def site(settings: Settings) -> Site:
    """The site of these settings. Raises PlainError for a colour that cannot be read on."""
    colour = settings.brand_colour
    return Site(settings.brand_name, settings.contact, brand(colour) if colour else None)
