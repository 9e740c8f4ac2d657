"""Serving with uvicorn: our own access log, an end to every patience, an end that nobody notices.

What keeps it from starting is one plain line.
"""

import contextlib
import resource
import signal
import socket
import time
from pathlib import Path
from types import FrameType

import uvicorn

from directory.places import Places, PlacesError
from offer.app import create_app
from offer.errors import PlainError
from offer.logs import configure, only_kinds
from offer.memory import refuse_too_little
from offer.pages.rendering import manifest
from offer.patience import LONGEST_HEAD, connections
from offer.seen.standing import Standing
from offer.settings import Settings

GRACE = 5  # seconds that open streams of visits may hold up the end of the process
UNREAD = 60_000  # milliseconds after which the kernel ends a connection that takes in nothing of what is sent
MOST_OPEN = 8_000  # connections of one process
OTHER_FILES = 200  # that it keeps open besides: the database, its pool, the postcodes, what is being sent
BACKLOG = 2_048  # connections that wait to be taken


def serve(settings: Settings) -> None:
    """Serve until stopped.

    Raises PlainError for a busy port, too little memory, missing assets or postcodes, senseless settings.
    """
    configure(settings.log_level)
    refuse_too_little()
    manifest()
    app = create_app(settings)  # before an address is promised: its settings may make no sense
    _sound(settings.places_file)
    most = _most_open()
    listener = _listener(settings.host, settings.port)
    host, port = listener.getsockname()[:2]
    only_kinds()
    print(f"Care leaver offers: http://{host}:{port}  (stop with Ctrl+C)", flush=True)
    config = uvicorn.Config(
        app,
        http=connections(most),
        ws="none",
        access_log=False,
        log_level="critical",
        server_header=False,
        proxy_headers=False,  # whose word counts is ours to say: offer/fair_use/place.py
        lifespan="on",
        backlog=BACKLOG,
        limit_concurrency=most + 1,  # those above it, where nobody could make room, are told so
        h11_max_incomplete_event_size=LONGEST_HEAD,
        timeout_graceful_shutdown=GRACE,
    )
    Draining(config, app.state.live.standing, settings.drain_seconds).run(sockets=[listener])


class Draining(uvicorn.Server):
    """Told to stop, it first says so at /readyz, and goes on answering until the balancer has turned away.

    A second signal, or Ctrl+C, stops it at once.
    """

    def __init__(self, config: uvicorn.Config, standing: Standing, seconds: float) -> None:
        super().__init__(config)
        self._standing, self._seconds = standing, seconds
        self._stop_at: float | None = None  # on the clock that goes only forward

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Called by the signal."""
        if sig == signal.SIGTERM and self._seconds and self._stop_at is None:
            self._standing.stopping = True
            self._stop_at = time.monotonic() + self._seconds
            return
        self._standing.stopping = True
        super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second; True ends the serving."""
        if self._stop_at is not None and time.monotonic() >= self._stop_at:
            self.should_exit = True
        return await super().on_tick(counter)


def _sound(places: Path) -> None:
    """Whether the postcode file can be used: the application opens it too late to say so plainly."""
    try:
        Places.open(places)
    except PlacesError as fault:
        raise PlainError(fault.what, fault.cure) from fault


def _most_open() -> int:
    """How many connections are kept: as many as the system lets us have files, up to our own number."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_OPEN + OTHER_FILES
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(OTHER_FILES, min(MOST_OPEN, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - OTHER_FILES))


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends without delay (TCP_NODELAY) only where the protocol is named: without it each reply that
    # comes in two pieces waits 40 ms for the other side's acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux; every connection taken from here has it too
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)  # from here on a browser waits for the catalogue instead of being refused
    except OSError as fault:
        listener.close()
        raise PlainError(
            f"Cannot listen on {host}:{port}: {fault.strerror}.", "Try another port: PORT=8001 make run"
        ) from fault
    return listener
