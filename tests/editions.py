"""The starter catalogue as one edition, straight from its files: no database."""

from datetime import date

from directory.places import Places
from directory.records import Record
from offer.catalogue.files import starter_folders
from offer.catalogue.store import read_folders
from offer.entitlements.schema import Entitlement
from offer.published import Published, build_published


def starter_edition(places: Places, today: date = date(2026, 11, 22)) -> Published:
    """What `local-offer ready` publishes."""
    records, refused = read_folders(starter_folders())
    assert not refused, "\n".join(map(str, refused))
    documents = [record.document for record in records]
    return build_published(
        [each for each in documents if isinstance(each, Entitlement)],
        [each for each in documents if isinstance(each, Record)],
        places,
        version=1,
        today=today,
    )
