"""The real service for the browser: its own data folder, a free port, and a log that tests may read."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

COMMAND = Path(sys.executable).with_name("local-offer")
READY_WITHIN = 60.0  # seconds, on a busy machine
_ANNOUNCED = "Care leaver offers: "


@dataclass(frozen=True, slots=True)
class Server:
    """A running service. `address` is "http://127.0.0.1:49152"; `log` holds all it has written."""

    address: str
    log: Path


@contextmanager
def serving(data: Path, places: Path) -> Iterator[Server]:
    """Make a data folder ready with a packed places file, and serve it until the block ends."""
    data.mkdir(parents=True, exist_ok=True)
    target = data / "places.bin"
    if not target.exists():
        target.symlink_to(places.resolve())
    env = surroundings(data)
    subprocess.run([COMMAND, "ready"], env=env, check=True, capture_output=True)
    log = data / "server.log"
    with (
        log.open("wb") as output,
        subprocess.Popen([COMMAND, "serve"], env=env, stdout=output, stderr=subprocess.STDOUT) as process,
    ):
        try:
            yield Server(announced(process, log), log)
        finally:
            process.terminate()


def surroundings(data: Path) -> Mapping[str, str]:
    """What a command of the service is told, to work on a data folder."""
    return {**_plain_environment(), "DATA_DIR": str(data), "HOST": "127.0.0.1", "PORT": "0"}


def _plain_environment() -> Mapping[str, str]:
    """Ours without settings of the service, so that nobody's database is touched."""
    settings = {"DATABASE_URL", "HTTPS", "LOG_LEVEL"}
    return {name: value for name, value in os.environ.items() if name not in settings}


def announced(process: "subprocess.Popen[bytes]", log: Path) -> str:
    """The address the service says it serves at. Raises RuntimeError with its words if it never does."""
    give_up = time.monotonic() + READY_WITHIN
    while time.monotonic() < give_up and process.poll() is None:
        for line in log.read_text("utf-8").splitlines():
            if line.startswith(_ANNOUNCED):
                return _ready(line.removeprefix(_ANNOUNCED).split()[0], give_up)
        time.sleep(0.05)
    raise RuntimeError(f"The service did not start:\n{log.read_text('utf-8')}")


def _ready(address: str, give_up: float) -> str:
    """The address once its catalogue is read: it is announced before that."""
    with urlopen(f"{address}/readyz", timeout=max(1.0, give_up - time.monotonic())) as reply:
        assert reply.status == 200
    return address
