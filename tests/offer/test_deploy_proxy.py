"""The file for the proxy, in a real Caddy: which TLS it speaks, what it moves on, what it keeps inside."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

import offer

FOLDER = Path(offer.__path__[0], "deploy")


class Answering(BaseHTTPRequestHandler):
    """A process of the service, as the proxy sees it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ours")

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """A real Caddy with our file, but for ports and the certificate, which it makes itself: http, https."""
    caddy = shutil.which("caddy")
    if caddy is None:
        pytest.skip("no Caddy on this machine: apt-get install caddy")
    behind = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=behind.serve_forever, daemon=True).start()
    plain, tls = free_port(), free_port()
    text = (FOLDER / "Caddyfile").read_text("utf-8")
    text = re.sub(r"web1:8000.* \{", f"127.0.0.1:{behind.server_port} {{", text)
    text = text.replace("http://{$SITE}", f"http://localhost:{plain}")
    text = text.replace("https://{$SITE}", f"https://localhost:{tls}")
    text = text.replace("tls {", "tls {\n\t\tissuer internal")
    options = ("admin off", "skip_install_trust", "auto_https disable_redirects")
    ports = (f"http_port {plain}", f"https_port {tls}")
    head = "\n".join(("{", *options, *ports, "}", ""))
    (tmp_path / "Caddyfile").write_text(head + text)
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    running = subprocess.Popen(
        [caddy, "run", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile")],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        waited_for(lambda: status(plain, "/healthz"), running)
        waited_for(lambda: agreed(tls, ssl.TLSVersion.TLSv1_3), running)
        yield plain, tls
    finally:
        running.terminate()
        running.wait()
        behind.shutdown()
        behind.server_close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def waited_for(there: Callable[[], object], running: subprocess.Popen[bytes]) -> None:
    for _ in range(2_400):
        with suppress(OSError):
            there()
            return
        assert running.poll() is None, "Caddy refused the file"
        time.sleep(0.05)
    raise AssertionError("Caddy does not answer")


def status(port: int, path: str) -> tuple[int, str]:
    with closing(HTTPConnection("localhost", port, timeout=60)) as line:
        line.request("GET", path)
        reply = line.getresponse()
        return reply.status, reply.getheader("location") or ""


def agreed(port: int, version: ssl.TLSVersion, ciphers: str = "ALL:@SECLEVEL=0") -> str:
    """The suite that a client of one TLS version and some suites gets. Raises OSError for none."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers(ciphers)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = version
    with (
        socket.create_connection(("localhost", port), 60) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as line,
    ):
        return str((line.cipher() or ("",))[0])


def test_the_proxy_speaks_today_s_tls_with_strong_suites_alone(proxy: tuple[int, int]) -> None:
    _, tls = proxy
    assert agreed(tls, ssl.TLSVersion.TLSv1_3)
    strong = ("ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305")
    assert agreed(tls, ssl.TLSVersion.TLSv1_2) in strong
    for weak in ("ECDHE-ECDSA-AES128-SHA", "AES128-SHA", "AES256-GCM-SHA384", "ECDHE-ECDSA-AES256-SHA"):
        with pytest.raises(OSError):
            agreed(tls, ssl.TLSVersion.TLSv1_2, f"{weak}:@SECLEVEL=0")
    for old in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
        with pytest.raises(OSError):
            agreed(tls, old)


def test_the_proxy_moves_pages_to_https_and_tells_programs(proxy: tuple[int, int]) -> None:
    plain, _ = proxy
    assert status(plain, "/topics?q=x") == (308, "https://localhost/topics?q=x")
    for call in ("/api/v1/facts", "/openreferral", "/openreferral/services"):
        assert status(plain, call) == (403, "")


def test_the_proxy_keeps_what_is_for_the_machines_inside(proxy: tuple[int, int]) -> None:
    _, tls = proxy
    context = ssl._create_unverified_context()
    for path, wanted in (("/metrics", 404), ("/readyz", 404), ("/healthz", 404), ("/topics", 200)):
        with closing(HTTPSConnection("localhost", tls, context=context, timeout=60)) as line:
            line.request("GET", path)
            assert line.getresponse().status == wanted, path
