"""Which publications changed a document: read with the catalogue, so that asking needs no database."""

from offer.api.shapes.documents import ChangeInCatalogue
from offer.published import Published


def history_of(published: Published, kind: str, slug: str) -> list[ChangeInCatalogue]:
    """The publications that changed one document, the latest first."""
    changes = published.history.get((kind, slug), ())
    return [ChangeInCatalogue(version=each.version, at=each.at, note=each.note) for each in changes]
