"""Written docs: Markdown files in `docs/`, ours and trusted, read once and served under /docs."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.pages.listing import Link
from offer.pages.rendering import Page, render

PATH = "/docs"
FOLDER = Path(__file__).parent / "docs"
# The order of the list. A file that is not named here has no page.
NAMES = (
    "using-the-api", "open-data", "open-referral", "problems", "answers", "catalogue", "directory",
    "opening-hours", "places", "feedback", "languages", "offline", "visits", "for-advisers",
    "caseload", "what-we-keep",
    "dpia", "equality", "for-managers", "running", "growth", "watching", "bad-days",
    "security", "asvs", "strength",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doc:
    """One written page: its title, its first paragraph as plain text, and the rest as HTML."""

    name: str
    title: str
    summary: str
    body: Markup


@dataclass(frozen=True, slots=True)
class DocLine:
    """A written page in the list."""

    link: Link
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocsView(Page):
    """The list of written pages."""

    lines: tuple[DocLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocView(Page):
    """One written page."""

    body: Markup
    others: tuple[Link, ...]


@lru_cache(maxsize=len(NAMES))
def read_doc(name: str) -> Doc:
    """One page from its file. Raw HTML in it is shown as text, never passed on."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse((FOLDER / f"{name}.md").read_text("utf-8"))
    inline = [token for token in tokens if token.type == "inline"]
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", anchor(tokens[at + 1].content))
        token.attrs.pop("style", None)  # of a column of figures: the policy of our pages refuses it
    body = markdown.renderer.render(tokens[3:], markdown.options, {})  # the title is the page's own heading
    body = body.replace("<table>", '<div class="app-scroll" tabindex="0"><table>').replace(
        "</table>", "</table></div>"
    )
    summary = "".join(part.content for part in inline[1].children or ())
    return Doc(name, inline[0].content, summary, Markup(body))  # noqa: S704 - our own files, no raw HTML


def anchor(heading: str) -> str:
    """The id of a heading: "Not found" → "not-found", as problems name it."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


async def show_all(request: Request) -> Response:
    """GET /docs."""
    docs = [read_doc(name) for name in NAMES]
    view = DocsView(
        title="For developers and councils",
        path=PATH,
        lines=tuple(DocLine(Link(f"{PATH}/{doc.name}", doc.title), doc.summary) for doc in docs),
    )
    return render(request, "docs.html", view)


async def show(request: Request) -> Response:
    """GET /docs/{name}, for the names we have."""
    doc = read_doc(request.url.path.rsplit("/", 1)[-1])
    view = DocView(
        title=doc.title,
        path=f"{PATH}/{doc.name}",
        body=doc.body,
        others=tuple(Link(f"{PATH}/{name}", read_doc(name).title, name == doc.name) for name in NAMES),
    )
    return render(request, "doc.html", view)


# One route a page, so that other modules may serve their own pages under /docs.
ROUTES = (Route(PATH, show_all, name="docs"), *(Route(f"{PATH}/{name}", show) for name in NAMES))
