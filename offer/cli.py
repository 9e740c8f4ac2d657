"""The command line `local-offer`.

Exit codes: 0 done, 1 refused or failed with one plain line, 2 wrong usage.
"""

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from offer import cli_staff, commands
from offer.cli_bar import Bar
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


@app.command(epilog="Example: local-offer serve")
def serve() -> None:
    """Serve the pages and the API (HOST, PORT, DATA_DIR, DATABASE_URL)."""
    commands.serve(read_settings())


@app.command(epilog="Example: DATA_DIR=/srv/offer local-offer ready")
def ready() -> None:
    """Make this machine ready to serve: places, database and, if it is empty, the starter catalogue."""
    settings = read_settings()
    commands.ready_places(settings, Bar("Postcodes"), _say)
    for line in _run(commands.ready_catalogue(settings, _say, Bar("Catalogue"))):
        _say(line)


@app.command(epilog="Example: local-offer migrate")
def migrate() -> None:
    """Bring the database to this version of the service. A SQLite file is copied first."""
    for line in _run(commands.migrate(read_settings(), _say)):
        _say(line)


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
    lines, refused = _run(commands.load(read_settings(), folder, dry_run=dry_run, progress=Bar("Loading")))
    for line in lines:
        _say(line)
    if refused:
        raise typer.Exit(1)


@app.command(epilog="Example: local-offer dump catalogue")
def dump(folder: Annotated[Path, typer.Argument(help="Where the files go")]) -> None:
    """Write every document as a YAML file."""
    _say(f"{_run(commands.dump(read_settings(), folder, Bar('Writing')))} files changed in {folder}")


@app.command(epilog='Example: local-offer publish --note "New bursary figure"')
def publish(
    note: Annotated[str, typer.Option(help="Why, for the history")] = "",
    check: Annotated[
        bool, typer.Option("--check", help="Say what is wrong or odd, and publish nothing")
    ] = False,
) -> None:
    """Publish the newest checked revision of every public document."""
    settings = read_settings()
    lines, refused = _run(commands.look_over(settings) if check else commands.publish(settings, note))
    for line in lines:
        _say(line)
    if refused:
        raise typer.Exit(1)


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
    lines, well = _run(commands.import_oruk(read_settings(), order, Bar("Services")))
    for line in lines:
        _say(line)
    if not well:
        raise typer.Exit(1)


@exporting.command("oruk", epilog="Example: local-offer export oruk services.json")
def export_oruk(file: Annotated[Path, typer.Argument(help="Where the services go")]) -> None:
    """Write every published service in the form of Open Referral UK 3."""
    _say(_run(commands.export_oruk(read_settings(), file)))


@app.command(epilog="Example: local-offer check tests/situations/sleaford-19-left-care-at-18.yaml")
def check(
    file: Annotated[Path, typer.Argument(help="A YAML situation: facts, and `on` for another day")],
    everything: Annotated[bool, typer.Option("--all", help="Show what does not fit, too")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The Answer as the API gives it")] = False,
) -> None:
    """Answer a situation in the terminal."""
    for line in _run(commands.check(read_settings(), file, everything=everything, as_json=as_json)):
        _say(line)


@app.command(epilog='Example: local-offer places "NG34 7EF"')
def places(
    query: Annotated[str, typer.Argument(help="Postcode, half a postcode, town, district or council")],
) -> None:
    """Say which district and council a place is in."""
    for line in commands.places(read_settings(), query):
        _say(line)


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
    for line in _run(commands.relevance(read_settings(), queries, topics, accepted=accept)):
        _say(line)


@app.command(epilog="Example: local-offer gaps --days 30")
def gaps(
    days: Annotated[int, typer.Option(min=1, max=400, help="How many days back")] = 90,
) -> None:
    """Print what people searched for and did not find, and which entries nobody opens."""
    for line in _run(commands.gaps(read_settings(), days)):
        _say(line)


@app.command(epilog="Example: local-offer words --most 40")
def words(
    most: Annotated[int, typer.Option(min=0, max=5000, help="How many of the hardest texts")] = 20,
    advice: Annotated[bool, typer.Option(help="Say what to write better, text by text")] = False,
) -> None:
    """Print which public words are hardest to read, with their reading grade. For editors only."""
    for line in _run(commands.words(read_settings(), most, advice=advice)):
        _say(line)


@app.command(epilog="Example: local-offer feedback --days 30")
def feedback(
    days: Annotated[int, typer.Option(min=1, max=800, help="How many days back")] = 90,
) -> None:
    """Print what people told us about entries, each with its code, and which entries helped."""
    for line in _run(commands.feedback(read_settings(), days)):
        _say(line)


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
    _say(_run(commands.answer_feedback(read_settings(), code, state, say[:400])))


@app.command(epilog="Example: local-offer backup offer-2026-11-22.sqlite3")
def backup(file: Annotated[Path, typer.Argument(help="A file that is not there yet")]) -> None:
    """Copy the database into one file. The service may run meanwhile."""
    _say(_run(commands.backup(read_settings(), file, Bar("Rows"))))


@app.command(epilog="Example: local-offer restore offer-2026-11-22.sqlite3")
def restore(file: Annotated[Path, typer.Argument(help="A file that `backup` wrote")]) -> None:
    """Put a copy in the place of the database; what was there is kept beside it."""
    for line in _run(commands.restore(read_settings(), file, Bar("Rows"))):
        _say(line)


@app.command(epilog="Example: local-offer move postgres://offer@db.example/offer")
def move(target: Annotated[str, typer.Argument(help="The address of an empty database")]) -> None:
    """Copy everything into a database of the other engine: SQLite to PostgreSQL, or back."""
    for line in _run(commands.move(read_settings(), target, Bar("Rows"))):
        _say(line)


@app.command("build-places", epilog="Example: local-offer build-places")
def build_places() -> None:
    """Build the postcode file again from its package."""
    commands.build_places(read_settings(), Bar("Postcodes"))
    _say("The postcode file is built.")


@app.command(epilog="Example: local-offer doctor --json")
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="The same for a machine")] = False,
) -> None:
    """Say what is wrong or missing, and the command that mends it. Ends with 1 where anything is."""
    lines, well = _run(commands.doctor(read_settings(), as_json=as_json))
    for line in lines:
        _say(line)
    if not well:
        raise typer.Exit(1)


if __name__ == "__main__":
    main()
