"""Serving with uvicorn: our own access log, a plain line for a busy port, an end that nobody notices."""

import signal
import socket
import time
from types import FrameType

import uvicorn

from offer.app import create_app
from offer.errors import PlainError
from offer.logs import configure, only_kinds
from offer.pages.rendering import manifest
from offer.seen.standing import Standing
from offer.settings import Settings

GRACE = 5  # seconds that open streams of visits may hold up the end of the process


def serve(settings: Settings) -> None:
    """Serve until stopped. Raises PlainError for a busy port, missing assets or senseless settings."""
    configure(settings.log_level)
    manifest()
    app = create_app(settings)  # before an address is promised: its settings may make no sense
    listener = _listener(settings.host, settings.port)
    host, port = listener.getsockname()[:2]
    only_kinds()
    print(f"Care leaver offers: http://{host}:{port}  (stop with Ctrl+C)", flush=True)
    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="critical",
        server_header=False,
        proxy_headers=False,  # whose word counts is ours to say: offer/fair_use/place.py
        lifespan="on",
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


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # from here on a browser waits for the catalogue instead of being refused
    except OSError as fault:
        listener.close()
        raise PlainError(
            f"Cannot listen on {host}:{port}: {fault.strerror}.", "Try another port: PORT=8001 make run"
        ) from fault
    return listener
