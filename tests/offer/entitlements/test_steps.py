"""What to do and whom to ring: steps that begin with the doing, and numbers that we hold."""

import re
from pathlib import Path

import pytest

import directory
from offer.entitlements.schema import Entitlement

PHONE = re.compile(r"\b0\d{2,4}(?: ?\d){6,8}\b")
TO_DO = {
    "add", "agree", "apply", "ask", "bring", "buy", "check", "choose", "claim", "compare", "complain",
    "decide", "do", "drop", "fill", "find", "get", "give", "go", "have", "join", "keep", "look", "make",
    "name", "open", "put", "read", "ring", "save", "say", "search", "see", "send", "set", "show", "sign",
    "start", "take", "talk", "tell", "think", "tick", "turn", "upload", "use", "wait", "write",
}  # fmt: skip


def test_every_step_begins_with_what_to_do(entry: Entitlement) -> None:
    assert entry.steps
    for step in entry.steps:
        assert re.split(r"\W", step.lower())[0] in TO_DO, step


def test_a_no_names_somebody_to_turn_to(entry: Entitlement) -> None:
    assert re.search(r"\b([Aa]sk|[Rr]ing|[Tt]ell|[Ss]ay|[Cc]heck|sign up)\b", entry.if_told_no), (
        entry.if_told_no
    )


@pytest.fixture(scope="session")
def held() -> frozenset[str]:
    """Every phone number of the directory and of the help lines, without its spaces."""
    folder = Path(directory.__path__[0])
    texts = [file.read_text("utf-8") for file in (folder / "starter").rglob("*.yaml")]
    texts.append((folder / "data" / "help_now.yaml").read_text("utf-8"))
    return frozenset(phone.replace(" ", "") for text in texts for phone in PHONE.findall(text))


def test_every_phone_number_in_an_entry_is_one_we_hold(entry: Entitlement, held: frozenset[str]) -> None:
    """So that a number which changes is found in the directory's own review, not only here."""
    named = {phone.replace(" ", "") for phone in PHONE.findall(entry.model_dump_json())}
    assert named <= held, named - held
