"""What a look at a source found."""

from dataclasses import dataclass

GONE = (404, 410)  # of HTTP: it says itself that it is no more


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look found. `problem`: what is wrong in plain words, ""; `digest`: of what it says, ""."""

    status: int | None = None
    digest: str = ""
    problem: str = ""
