"""The progress bar of the command line."""

import sys
from typing import Any

from tqdm import tqdm


class Bar:
    """A progress bar on standard error, shown only where somebody watches."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._bar: tqdm[Any] | None = None

    def __call__(self, done: int, total: int, what: str = "") -> None:
        """Move to `done` of `total`; `what` is the step being done, where there is more than one."""
        if self._bar is None:
            self._bar = tqdm(total=total, desc=self._what, file=sys.stderr, leave=False, disable=None)
        if what:
            self._bar.set_postfix_str(what)
        self._bar.update(done - self._bar.n)
        if done >= total:
            self._bar.close()
