"""Told to stop, a real process says so, answers on, and then is gone; a second signal ends it at once."""

import json
import shutil
import signal
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.visiting import made_ready, served

PATIENCE = 120  # seconds


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, places_file: Path) -> Path:
    folder = tmp_path_factory.mktemp("draining")
    shutil.copy(places_file, folder / "places.bin")
    made_ready(folder)
    return folder


def ready(address: str) -> tuple[int, list[str]]:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=PATIENCE) as reply:
            status, said = reply.status, json.load(reply)
    except HTTPError as unready:
        status, said = unready.code, json.load(unready)
    return status, [each["code"] for each in said["troubles"]]


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_it_is_not_ready_then_serves_on_then_ends(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAIN_SECONDS", "4")
    with served(data) as service:
        assert ready(service.address) == (200, [])
        service.process.send_signal(signal.SIGTERM)
        until(lambda: ready(service.address) == (503, ["stopping"]))
        with urllib.request.urlopen(f"{service.address}/help-now", timeout=PATIENCE) as reply:
            assert reply.status == 200
        assert service.process.wait(PATIENCE) == 0


def test_a_second_signal_ends_it_at_once(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAIN_SECONDS", "60")
    with served(data) as service:
        service.process.send_signal(signal.SIGTERM)
        until(lambda: ready(service.address)[0] == 503)
        service.process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        service.process.wait(PATIENCE)
        assert time.monotonic() - began < 55, "it did not wait for the minute to be over"
