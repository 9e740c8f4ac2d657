"""The command line `local-offer`.

Exit codes: 0 done, 1 refused or failed with one plain line, 2 wrong usage.
"""

import asyncio
import sys
from collections.abc import Coroutine, Iterable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from offer import cli_staff
from offer.cli_bar import Bar
from offer.commands import answers, database, documents, machine, reports
from offer.errors import PlainError
from offer.openreferral.importing import Order
from offer.settings import read_settings

app = typer.Typer(
    name="local-offer",
    help="What care leavers in England can get: run the service and keep its catalogue true.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
importing = typer.Typer(
    help="Bring in what other systems hold, as drafts.",
    epilog="Example: local-offer import oruk https://example.org/feed --dry-run",
    no_args_is_help=True,
)
exporting = typer.Typer(
    help="Write what is published for other systems.",
    epilog="Example: local-offer export oruk services.json",
    no_args_is_help=True,
)
app.add_typer(importing, name="import")
app.add_typer(exporting, name="export")
app.add_typer(cli_staff.app, name="staff")
Result = TypeVar("Result")


def main() -> None:
    """Run one command; a PlainError becomes one line and exit code 1."""
    try:
        app()
    except PlainError as error:
        print(f"local-offer: {error}", file=sys.stderr)
        sys.exit(1)
    except MemoryError:
        print("local-offer: There is not enough memory for this. Give the process more.", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _run(work: Coroutine[Any, Any, Result]) -> Result:
    return asyncio.run(work)


def _say(line: str) -> None:
    print(line, flush=True)


def _tell(lines: Iterable[str], *, well: bool = True) -> None:
    """Print what was done; where it was refused or is wrong, end with 1."""
    for line in lines:
        _say(line)
    if not well:
        raise typer.Exit(1)


@app.command(epilog="Example: local-offer serve")
def serve() -> None:
    """Serve the pages and the API (HOST, PORT, DATA_DIR, DATABASE_URL)."""
    machine.serve(read_settings())


@app.command(epilog="Example: DATA_DIR=/srv/offer local-offer ready")
def ready() -> None:
    """Make this machine ready to serve: places, database and, if it is empty, the starter catalogue."""
    settings = read_settings()
    machine.ready_places(settings, Bar("Postcodes"), _say)
    _tell(_run(machine.ready_catalogue(settings, _say, Bar("Catalogue"))))


@app.command(epilog="Example: local-offer migrate")
def migrate() -> None:
    """Bring the database to this version of the service. A SQLite file is copied first."""
    _tell(_run(database.migrate(read_settings(), _say)))


@app.command(epilog="Example: local-offer load catalogue --dry-run")
def load(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder that `dump` wrote; the starter without")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing")
    ] = False,
) -> None:
    """Load catalogue and directory files. Never publishes, never overwrites what staff changed."""
    lines, refused = _run(documents.load(read_settings(), folder, dry_run=dry_run, progress=Bar("Loading")))
    _tell(lines, well=not refused)


@app.command(epilog="Example: local-offer dump catalogue")
def dump(folder: Annotated[Path, typer.Argument(help="Where the files go")]) -> None:
    """Write every document as a YAML file."""
    _say(f"{_run(documents.dump(read_settings(), folder, Bar('Writing')))} files changed in {folder}")


@app.command(epilog='Example: local-offer publish --note "New bursary figure"')
def publish(
    note: Annotated[str, typer.Option(help="Why, for the history")] = "",
    check: Annotated[
        bool, typer.Option("--check", help="Say what is wrong or odd, and publish nothing")
    ] = False,
) -> None:
    """Publish the newest checked revision of every public document."""
    settings = read_settings()
    lines, refused = _run(documents.look_over(settings) if check else documents.publish(settings, note))
    _tell(lines, well=not refused)


@importing.command(
    "oruk", epilog="Example: local-offer import oruk https://example.org/openreferral --dry-run"
)
def import_oruk(
    source: Annotated[str, typer.Argument(help="The base address of an Open Referral UK 3 feed, or a file")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing")
    ] = False,
    authority: Annotated[
        str | None, typer.Option(help="GSS code of the council whose directory it comes into")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also read feeds on this machine or a private network")
    ] = False,
) -> None:
    """Bring in another directory's services as drafts. Never overwrites what staff changed."""
    order = Order(source, authority, dry_run=dry_run, allow_private=allow_private)
    lines, well = _run(documents.import_oruk(read_settings(), order, Bar("Services")))
    _tell(lines, well=well)


@exporting.command("oruk", epilog="Example: local-offer export oruk services.json")
def export_oruk(file: Annotated[Path, typer.Argument(help="Where the services go")]) -> None:
    """Write every published service in the form of Open Referral UK 3."""
    _say(_run(documents.export_oruk(read_settings(), file)))


