"""An address as a square code that a phone's camera reads, drawn in the page itself."""

import io

import segno
from markupsafe import Markup

SCALE = 7  # a code of 33 squares is 290 pixels wide: read easily from another phone's screen


def square_code(address: str, title: str) -> Markup:
    """An inline picture (SVG) of the address. `title` says in words what it is."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", scale=SCALE, border=4, xmldecl=False, svgns=False, title=title, omitsize=False,
        svgclass="app-qr", lineclass=None, dark="#000", light="#fff",
    )  # fmt: skip
    return Markup(out.getvalue().decode())  # noqa: S704 - segno escapes the title; the rest is numbers
