"""The pages served from this process, so that a test can turn the day and publish another edition."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

from offer.app import create_app
from offer.published import Published
from offer.settings import Settings

PAGES_WITH_A_DAY = ("results", "start", "timeline", "entry", "searching_mine")


@dataclass(slots=True)
class Turnable:
    """A running service, whose day and edition a test may change."""

    address: str
    day: date
    app: Starlette

    def publish(self, edition: Published) -> None:
        """Serve another edition from now on."""
        self.app.state.live.edition = edition


@contextmanager
def serving_here(edition: Published, data: Path, day: date) -> Iterator[Turnable]:
    """Serve an edition as on a day, on a free port, until the block ends. No database."""
    app = create_app(Settings(data_dir=data))
    config = uvicorn.Config(app, port=0, lifespan="off", log_level="critical", access_log=False)
    runner = uvicorn.Server(config)
    thread = threading.Thread(target=runner.run, daemon=True)
    thread.start()
    while not runner.started:
        time.sleep(0.02)
    port = runner.servers[0].sockets[0].getsockname()[1]
    turnable = Turnable(f"http://127.0.0.1:{port}", day, app)
    turnable.publish(edition)
    with pytest.MonkeyPatch.context() as patch:
        for module in PAGES_WITH_A_DAY:
            patch.setattr(f"offer.pages.{module}.today", lambda: turnable.day)
        yield turnable
    runner.should_exit = True
    thread.join()
