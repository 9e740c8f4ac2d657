"""What somebody reads at an old address."""

from starlette.exceptions import HTTPException

from offer.errors import Problem
from offer.language import later
from offer.published import Published

GONE = later("We took this page down. Ask your adviser about it, or search for something like it.")


def not_there(published: Published, kind: str, slug: str) -> Exception:
    """To raise: 410 with whom to ask for a page that was taken down, 404 for one that nobody ever saw."""
    return Problem(410, GONE) if published.history.get((kind, slug)) else HTTPException(404)
