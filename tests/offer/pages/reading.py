"""Reading a page in a test."""

import html
import re
from datetime import date

import httpx2

TODAY = date(2026, 11, 22)


def title_of(page: httpx2.Response) -> str:
    """The text of <title>."""
    found = re.search(r"<title>(.*?)</title>", page.text, re.DOTALL)
    assert found
    return html.unescape(found[1])


def words_of(page: httpx2.Response) -> str:
    """The text of the main part, tags and doubled spaces left out. A number to tap stays in its sentence."""
    main = page.text[page.text.index("<main") : page.text.index("</main>")]
    main = re.sub(r'<a href="tel:\d+">([\d ]+)</a>', r"\1", main)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())