@app.command(epilog="Example: local-offer check tests/situations/sleaford-19-left-care-at-18.yaml")
def check(
    file: Annotated[Path, typer.Argument(help="A YAML situation: facts, and `on` for another day")],
    everything: Annotated[bool, typer.Option("--all", help="Show what does not fit, too")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The Answer as the API gives it")] = False,
) -> None:
    """Answer a situation in the terminal."""
    _tell(_run(answers.check(read_settings(), file, everything=everything, as_json=as_json)))


@app.command(epilog='Example: local-offer places "NG34 7EF"')
def places(
    query: Annotated[str, typer.Argument(help="Postcode, half a postcode, town, district or council")],
) -> None:
    """Say which district and council a place is in."""
    _tell(answers.places(read_settings(), query))


@app.command(epilog="Example: local-offer relevance")
def relevance(
    queries: Annotated[
        Path | None, typer.Argument(help="Judged queries: each with the grade of each topic; ours without")
    ] = None,
    topics: Annotated[Path | None, typer.Argument(help="Which topics each record is about")] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Keep what each query reaches now, to compare the next run with")
    ] = False,
) -> None:
    """Measure search on judged queries, name the worst, and say what moved since the last accepted run."""
    _tell(_run(reports.relevance(read_settings(), queries, topics, accepted=accept)))


@app.command(epilog="Example: local-offer gaps --days 30")
def gaps(
    days: Annotated[int, typer.Option(min=1, max=400, help="How many days back")] = 90,
) -> None:
    """Print what people searched for and did not find, and which entries nobody opens."""
    _tell(_run(reports.gaps(read_settings(), days)))


@app.command(epilog="Example: local-offer words --most 40")
def words(
    most: Annotated[int, typer.Option(min=0, max=5000, help="How many of the hardest texts")] = 20,
    advice: Annotated[bool, typer.Option(help="Say what to write better, text by text")] = False,
) -> None:
    """Print which public words are hardest to read, with their reading grade. For editors only."""
    _tell(_run(reports.words(read_settings(), most, advice=advice)))


@app.command(epilog="Example: local-offer feedback --days 30")
def feedback(
    days: Annotated[int, typer.Option(min=1, max=800, help="How many days back")] = 90,
) -> None:
    """Print what people told us about entries, each with its code, and which entries helped."""
    _tell(_run(reports.feedback(read_settings(), days)))


@app.command(
    "answer-feedback",
    epilog='Example: local-offer answer-feedback CDFG-HJ34 changed --say "The number is new."',
)
def answer_feedback(
    code: Annotated[str, typer.Argument(help="The code that `feedback` prints")],
    state: Annotated[str, typer.Argument(help="new, read, changed or kept")],
    say: Annotated[str, typer.Option(help="A plain sentence for whoever told us")] = "",
) -> None:
    """Say how a report stands; whoever wrote it reads that with its code."""
    _say(_run(reports.answer_feedback(read_settings(), code, state, say[:400])))


@app.command(epilog="Example: local-offer backup offer-2026-11-22.sqlite3")
def backup(file: Annotated[Path, typer.Argument(help="A file that is not there yet")]) -> None:
    """Copy the database into one file. The service may run meanwhile."""
    _say(_run(database.backup(read_settings(), file, Bar("Rows"))))


@app.command(epilog="Example: local-offer restore offer-2026-11-22.sqlite3")
def restore(file: Annotated[Path, typer.Argument(help="A file that `backup` wrote")]) -> None:
    """Put a copy in the place of the database; what was there is kept beside it."""
    _tell(_run(database.restore(read_settings(), file, Bar("Rows"))))


@app.command(epilog="Example: local-offer move postgres://offer@db.example/offer")
def move(target: Annotated[str, typer.Argument(help="The address of an empty database")]) -> None:
    """Copy everything into a database of the other engine: SQLite to PostgreSQL, or back."""
    _tell(_run(database.move(read_settings(), target, Bar("Rows"))))


@app.command("build-places", epilog="Example: local-offer build-places")
def build_places() -> None:
    """Build the postcode file again from its package."""
    machine.build_places(read_settings(), Bar("Postcodes"))
    _say("The postcode file is built.")


@app.command(epilog="Example: local-offer doctor --json")
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="The same for a machine")] = False,
) -> None:
    """Say what is wrong or missing, and the command that mends it. Ends with 1 where anything is."""
    lines, well = _run(machine.doctor(read_settings(), as_json=as_json))
    _tell(lines, well=well)


if __name__ == "__main__":
    main()
