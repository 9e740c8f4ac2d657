"""An address to hand on: written out, and as a code that a phone's camera reads."""

from dataclasses import dataclass

import segno
from markupsafe import Markup
from starlette.requests import Request

LONGEST = 600  # letters: a longer address makes squares too small for an old camera


@dataclass(frozen=True, slots=True)
class Code:
    """`path` is the address below our host. `site` is our host as the settings name it, "" where they do not.

    `picture` is the code as inline SVG; "" without a site, and where `too_long`.
    """

    path: str
    site: str
    picture: Markup
    too_long: bool

    @property
    def host(self) -> str:
        """ "offers.example": our host as people write it; "" without a site."""
        return self.site.partition("://")[2]

    @property
    def written(self) -> str:
        """ "offers.example/my-list?things=…", to be read from paper; the path alone without a site."""
        return f"{self.host}{self.path}"


def site_of(request: Request) -> str:
    """PUBLIC_URL, or "". Never the Host header: whoever sends it could make our code lead to their site."""
    return str(request.app.state.settings.public_url or "")


def code_of(request: Request, path: str, title: str) -> Code:
    """The address of a path of ours. `title` says what the picture is, for those who do not see it."""
    site = site_of(request)
    too_long = len(site) + len(path) > LONGEST
    picture = Markup("") if too_long or not site else picture_of(f"{site}{path}", title)
    return Code(path, site, picture, too_long)


def picture_of(address: str, title: str) -> Markup:
    """Black on white in every theme, with the quiet zone that scanners need."""
    drawn = segno.make(address, error="l", boost_error=False, micro=False).svg_inline(
        omitsize=True, border=4, dark="#000", light="#fff", title=title, svgclass="app-code", lineclass=None
    )
    return Markup(drawn.replace("<svg ", '<svg role="img" ', 1))  # noqa: S704 - segno escapes the title
