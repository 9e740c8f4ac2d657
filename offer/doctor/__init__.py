"""`local-offer doctor`: what is wrong or missing, and the command that mends it.

Every thing that the run book (offer/pages/docs/bad-days.md) tells somebody to look for is looked for here.
Nothing is changed, nothing is sent but a greeting, and no place or person is asked about.
"""

from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from offer.doctor.database import of_database
from offer.doctor.finding import Finding
from offer.doctor.machine import of_machine
from offer.doctor.network import of_network
from offer.settings import Settings

__all__ = ["Finding", "as_data", "examine", "findings"]


async def findings(settings: Settings) -> list[Finding]:
    """All that was looked at, well or not."""
    return [*of_machine(settings), *await of_database(settings), *await of_network(settings)]


async def examine(settings: Settings) -> tuple[list[str], bool]:
    """A line for each part, and whether all is well."""
    found = await findings(settings)
    return [each.line for each in found], all(each.well for each in found)


def as_data(found: list[Finding]) -> dict[str, Any]:
    """The same for a machine."""
    return {
        "version": version("local-offer"),
        "well": all(each.well for each in found),
        "findings": [asdict(each) | {"well": each.well} for each in found],
    }
