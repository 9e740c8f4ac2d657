"""How a process stands: /healthz and /readyz."""

from typing import Literal

from pydantic import Field

from offer.api.shapes.common import Moment, Shape


class AliveReply(Shape):
    """The process answers."""

    status: Literal["alive"]


class ReadyCatalogue(Shape):
    """The edition served now."""

    version: int | None
    published_at: Moment | None
    age_seconds: int | None


class ReadyDatabase(Shape):
    """How the database looked last. `lag_seconds`: how long ago we last read it."""

    reachable: bool
    checked_at: Moment | None
    version: int | None = Field(description="The newest version seen there; null before the first.")
    lag_seconds: int | None


class ReadyTrouble(Shape):
    """Something that is wrong with this process."""

    code: str
    detail: str
    mend: str = Field(description="What to do, often a command.")
    stops: bool = Field(description="Whether another process should be asked instead: the status is 503.")


class ReadyReply(Shape):
    """Whether this process should be sent requests. It stays ready while the database is away."""

    catalogue_version: int | None
    ready: bool
    troubles: list[ReadyTrouble] = Field(description="All that is wrong now; empty where all is well.")
    catalogue: ReadyCatalogue
    database: ReadyDatabase
