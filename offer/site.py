"""Whose service this is, as every page shows it: the council that runs it, its colour, whom to write to."""

import hashlib
from dataclasses import dataclass

from offer.brand import Brand, brand
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
        if self.brand is None:
            return ""
        return f"brand.{hashlib.sha256(self.brand.sheet.encode()).hexdigest()[:12]}.css"

    @property
    def bar(self) -> str:
        """The colour round the page, where a browser shows one."""
        return self.brand.bar if self.brand else OUR_BAR


UNNAMED = Site()


def site(settings: Settings) -> Site:
    """The site of these settings. Raises PlainError for a colour that cannot be read on."""
    colour = settings.brand_colour
    return Site(settings.brand_name, settings.contact, brand(colour) if colour else None)
