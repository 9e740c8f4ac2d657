"""`local-offer staff`: the first admin, and what mends a locked door. Whoever runs the machine is trusted."""

import asyncio
from collections.abc import Coroutine
from typing import Annotated, Any

import typer

from offer.cli_bar import Bar
from offer.settings import read_settings
from offer.staff import commands, upkeep_commands

app = typer.Typer(
    help="Who may look after the pages.",
    epilog="Example: local-offer staff add --email sam@council.example --role admin --scope england",
    no_args_is_help=True,
)
Email = Annotated[str, typer.Option(help="Their email address at work")]
RoleName = Annotated[str, typer.Option(help="viewer, editor, approver or admin")]
Scope = Annotated[str, typer.Option(help="GSS code of a council, or england for national content")]


def _print(work: Coroutine[Any, Any, list[str]]) -> None:
    for line in asyncio.run(work):
        typer.echo(line)


@app.command(epilog="Example: local-offer staff add --email sam@council.example --role admin --scope england")
def add(
    email: Email,
    role: RoleName,
    scope: Scope,
    name: Annotated[str, typer.Option(help="Their name, for other staff")] = "",
    team: Annotated[str, typer.Option(help="Their team, which the audit log names")] = "Service team",
) -> None:
    """Invite somebody: prints an address that works once, within seven days."""
    _print(commands.add(read_settings(), email, role, scope, name, team))


@app.command(
    epilog="Example: local-offer staff role --email sam@council.example --role editor --scope E10000019"
)
def role(
    email: Email,
    role: Annotated[str, typer.Option(help="viewer, editor, approver, admin, or none to take it away")],
    scope: Scope,
) -> None:
    """Give somebody a role in a place, or take it away."""
    _print(commands.change_role(read_settings(), email, role, scope))


@app.command(epilog="Example: local-offer staff reset --email sam@council.example")
def reset(email: Email) -> None:
    """For a lost password or phone: ends both, signs out everywhere, and prints a new one-time address."""
    _print(commands.reset(read_settings(), email))


@app.command("list", epilog="Example: local-offer staff list")
def everybody() -> None:
    """Print every account and its roles."""
    _print(commands.everybody(read_settings()))


@app.command(epilog="Example: local-offer staff guard")
def guard() -> None:
    """Put back the triggers that keep the audit log from being changed."""
    _print(commands.mend_guard(read_settings()))


@app.command(epilog="Example: local-offer staff seal")
def seal() -> None:
    """Keep the secrets of code apps and recovery codes as this version does, with the first of SEAL_KEYS."""
    _print(commands.seal(read_settings()))


@app.command(epilog="Example: local-offer staff remind --dry-run")
def remind(
    dry_run: Annotated[bool, typer.Option(help="Print the letters; send and keep nothing")] = False,
) -> None:
    """Mail the teams whose pages are due for a check. The service does it each day by itself."""
    _print(upkeep_commands.remind(read_settings(), dry_run=dry_run))


@app.command("check-links", epilog="Example: local-offer staff check-links --most 100")
def check_links(
    most: Annotated[int, typer.Option(min=1, max=5000, help="How many sources to ask")] = 40,
) -> None:
    """Ask the sources that are due if they still stand, slowly, and print what waits for a look."""
    _print(upkeep_commands.check_links(read_settings(), most, Bar("Sources")))
