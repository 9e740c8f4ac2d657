"""What each command does. Each returns lines to print; the command line holds no logic of its own."""

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from directory.openreferral.faults import FeedFault
from directory.openreferral.paging import Window, page_json, to_json
from directory.places import Places, PlacesError
from directory.records import ENGLAND
from offer.answer_parts import Answer
from offer.api.answer_json import answer_json
from offer.backup import backup as backup_to
from offer.backup import restore as restore_from
from offer.catalogue import commands as catalogue
from offer.catalogue.documents import ENTITLEMENT, LOCATION, ORGANISATION, SERVICE
from offer.catalogue.history import read_history
from offer.catalogue.reading import read_published
from offer.catalogue.yaml_text import YamlFault
from offer.catalogue.yaml_text import read as read_yaml
from offer.clock import now, today
from offer.db.connections import orm, public_name
from offer.db.moving import move as move_to
from offer.doctor import as_data, examine, findings
from offer.errors import PlainError
from offer.feedback import store as feedback_store
from offer.feedback.listing import lines as feedback_lines
from offer.feedback.told import STATES, read_code, shown_code
from offer.looking.gaps import gap_lines, gaps_of
from offer.looking.store import read as read_counts
from offer.openreferral.importing import Order, import_feed
from offer.person import PersonFaults, read_person
from offer.published import Published, build_published
from offer.relevance import accept, judged, judged_own, read_accepted, report_lines
from offer.serving import serve as serve_app
from offer.settings import Settings
from offer.staff.acts import answer_report
from offer.staff.audit import COMMAND_LINE
from offer.staff.words.kinder import our_terms
from offer.staff.words.listing import advice as advised
from offer.staff.words.listing import graded
from offer.staff.words.listing import lines as grade_lines
from offer.terminal import answer_lines, place_lines

_FOR_READERS = ("expect", "law", "absent", "not_included")  # of a situation that is also a test

Say = Callable[[str], object]
Progress = Callable[[int, int], object]
Steps = Callable[[int, int, str], None]


def serve(settings: Settings) -> None:
    """Serve until stopped."""
    serve_app(settings)


def ready_places(settings: Settings, progress: Steps, say: Say) -> None:
    """Build the postcode file unless a sound one of the installed edition is there; says why it does."""
    _make(settings.data_dir)
    try:
        Places.open_or_build(settings.places_file, progress, say)
    except PlacesError as fault:
        raise PlainError(fault.what, fault.cure or "Run: local-offer build-places") from fault


def build_places(settings: Settings, progress: Steps) -> None:
    """Build the postcode file; takes about half a minute."""
    from directory.places.build import build_places as build_file  # numpy: only where it is needed

    _make(settings.data_dir)
    try:
        build_file(settings.places_file, progress)
    except PlacesError as fault:
        raise PlainError(fault.what, fault.cure) from fault


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as fault:
        raise PlainError(
            f"The data folder {folder} cannot be used: {fault.strerror}.",
            "Set DATA_DIR to a folder you may write.",
        ) from fault


async def ready_catalogue(settings: Settings, say: Say, progress: Progress) -> list[str]:
    """Migrate, and fill and publish an empty database."""
    _make(settings.data_dir)
    done = await catalogue.set_up(settings.database, at=now(), say=say, progress=progress)
    reports = [report for report in (done.loaded, done.published) if report is not None]
    return [line for report in reports for line in report.lines()]


async def migrate(settings: Settings, say: Say) -> list[str]:
    """Migrate safely."""
    _make(settings.data_dir)
    done = await catalogue.migrate(settings.database, at=now(), say=say)
    steps = ", ".join(done.steps) or "nothing to do"
    copy = [f"a copy of the database from before is {done.copy}"] if done.copy else []
    return [f"migrated: {steps}", *copy]


async def load(
    settings: Settings, folder: Path | None, *, dry_run: bool, progress: Progress
) -> tuple[list[str], bool]:
    """Load files; the second value tells whether any was refused."""
    report = await catalogue.load(settings.database, folder, at=now(), dry_run=dry_run, progress=progress)
    return report.lines(), bool(report.refused)


async def dump(settings: Settings, folder: Path, progress: Progress) -> int:
    """Write the files; the number that changed."""
    return await catalogue.dump(settings.database, folder, progress=progress)


async def publish(settings: Settings, note: str) -> tuple[list[str], bool]:
    """Publish; the second value tells whether any document was refused."""
    report = await catalogue.publish(settings.database, at=now(), author="command line", note=note)
    return report.lines(), bool(report.refused)


async def look_over(settings: Settings) -> tuple[list[str], bool]:
    """All that is wrong or odd in what would be published; the second value tells whether any is wrong."""
    return await catalogue.look_over(settings.database, open_places(settings), today=today())


async def import_oruk(settings: Settings, order: Order, progress: Progress) -> tuple[list[str], bool]:
    """Import an Open Referral feed as drafts; the second value tells whether it could be read to its end."""
    places = open_places(settings)
    if order.authority and order.authority != ENGLAND and not places.authority(order.authority):
        raise PlainError("That is not the code of a council.", "Find it with: local-offer places")
    try:
        report = await import_feed(settings.database, order, places, at=now(), progress=progress)
    except FeedFault as fault:
        raise PlainError(f"The feed cannot be imported: {fault}.") from None
    return report.lines(), not report.stopped


