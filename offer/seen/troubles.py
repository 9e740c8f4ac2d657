"""What is wrong with a process, and whether it should get requests meanwhile. Pure.

A balancer takes a process out when /readyz says 503. That is right for what is wrong with this process
alone, because another one can answer instead. It is wrong for what all of them share: public pages are
answered from memory, and a database that is away would take every process out at once, and leave people
with nothing. Such a trouble is told, and stops only who asks for everything (`/readyz?all`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from offer.catalogue.watch import Health
from offer.seen.standing import Standing

STUCK = 900.0  # seconds: longer than reading the catalogue of a whole country may take


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is wrong. `stops`: this process should get no requests until it is mended."""

    code: str
    says: str
    mend: str
    stops: bool = False


STARTING = Trouble(
    "starting", "There is no catalogue in memory yet.",
    "Wait a minute. If it stays: local-offer doctor", stops=True,
)  # fmt: skip
STOPPING = Trouble(
    "stopping", "This process was told to stop and takes nothing new.", "Nothing to mend.", stops=True
)
BEHIND = Trouble(
    "migrations_behind", "The database is of an older version than this code.",
    "Run: local-offer migrate", stops=True,
)  # fmt: skip
NEWER_AT_START = Trouble(
    "migrations_ahead", "The database was changed by a newer version before this process began.",
    "Start that version, or bring back an older copy: local-offer restore", stops=True,
)  # fmt: skip
NEWER = Trouble(
    "migrations_newer", "A newer version has changed the database since this process began.",
    "Finish the upgrade: restart this process with the newer version.",
)  # fmt: skip
DAMAGED = Trouble(
    "places_damaged", "The postcode file was changed or cut short under this process.",
    "Run: local-offer build-places, then restart", stops=True,
)  # fmt: skip
UNUSABLE = Trouble(
    "places_unusable", "The postcode file is damaged or gone; this process still has the good one open.",
    "Before any restart run: local-offer build-places",
)  # fmt: skip
AWAY = Trouble(
    "database_away", "The database cannot be reached. Public pages go on from memory; staff cannot work.",
    "Start the database, then look again: local-offer doctor",
)  # fmt: skip
NOT_TAKEN = Trouble(
    "catalogue_not_taken", "The newest edition cannot be read here: the one before it is served.",
    "Look at the log for `catalogue not taken up`, and run: local-offer doctor",
)  # fmt: skip
NOT_FOLLOWING = Trouble(
    "not_following", "This process no longer follows the catalogue.", "Restart this process.", stops=True
)
OVERDUE = Trouble(
    "publishing_overdue", "A change has missed the hour on which it was to be public.",
    "Publish it by hand on its page under /staff/changes",
)  # fmt: skip
ALL = (
    STARTING, STOPPING, NOT_FOLLOWING, DAMAGED, UNUSABLE,
    AWAY, NOT_TAKEN, BEHIND, NEWER_AT_START, NEWER, OVERDUE,
)  # fmt: skip
LATE = 60.0  # seconds after its hour that a change counts as missed


def troubles(version: int | None, health: Health, standing: Standing, at: float) -> tuple[Trouble, ...]:
    """All that is wrong with a process that serves edition `version` (None: none yet). `at`: as `steady`."""
    return (*_of_the_process(version, health, standing, at), *_of_the_database(health, standing))


def _of_the_process(version: int | None, health: Health, standing: Standing, at: float) -> Iterator[Trouble]:
    if standing.stopping:
        yield STOPPING
    if version is None:
        yield STARTING
    elif _is_stuck(health, at):
        yield NOT_FOLLOWING
    if standing.places_damaged:
        yield DAMAGED
    elif standing.places_unusable:
        yield UNUSABLE


def _is_stuck(health: Health, at: float) -> bool:
    """Whether the watch has ended or hangs. A database that is away is looked for all the same.

    By the clock that only goes forward: where the civil one is set an hour on, nothing hangs.
    """
    since = health.behind_since if health.not_taken is None else None
    marks = [mark for mark in (health.checked, since) if mark is not None]
    return any(at - mark > STUCK for mark in marks)


def _of_the_database(health: Health, standing: Standing) -> Iterator[Trouble]:
    if health.checked_at is not None and not health.reachable:
        yield AWAY
    if health.not_taken is not None:
        yield NOT_TAKEN
    if standing.steps and standing.steps.missing:
        yield BEHIND
    if standing.steps and standing.steps.unknown:
        yield NEWER_AT_START if standing.newer_at_start else NEWER
    if standing.overdue is not None and standing.overdue > LATE:
        yield OVERDUE
