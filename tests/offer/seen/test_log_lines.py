"""Every line that can be logged is in the docs with its fields; no library's words get through."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

import offer
from offer.pages.docs import FOLDER
from offer.settings import ROOT
from tests.offer.test_middleware import client, logged

__all__ = ["client", "logged"]

PAGE = (FOLDER / "watching.md").read_text("utf-8").partition("## Logs")[2]
FIELDS = {"event", "level", "timestamp", "request_id"}
SECRET = "kanarienvogel"
# A process that serves, and five ways in which an error's words could come out of it.
LEAKING = f"""
import asyncio, logging, sys, threading, warnings
from offer.logs import configure, only_kinds
configure("DEBUG"); only_kinds()
def fail(): raise ValueError("{SECRET} 1")
async def lost():
    task = asyncio.create_task(failing()); await asyncio.sleep(0); await asyncio.sleep(0)
    del task
    asyncio.get_running_loop().call_soon(fail); await asyncio.sleep(0)
async def failing(): fail()
asyncio.run(lost())
thread = threading.Thread(target=fail, name="{SECRET}"); thread.start(); thread.join()
class Odd:
    def __del__(self): fail()
Odd()
try: fail()
except ValueError: logging.getLogger("some.library").exception("could not read %s", "{SECRET}")
logging.getLogger("other").warning("{SECRET}")
warnings.warn("{SECRET}")
fail()
"""


def logged_in_code() -> dict[str, set[str]]:
    """Every event of our code with the names of its fields."""
    found: dict[str, set[str]] = {}
    for file in Path(offer.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (event := event_of(node)):
                found.setdefault(event, set()).update(each.arg for each in node.keywords if each.arg)
    return found


def event_of(call: ast.Call) -> str | None:
    """The first words of `log().level("…")` or `_lost("…")`."""
    of_log = (
        isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Call)
        and isinstance(call.func.value.func, ast.Name)
        and call.func.value.func.id == "log"
    )
    of_lost = isinstance(call.func, ast.Name) and call.func.id == "_lost"
    if not (of_log or of_lost):
        return None
    words = [each.value for each in call.args if isinstance(each, ast.Constant)]
    return next((str(each) for each in words if isinstance(each, str)), None)


def documented() -> dict[str, set[str]]:
    """Every event of the table with the fields beside it."""
    table = PAGE.partition("| event |")[2]
    found: dict[str, set[str]] = {}
    for line in re.findall(r"^\| (`.*) \|$", table, re.MULTILINE):
        cells = line.split(" | ")
        for event in re.findall(r"`([^`]+)`", cells[0]):
            found[event] = set(re.findall(r"`([^`]+)`", cells[2]))
    return found


def test_the_docs_name_every_event_and_no_other() -> None:
    assert set(documented()) == set(logged_in_code())


def test_the_docs_name_every_field() -> None:
    of_request = {"method", "route", "status", "ms"}
    for event, fields in logged_in_code().items():
        told = of_request if event == "request" else documented()[event]
        assert fields <= told, event
    for field in (*FIELDS, *of_request, "kind", "where"):
        assert f"| `{field}` |" in PAGE


async def test_a_line_carries_the_number_that_the_reply_does(
    client: httpx2.AsyncClient, logged: object, capsys: pytest.CaptureFixture[str]
) -> None:
    from offer.logs import configure

    configure()
    sent = await client.get("/fail?q=x", headers={"request-id": SECRET, "x-request-id": SECRET})
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in lines] == ["fault", "request"]
    assert {line["request_id"] for line in lines} == {sent.headers["request-id"]}
    assert re.fullmatch("[0-9a-f]{16}", sent.headers["request-id"])
    assert set(lines[1]) == FIELDS | {"method", "route", "status", "ms"}


def test_no_words_of_an_error_come_out_of_a_process_that_serves() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "default", "-c", LEAKING],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert SECRET not in done.stdout + done.stderr
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["event"] for line in lines].count("library") >= 4
    assert {"crash", "thread", "unraisable"} <= {line["event"] for line in lines}
    assert {line["kind"] for line in lines if "kind" in line} == {"ValueError"}
