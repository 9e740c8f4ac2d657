"""The directory that ships with the product, read by the one reader of catalogue files."""

from collections.abc import Mapping
from functools import cache

from directory.assembled import Assembled, ServiceView, assemble
from directory.records import Record
from offer.catalogue.files import starter_folders
from offer.catalogue.store import read_folders

FOLDERS = {kind: folder for kind, folder in starter_folders().items() if kind != "entitlement"}


@cache
def starter_records() -> tuple[Record, ...]:
    """Every starter record, by kind and name of file. A refused file fails the test."""
    records, refused = read_folders(FOLDERS)
    assert refused == []
    documents = [record.document for record in records]
    return tuple(each for each in documents if isinstance(each, Record))


@cache
def starter() -> Assembled:
    """The starter directory put together: what is public of it."""
    return assemble(starter_records())


def starter_services() -> Mapping[str, ServiceView]:
    """Every public starter service by its slug."""
    return starter().services
