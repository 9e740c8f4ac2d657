"""The starter entries as their files have them, drafts too."""

from collections.abc import Mapping

import pytest

from offer.catalogue.documents import ENTITLEMENT, KINDS
from offer.catalogue.files import files_of, read_file
from offer.entitlements.schema import Entitlement


def starter() -> Mapping[str, Entitlement]:
    """Every starter entry by its slug; read anew, for the tests that ask by name."""
    kind = KINDS[ENTITLEMENT]
    found = [read_file(kind, file) for file in files_of(kind.starter)]
    documents = [record.document for record in found if not isinstance(record, tuple)]
    assert len(documents) == len(found), [record for record in found if isinstance(record, tuple)]
    return {entry.id: entry for entry in documents if isinstance(entry, Entitlement)}


STARTER = starter()


@pytest.fixture(params=list(STARTER.values()), ids=list(STARTER))
def entry(request: pytest.FixtureRequest) -> Entitlement:
    """Each entry in turn."""
    assert isinstance(request.param, Entitlement)
    return request.param


@pytest.fixture(scope="session")
def entries() -> Mapping[str, Entitlement]:
    """All of them."""
    return STARTER
