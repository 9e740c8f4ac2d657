"""The leaving care team of a council as its staff fill it in: drafts of a service and of its organisation.

What is left blank is kept as not found; nothing is made up.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from directory.places import Area
from directory.records import Service
from offer.catalogue.documents import ORGANISATION, SERVICE, body_of
from offer.clock import LONDON
from offer.council_names import council_name
from offer.db.errors import Refused
from offer.published import Published
from offer.staff.audit import By
from offer.staff.change import Change, Item, faults_of
from offer.staff.change_rows import change_of, newest_of, open_changes_of
from offer.staff.changes import open_change, put
from offer.staff.due import next_review

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
TOLD_BY = "Told by the council itself"
PHONE = "phone number"


@dataclass(frozen=True, slots=True)
class Team:
    """How to reach a leaving care team. "" where nobody told us."""

    name: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class TeamDraft:
    """A team with the change it is a draft in; None where what stands is public, or nothing stands."""

    team: Team
    change: int | None
    is_public: bool


def slug_of_team(area: Area) -> str:
    """ "kent-county-council-leaving-care-team"."""
    return f"{slug_of_council(area)}-leaving-care-team"


def slug_of_council(area: Area) -> str:
    """ "kent-county-council"."""
    return _NOT_SLUG.sub("-", council_name(area).casefold()).strip("-")


async def team_of(connection: BaseDBAsyncClient, published: Published, area: Area) -> TeamDraft:
    """The team as it is written, or as it is public."""
    public = _public(published, area)
    slug = public.id if public else slug_of_team(area)
    drafts = await open_changes_of(connection, SERVICE, slug)
    item = drafts[0].item(SERVICE, slug) if drafts else None
    if item is not None:
        return TeamDraft(_team(item.body), drafts[0].id, public is not None)
    return TeamDraft(_team(body_of(public)) if public else Team(), None, public is not None)


def _public(published: Published, area: Area) -> Service | None:
    teams = (view.record for view in published.services.values() if view.is_shown)
    own = (each for each in teams if each.kind == "leaving-care-team" and each.authority == area.gss)
    return next(own, None)


def _team(body: Mapping[str, Any]) -> Team:
    phones = body.get("phones") or [{}]
    return Team(
        str(body.get("name", "")), str(phones[0].get("number", "")),
        str(body.get("email") or ""), str(body.get("website") or ""),
    )  # fmt: skip


async def keep_team(
    connection: BaseDBAsyncClient,
    published: Published,
    area: Area,
    team: Team,
    by: By,
    at: datetime,
) -> int:
    """Keeps the team as a draft in a change; the change.

    Raises `Refused` where somebody saved meanwhile, and where the public sees just this already.
    """
    async with in_transaction(connection.connection_name) as transaction:  # no change without its draft
        return await _keep_team(transaction, published, area, team, by, at)


async def _keep_team(
    connection: BaseDBAsyncClient,
    published: Published,
    area: Area,
    team: Team,
    by: By,
    at: datetime,
) -> int:
    on = at.astimezone(LONDON).date()
    public = _public(published, area)
    slug = public.id if public else slug_of_team(area)
    drafts = await open_changes_of(connection, SERVICE, slug)
    if public and not drafts and team == _team(body_of(public)):
        raise Refused("Nothing is different from what the public sees.", "Change something, or go back.")
    title = f"Leaving care team: {council_name(area)}"
    change = drafts[0].id if drafts else await open_change(connection, area.gss, title, by, at)
    held = await change_of(connection, change)
    if public is None:
        await _put_once(connection, held, Item(ORGANISATION, slug_of_council(area), "save", 0,
                        organisation_body(area, team, on)), by, at)  # fmt: skip
    base = await newest_of(connection, SERVICE, slug)
    item = held.item(SERVICE, slug) if held else None
    written = item.body if item else body_of(public) if public else None
    body = with_team(written, team, on) if written else service_body(area, slug, team, on)
    draft = Item(SERVICE, slug, "save", item.base if item else base, body, item.edition if item else 0)
    await put(connection, change, draft, by, at)
    return change


async def _put_once(
    connection: BaseDBAsyncClient, change: Change | None, item: Item, by: By, at: datetime
) -> None:
    """The organisation, where neither this change nor the catalogue has it."""
    if change is None or change.item(item.kind, item.slug):
        return
    if not await newest_of(connection, item.kind, item.slug):
        await put(connection, change.id, item, by, at)


def faults_of_team(area: Area, team: Team, on: date) -> Mapping[str, str]:
    """What is wrong with what was typed, by field."""
    found: dict[str, str] = {}
    if not team.name:
        found["team"] = "Type the name of the team, as young people hear it."
    item = Item(SERVICE, slug_of_team(area), "save", 0, service_body(area, slug_of_team(area), team, on))
    for fault in faults_of(item):
        for start, field, words in _FAULTS:
            if fault.startswith(start):
                found.setdefault(field, words)
    return found


_FAULTS = (
    ("Phones", "phone", "Type a phone number, such as 01632 960001."),
    ("Email", "mail", "Type an email address, such as leavingcare@council.example."),
    ("Website", "website", "Type a whole address that begins with https://"),
)


def with_team(written: Mapping[str, Any], team: Team, on: date) -> dict[str, Any]:
    """A service that is written already, with what was typed; all that this form does not ask for stays."""
    first, *others = written.get("phones") or [{}]
    phones = [{**first, "number": team.phone}, *others] if team.phone else others
    told = {"name": TOLD_BY, "seen": on.isoformat()}
    asked = dict(_reached(team))
    blank = [name for name, value in asked.items() if not value and not (name == PHONE and others)]
    return {
        **written,
        "name": team.name,
        "phones": phones,
        "email": team.email or None,
        "website": team.website or None,
        "sources": [*(each for each in written.get("sources", ()) if each["name"] != TOLD_BY), told],
        "checked_on": on.isoformat(),
        "review_by": next_review(on, has_amount=False).isoformat(),
        "not_found": [*(each for each in written.get("not_found", ()) if each not in asked), *blank],
    }


def service_body(area: Area, slug: str, team: Team, on: date) -> dict[str, Any]:
    """A new service: the fields that were typed, and what goes with them."""
    return {
        "id": slug,
        "name": team.name,
        "organisation": slug_of_council(area),
        "authority": area.gss,
        "kind": "leaving-care-team",
        "areas": [area.gss],
        "topics": ["adviser-and-rights"],
        "stage": "public",
        "status": "open",
        "summary": f"The team that helps care leavers from {area.name}.",
        "phones": [{"number": team.phone}] if team.phone else [],
        "email": team.email or None,
        "website": team.website or None,
        **_known(on),
        "not_found": list(_blank(team)),
    }


def organisation_body(area: Area, team: Team, on: date) -> dict[str, Any]:
    """The council that runs the team."""
    return {
        "id": slug_of_council(area),
        "name": council_name(area),
        "authority": area.gss,
        "stage": "public",
        "website": team.website or None,
        **_known(on),
    }


def _known(on: date) -> dict[str, Any]:
    return {
        "sources": [{"name": TOLD_BY, "seen": on.isoformat()}],
        "confidence": "found in source",
        "checked_on": on.isoformat(),
        "review_by": next_review(on, has_amount=False).isoformat(),
    }


def _blank(team: Team) -> Iterator[str]:
    yield from (name for name, value in _reached(team) if not value)
    yield "opening hours"


def _reached(team: Team) -> Iterator[tuple[str, str]]:
    """What was typed of each way to reach it, by what it is called where it is not found."""
    yield from ((PHONE, team.phone), ("email address", team.email), ("website", team.website))
