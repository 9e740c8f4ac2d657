"""The services that ship with the product, read by the one reader of catalogue files."""

from functools import cache

from directory.records import Service
from offer.catalogue.documents import SERVICE
from offer.catalogue.files import starter_folders
from offer.catalogue.store import read_folders

STARTER = starter_folders()[SERVICE]


@cache
def starter_services() -> tuple[Service, ...]:
    """Every starter service, by name of file. A refused file fails the test."""
    records, refused = read_folders({SERVICE: STARTER})
    assert refused == []
    return tuple(record.document for record in records if isinstance(record.document, Service))
