"""Serving with uvicorn: our own access log, a plain line when the port is taken."""

import socket

import uvicorn

from offer.app import create_app
from offer.errors import PlainError
from offer.logs import configure
from offer.pages.rendering import manifest
from offer.settings import Settings

GRACE = 5  # seconds that open streams of visits may hold up the end of the process


def serve(settings: Settings) -> None:
    """Serve until stopped. Raises PlainError for a busy port, missing assets or senseless settings."""
    configure(settings.log_level)
    manifest()
    app = create_app(settings)  # before an address is promised: its settings may make no sense
    listener = _listener(settings.host, settings.port)
    host, port = listener.getsockname()[:2]
    print(f"Care leaver offers: http://{host}:{port}  (stop with Ctrl+C)", flush=True)
    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="critical",
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=GRACE,
    )
    uvicorn.Server(config).run(sockets=[listener])


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
