"""What the service knows of itself: how good search is, what was not found, what people told us."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from offer.catalogue.documents import ENTITLEMENT, LOCATION, ORGANISATION, SERVICE
from offer.catalogue.history import read_history
from offer.clock import now, today
from offer.commands.opened import read_edition
from offer.db.connections import orm
from offer.errors import PlainError
from offer.feedback import store as feedback_store
from offer.feedback.listing import lines as feedback_lines
from offer.feedback.told import STATES, read_code, shown_code
from offer.looking.gaps import gap_lines, gaps_of
from offer.looking.store import read as read_counts
from offer.published import Published
from offer.relevance import accept, judged, judged_own, read_accepted, report_lines
from offer.settings import Settings
from offer.staff.acts import answer_report
from offer.staff.audit import COMMAND_LINE
from offer.staff.words.kinder import our_terms
from offer.staff.words.listing import advice as advised
from offer.staff.words.listing import graded
from offer.staff.words.listing import lines as grade_lines


async def relevance(
    settings: Settings, queries: Path | None, topics: Path | None, *, accepted: bool
) -> list[str]:
    """How good search is on judged queries: our own, or those of two files."""
    if (queries is None) is not (topics is None):
        raise PlainError("Name both files: the judged queries, and which topics each record is about.")
    published = await read_edition(settings)
    found = judged(published, queries, topics) if queries and topics else judged_own(published)
    lines = list(report_lines(found, read_accepted()))
    if accepted:
        accept(found.report)
    return lines


async def gaps(settings: Settings, days: int) -> list[str]:
    """What people looked for and did not find, and which entries nobody opens, in the last `days`."""
    since = today() - timedelta(days=days)
    async with orm(settings.database) as connection:
        counts = await read_counts(connection, since)
        history = await read_history(connection)
    return list(gap_lines(gaps_of(await read_edition(settings), history, counts, since)))


async def words(settings: Settings, most: int, *, advice: bool) -> list[str]:
    """The public words that are hardest to read, each with its reading grade; or advice on all of them."""
    bodies = bodies_of(await read_edition(settings))
    return list(advised(bodies, our_terms()) if advice else grade_lines(graded(bodies), most))


def bodies_of(published: Published) -> list[tuple[str, Mapping[str, Any]]]:
    """Every public document as kind and body."""
    services = (each.record for each in published.services.values())
    held = {
        ENTITLEMENT: published.entries.values(),
        SERVICE: services,
        ORGANISATION: published.organisations.values(),
        LOCATION: published.locations.values(),
    }
    return [(kind, document.model_dump(mode="json")) for kind, listed in held.items() for document in listed]


async def feedback(settings: Settings, days: int) -> list[str]:
    """What people told us about entries, and which ones helped, in the last `days`."""
    since = today() - timedelta(days=days)
    async with orm(settings.database) as connection:
        reports = await feedback_store.reports(connection, since)
        thanks = await feedback_store.thanks(connection, since)
    return list(feedback_lines(await read_edition(settings), reports, thanks))


async def answer_feedback(settings: Settings, code: str, state: str, words: str) -> str:
    """Say how a report stands, to whoever wrote it. Raises PlainError for a code or state we do not have."""
    wanted = read_code(code)
    if state not in STATES:
        raise PlainError(f"'{state}' is not how a report can stand.", f"Use one of: {', '.join(STATES)}.")
    async with orm(settings.database) as connection:
        report = await feedback_store.number_of(connection, wanted) if wanted else None
        if wanted is None or report is None:
            raise PlainError(f"No report has the code {code}.", "See them all: local-offer feedback")
        await answer_report(connection, report, state, words, COMMAND_LINE, now())
    return f"{shown_code(wanted)} is now: {state}"
