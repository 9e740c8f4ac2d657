"""What staff do to content: each act is in the audit log."""

from dataclasses import dataclass
from datetime import date, datetime

from pydantic import BaseModel, ValidationError
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from offer.catalogue.documents import document_of
from offer.catalogue.findings import findings
from offer.catalogue.publishing import PublishReport, publish_in
from offer.catalogue.revisions import ChangedMeanwhile, Stamp, save_in, writing
from offer.db.errors import Refused
from offer.db.models import Feedback, Revision
from offer.feedback.told import STATES
from offer.staff import audit
from offer.staff.audit import By
from offer.staff.due import next_review
from offer.staff.reading import document

STILL_RIGHT = "Checked again: still right."


@dataclass(frozen=True, slots=True)
class Checked:
    """What "still right" did: when it is to be checked next, and the catalogue version that shows it."""

    review_by: date
    version: int


def author_of(by: By) -> str:
    """Who wrote a revision: the team and the number of the account, never a name."""
    return f"{by.team}, account {by.account}"[:120]


async def still_right(
    connection: BaseDBAsyncClient, kind: str, slug: str, opened: int, by: By, at: datetime, today: date
) -> Checked:
    """Dates what the public sees as checked today, and publishes that one document, or does nothing.

    Raises `ChangedMeanwhile` where somebody saved after revision `opened`, and `Refused` where the newest
    revision is not what the public sees (to say that it is right would publish more than a date), or where
    a check refuses it.
    """
    author = author_of(by)
    async with writing() as transaction:
        held = await document(transaction, kind, slug)
        if held is None or held.number != opened:
            raise ChangedMeanwhile("Somebody else saved this after you opened it.", "Look at it again.")
        if not held.is_public:
            raise Refused("There is a newer version that is not public yet.", "Publish or drop that first.")
        review_by = next_review(today, has_amount=held.has_amount)
        row = await Revision.get(
            document__kind=kind, document__slug=slug, number=opened, using_db=transaction
        )
        changed = _dated(kind, row.body, today, review_by)
        stamp = Stamp(author, at, note=STILL_RIGHT)
        number = await save_in(transaction, kind, changed, stamp, opened=opened)
        report = await publish_in(
            transaction, at=at, author=author, note=STILL_RIGHT, findings=findings, only={(kind, slug)}
        )
        refuse_unpublished(report, kind, slug)
        told = {"revision": str(number)}
        await audit.append(transaction, by, "said still right", f"{kind} {slug}", at, told)
    return Checked(review_by, report.version)


async def done_just_now(
    connection: BaseDBAsyncClient, kind: str, slug: str, opened: int, note: str, by: By
) -> bool:
    """Whether that account saved just that after revision `opened`, and nobody since."""
    newest = Revision.filter(document__kind=kind, document__slug=slug).using_db(connection)
    row = await newest.order_by("-number").first()
    done = (opened + 1, note, author_of(by))
    return row is not None and (row.number, row.note, row.author) == done


def _dated(kind: str, body: str, today: date, review_by: date) -> BaseModel:
    try:
        return document_of(kind, body).model_copy(update={"checked_on": today, "review_by": review_by})
    except ValidationError as fault:
        raise Refused("This version of the service cannot read it.", "Load its file again.") from fault


def refuse_unpublished(report: PublishReport, kind: str, slug: str) -> None:
    """Raises `Refused` with the reason where that document was not published."""
    for finding in report.refused:
        if (finding.kind, finding.slug) == (kind, slug):
            raise Refused(f"Nothing was saved, because it cannot be published: {finding.problem}.")


async def answer_report(
    connection: BaseDBAsyncClient, report: int, state: str, answer: str, by: By, at: datetime
) -> bool:
    """Says how a report stands, to whoever has its code; whether there is such a report."""
    if state not in STATES:
        raise Refused("That is not how a report can stand.")
    async with in_transaction(connection.connection_name) as transaction:
        row = Feedback.filter(id=report).using_db(transaction)
        if not await row.update(state=state, answer=answer):
            return False
        told = {"state": state, "answered": "yes" if answer else "no"}
        await audit.append(transaction, by, "answered a report", f"report {report}", at, told)
    return True


async def note(
    connection: BaseDBAsyncClient, by: By, act: str, about: str, at: datetime, **detail: str
) -> None:
    """A row of the audit log for an act that writes nothing else."""
    async with in_transaction(connection.connection_name) as transaction:
        await audit.append(transaction, by, act, about, at, detail)