async def export_oruk(settings: Settings, file: Path) -> str:
    """Write every service of the published feed, whole, as one page."""
    feed = (await read_edition(settings)).open_referral
    records = [to_json(feed.whole_service(number)) for number in range(len(feed.services))]
    try:
        page = page_json(Window(1, max(1, len(records))), len(records), records)
        await asyncio.to_thread(_write_whole, file, page)
    except OSError as fault:
        raise PlainError(f"{file} cannot be written: {fault.strerror}.") from fault
    return f"{len(records)} services written to {file}"


def _write_whole(file: Path, content: bytes) -> None:
    """Beside, then in place: somebody finds the old file or the new one, never half. Raises OSError."""
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise


async def check(settings: Settings, file: Path, *, everything: bool, as_json: bool) -> list[str]:
    """The answer to each situation of a YAML file, in plain lines or as JSON."""
    situations = read_situations(file)
    published = await read_edition(settings)
    answers = [_answer(published, situation, file) for situation in situations]
    if as_json:
        replies = [json.loads(answer_json(each, explain=True)) for each in answers]
        return [json.dumps(replies if len(replies) > 1 else replies[0], indent=2, ensure_ascii=False)]
    lines: list[str] = []
    for situation, each in zip(situations, answers, strict=True):
        lines += [*(["", f"== {situation.get('name', '')}"] if len(answers) > 1 else [])]
        lines += answer_lines(each, everything=everything)
    return lines


def _answer(published: Published, situation: Mapping[str, Any], file: Path) -> Answer:
    try:
        person = read_person(published, situation.get("facts") or {}, _day(situation.get("on"), file))
    except PersonFaults as faults:
        said = "; ".join(
            f"{fault.pointer.removeprefix('/facts/')}: {fault.detail}" for fault in faults.faults
        )
        raise PlainError(f"{file} cannot be answered: {said}") from None
    return person.answer(published)


def read_situations(file: Path) -> list[Mapping[str, Any]]:
    """The people of a YAML file: one, or a list of them. Raises PlainError."""
    data = _yaml(file)
    listed: list[Any] = data if isinstance(data, list) and data else [data]
    for each in listed:
        if not isinstance(each, dict) or not isinstance(each.get("facts") or {}, dict):
            raise PlainError(f"{file} holds no situation.", "Write `facts:` and, below it, one fact a line.")
        unknown = set(each) - {"name", "on", "facts", *_FOR_READERS}
        if unknown:
            names = ", ".join(sorted(map(str, unknown)))
            raise PlainError(f"{file} says {names}, which we do not know.", "Use `on` and `facts`.")
    return listed


def _yaml(file: Path) -> object:
    try:
        return read_yaml(file.read_text("utf-8")).data
    except OSError as fault:
        raise PlainError(f"{file} cannot be read: {fault.strerror}.") from fault
    except (YamlFault, UnicodeDecodeError) as fault:
        raise PlainError(f"{file} is not YAML that we can read: {fault}.") from fault


def _day(text: object, file: Path) -> date:
    if text is None:
        return today()
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise PlainError(f"`on` in {file} is not a date.", "Write it as 2026-11-22.") from None


async def read_edition(settings: Settings) -> Published:
    """The published catalogue, as the service would serve it."""
    places = open_places(settings)
    async with orm(settings.database) as connection:
        documents = await read_published(connection)
    return build_published(
        documents.entitlements,
        documents.records,
        places,
        documents.version,
        documents.published_at,
        today=today(),
    )


def open_places(settings: Settings) -> Places:
    """The postcode file. Raises PlainError with the command that builds it."""
    try:
        return Places.open(settings.places_file)
    except PlacesError as fault:
        raise PlainError(fault.what, "Run: local-offer build-places") from fault


def places(settings: Settings, query: str) -> list[str]:
    """Which district and council a place is in."""
    return place_lines(open_places(settings).read(query, today()))


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


async def backup(settings: Settings, file: Path, progress: Steps) -> str:
    """Write a copy of the database."""
    return f"The database is copied to {await backup_to(settings.database, file, now(), progress)}."


async def restore(settings: Settings, file: Path, progress: Steps) -> list[str]:
    """Put a copy in the place of the database."""
    kept = await restore_from(settings.database, file, now(), progress)
    return [f"The database is that of {file}.", *([f"What was there before is {kept}."] if kept else [])]


async def move(settings: Settings, target: str, progress: Steps) -> list[str]:
    """Copy every row into an empty database of the other engine."""
    moved = await move_to(settings.database, target, at=now(), progress=progress)
    rows = sum(moved.values())
    return [
        f"{rows:,} rows of {len(moved)} tables are in {public_name(target)}, each compared with its first.",
        "This database is as it was. To serve the new one set DATABASE_URL to its address.",
    ]


async def doctor(settings: Settings, *, as_json: bool) -> tuple[list[str], bool]:
    """What is missing here, as lines or as JSON; the second value tells whether all is well."""
    if not as_json:
        return await examine(settings)
    found = as_data(await findings(settings))
    return [json.dumps(found, indent=2, ensure_ascii=False)], bool(found["well"])
