"""What sheets are made of and held against, and the one change that a sheet becomes.

Nothing of an upload is kept between the trial and the change: the page itself carries what would be
written, as a form carries what somebody typed, and it is read and checked again when it comes back.
"""

import base64
import binascii
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from offer.catalogue.documents import KINDS, body_of, document_of, slug_of
from offer.catalogue.revisions import ChangedMeanwhile
from offer.db.errors import Refused
from offer.db.models import Document, Revision
from offer.sheets import limits
from offer.sheets.documents import Held
from offer.sheets.report import Key
from offer.staff import audit
from offer.staff.audit import By
from offer.staff.change import Item
from offer.staff.changes import open_change, put
from offer.staff.roles import NATIONAL, authorities_of, scope_of

Claim = tuple[str, str, int]  # kind, slug and revision
DAMAGED = "What this page carried is damaged, so nothing was done. Send the file again."


async def held_of(connection: BaseDBAsyncClient, scope: str) -> dict[Key, Held]:
    """The documents of a scope in their newest revision; one that this version cannot read is left out."""
    newest = dict(await Document.all().using_db(connection).values_list("id", "newest"))
    named = [Q(body__contains=f'"authority":"{code}"') for code in sorted(authorities_of(scope))]
    rows = Revision.filter(Q(*named, join_type="OR")).using_db(connection)
    fields = ("document_id", "document__kind", "document__slug", "number", "body")
    found = {}
    for document, kind, slug, number, body in await rows.values_list(*fields):
        held = _read(kind, slug, number, body) if newest.get(document) == number else None
        if held and _scope(held) == scope:
            found[kind, slug] = held
    return dict(sorted(found.items()))


def _read(kind: str, slug: str, number: int, body: str) -> Held | None:
    try:
        return Held(kind, slug, number, document_of(kind, body))
    except ValidationError:
        return None


def _scope(held: Held) -> str:
    return scope_of(str(held.document.authority))  # type: ignore[attr-defined]


async def shared_with(connection: BaseDBAsyncClient, scope: str) -> dict[Key, Held]:
    """The national entries that hold rows of a council's districts: it changes those rows itself."""
    if scope == NATIONAL:
        return {}
    areas, national = authorities_of(scope), await held_of(connection, NATIONAL)
    return {key: held for key, held in national.items() if areas_in(held) & areas}


def areas_in(held: Held) -> frozenset[str]:
    """The places of which an entry holds terms."""
    return frozenset(row.area for row in getattr(held.document, "terms", ()))


async def elsewhere(
    connection: BaseDBAsyncClient, keys: Collection[Key], mine: Collection[Key]
) -> dict[Key, str]:
    """Those of `keys` that are documents of another scope, with the GSS code of whose they are."""
    others = set(keys) - set(mine)
    rows = Document.filter(slug__in=sorted({slug for _, slug in others})).using_db(connection)
    found: dict[Key, str] = {}
    for id_, kind, slug, newest in await rows.values_list("id", "kind", "slug", "newest"):
        if (kind, slug) in others:
            body = (await Revision.get(document_id=id_, number=newest, using_db=connection)).body
            found[kind, slug] = str(json.loads(body).get("authority", ""))
    return found


async def earlier(connection: BaseDBAsyncClient, claims: Iterable[Claim]) -> dict[Claim, Held]:
    """The revisions that rows claim to be made of, where there are such."""
    wanted = set(claims)
    numbers: dict[int, set[str]] = {}
    for _, slug, number in wanted:
        numbers.setdefault(number, set()).add(slug)
    found: dict[Claim, Held] = {}
    for number, slugs in numbers.items():
        rows = Revision.filter(number=number, document__slug__in=sorted(slugs)).using_db(connection)
        for kind, slug, body in await rows.values_list("document__kind", "document__slug", "body"):
            held = _read(kind, slug, number, body) if (kind, slug, number) in wanted else None
            if held:
                found[kind, slug, number] = held
    return found


def carried(items: Sequence[Item]) -> str:
    """What a trial would write, as the page carries it. Raises `Refused` where it is too much for one go."""
    plain = [{"kind": i.kind, "slug": i.slug, "base": i.base, "body": i.body} for i in items]
    data = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    if len(data) > limits.PLAN:
        raise Refused(f"That is {len(items)} changes, too many for one go.", "Send the file in two parts.")
    return base64.urlsafe_b64encode(data).decode()


def read_carried(text: str) -> list[Item]:
    """The items that a page carried, every document read and checked again. Raises `Refused`."""
    try:
        data = json.loads(base64.b64decode(text, altchars=b"-_", validate=True))
        return [_item(each) for each in data]
    except (binascii.Error, ValueError, KeyError, TypeError, RecursionError) as fault:
        raise Refused(DAMAGED) from fault


def _item(given: Mapping[str, Any]) -> Item:
    kind = KINDS[given["kind"]]
    document = kind.model.model_validate(given["body"])
    faults = list(kind.check(document))
    if faults:
        raise ValueError(faults[0].reason)
    return Item(kind.name, slug_of(document), "save", int(given["base"]), body_of(document))


async def make_change(
    connection: BaseDBAsyncClient, scope: str, title: str, items: Sequence[Item], by: By, at: datetime
) -> int:
    """One draft change with every item, or nothing at all; its number.

    Raises `ChangedMeanwhile` where somebody saved one of the documents since the trial, and `Refused`
    where an item is of another scope.
    """
    if not items:
        raise Refused("There is nothing to change.")
    async with in_transaction(connection.connection_name) as transaction:
        await _refuse_stale(transaction, items)
        change = await open_change(transaction, scope, title, by, at)
        for item in items:
            await put(transaction, change, item, by, at)
        told = {"documents": str(len(items))}
        await audit.append(transaction, by, "brought in a file", f"change {change}", at, told)
    return change


async def _refuse_stale(transaction: BaseDBAsyncClient, items: Sequence[Item]) -> None:
    rows = Document.filter(slug__in=[each.slug for each in items]).using_db(transaction)
    newest = {(kind, slug): number for kind, slug, number in await rows.values_list("kind", "slug", "newest")}
    late = [each.slug for each in items if newest.get((each.kind, each.slug), 0) != each.base]
    if late:
        names = ", ".join(late[:5])
        raise ChangedMeanwhile(
            f"Somebody saved since: {names}.", "Send the file again, and see what differs."
        )
