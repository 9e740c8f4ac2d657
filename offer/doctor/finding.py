"""One thing that was looked at."""

from dataclasses import dataclass
from typing import Literal

# ok, none (nothing there, and nothing wrong), due (a person's work waits), away (may be so for a while)
FINE = ("ok", "none", "due", "away")
State = Literal["ok", "none", "due", "away", "missing", "old", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`part`: what was looked at; `says`: a sentence; `mend`: what to type or do, "" where all is well."""

    part: str
    state: State
    says: str
    mend: str = ""

    @property
    def well(self) -> bool:
        """Whether nothing has to be mended before the service runs as it should."""
        return self.state in FINE

    @property
    def line(self) -> str:
        """As the terminal shows it."""
        return f"{self.state:<8} {self.says} {self.mend}".rstrip()
