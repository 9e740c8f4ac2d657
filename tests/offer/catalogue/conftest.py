"""A migrated, open database on both engines, and small documents to put into it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue.documents import KINDS
from offer.db.connections import orm
from offer.db.migrate import migrate

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
SOURCE = {
    "name": "Durham County Council: leaving care",
    "url": "https://www.durham.gov.uk/x",
    "seen": "2026-11-01",
}


def entry(slug: str = "bursary", **changes: Any) -> dict[str, Any]:
    """A small whole entitlement, as a file has it."""
    body = {
        "id": slug,
        "title": "Money for college",
        "authority": "E06000047",
        "area_basis": "responsible_authority",
        "topic": "education",
        "stage": "public",
        "in_force": "yes",
        "strength": "local_offer",
        "nature": "council-choice",
        "for_care_leavers": True,
        "summary": "Money to help you study.",
        "what_you_get": ["£100 a year"],
        "who_for": "Young people who were in care.",
        "steps": ["Ask your adviser."],
        "decided_by": "Your council",
        "ask": "your personal adviser",
        "if_told_no": "Ask for the reason in writing.",
        "rule": {
            "id": "age",
            "fact": "age_years",
            "from": 16,
            "before": 25,
            "cite": "Children Act 1989 s.23C",
        },
        "legal_basis": [],
        "sources": [SOURCE],
        "confidence": "found in source",
        "checked_on": "2026-11-01",
        "review_by": "2027-11-01",
    }
    return body | changes


def service(slug: str = "hub", **changes: Any) -> dict[str, Any]:
    """A small whole service, as a file has it."""
    body = {
        "id": slug,
        "name": "The Hub",
        "organisation": "durham-county-council",
        "authority": "E06000047",
        "kind": "care-leaver-hub",
        "areas": ["E06000047"],
        "topics": ["adviser-and-rights"],
        "stage": "public",
        "status": "open",
        "summary": "A place to meet your adviser.",
        "sources": [SOURCE],
        "confidence": "found in source",
        "checked_on": "2026-11-01",
        "review_by": "2027-11-01",
    }
    return body | changes


def organisation(slug: str = "durham-county-council", **changes: Any) -> dict[str, Any]:
    """A small whole organisation, as a file has it."""
    body = {
        "id": slug,
        "name": "Durham County Council",
        "authority": "E06000047",
        "stage": "public",
        "sources": [SOURCE],
        "confidence": "found in source",
        "checked_on": "2026-11-01",
        "review_by": "2027-11-01",
    }
    return body | changes


def location(slug: str = "library", **changes: Any) -> dict[str, Any]:
    """A small whole location, as a file has it."""
    return organisation(slug, name="The library", address=["1 High Street"], town="Durham") | changes


def first_edition_service(slug: str = "hub", **changes: Any) -> dict[str, Any]:
    """A service as the first edition kept it: the organisation by its name, one address."""
    return (
        service(slug, organisation="Durham County Council", address=["1 High Street"], town="Durham")
        | changes
    )


class Files:
    """A folder of catalogue files, as somebody keeps them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folders = {kind.name: root / kind.plural for kind in KINDS.values()}
        for folder in self.folders.values():
            folder.mkdir(parents=True)

    def put(self, kind: str, body: dict[str, Any]) -> Path:
        """Writes a document as a person might, not in the canonical form."""
        file = self.folders[kind] / f"{body['id']}.yaml"
        file.write_text(yaml.safe_dump(body, allow_unicode=True), encoding="utf-8")
        return file

    def put_text(self, kind: str, name: str, text: str) -> Path:
        """Writes a file of any content."""
        file = self.folders[kind] / name
        file.write_text(text, encoding="utf-8")
        return file


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """An empty catalogue folder."""
    return Files(tmp_path / "catalogue")


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[BaseDBAsyncClient]:
    """An open, migrated, empty database: once on SQLite, once on PostgreSQL."""
    await migrate(database_url, at=AT)
    async with orm(database_url) as opened:
        yield opened
