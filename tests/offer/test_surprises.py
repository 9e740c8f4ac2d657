"""A rule that breaks on somebody: unknown for that one entry, a warning in the log, and the rest as ever."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from structlog.testing import capture_logs

import offer.rulebook
from offer.app import create_app
from offer.eligibility.evaluate import Known
from offer.eligibility.index import Index
from offer.eligibility.rule import Node
from offer.person import read_person
from offer.published import Published
from offer.rulebook import Rulebook
from offer.settings import Settings
from offer.timeline import timeline
from tests.offer.people import ON

BROKEN = "pathway-plan"
DURHAM = "E06000047"
FACTS: dict[str, Any] = {"date_of_birth": "2007-03-03", "care_when": "left_at_18", "care_13_weeks": True,
                         "lives_in": DURHAM, "responsible_authority": DURHAM}  # fmt: skip
TYPED = {"age_years": "19", "place": "DH1 5UL", "responsible_authority": DURHAM, "care_when": "left_at_18",
         "care_13_weeks": "true"}  # fmt: skip


def fails(_: Known) -> Any:
    raise ZeroDivisionError("a fault with secret facts in it")


@pytest.fixture
def broken(published: Published, monkeypatch: pytest.MonkeyPatch) -> Published:
    """The same edition, but every form of one entry's rule raises whoever asks."""
    bad = published.rules_on(ON)[BROKEN].node

    def breaking(make: Callable[[Node], Any]) -> Callable[[Node], Any]:
        return lambda node: fails if node == bad else make(node)

    for form in ("compiled", "explainer", "closest_of"):
        monkeypatch.setattr(offer.rulebook, form, breaking(getattr(offer.rulebook, form)))
    rulebook = Rulebook(tuple(published.entries.values()), published.council_tax)
    assert rulebook.on(ON)[BROKEN].node == bad
    return replace(published, rulebook=rulebook)


@pytest.fixture
def application(broken: Published, tmp_path: Any) -> Starlette:
    app = create_app(Settings(data_dir=tmp_path))
    app.state.live.edition = broken
    return app


def test_a_broken_rule_is_unknown_and_says_whom_to_ask(published: Published, broken: Published) -> None:
    with capture_logs() as logged:
        answer = read_person(broken, FACTS, ON).answer(broken)
    before = read_person(published, FACTS, ON).answer(published)
    outcomes, sound = ({each.slug: each for each in said.outcomes} for said in (answer, before))
    assert sound[BROKEN].outcome == "yes"
    assert outcomes[BROKEN].outcome == "unknown"
    assert outcomes[BROKEN].asks and outcomes[BROKEN].day.entry.ask
    assert {slug: each.outcome for slug, each in outcomes.items() if slug != BROKEN} == {
        slug: each.outcome for slug, each in sound.items() if slug != BROKEN
    }
    assert logged == [
        {"event": "rule failed", "entry": BROKEN, "kind": "ZeroDivisionError", "log_level": "warning"}
    ]


def test_a_broken_rule_never_turns_on_the_timeline(broken: Published) -> None:
    situation = read_person(broken, FACTS, ON).situation
    turned = timeline(broken, situation, ON, ON.replace(year=ON.year + 8))
    assert turned
    assert BROKEN not in {change.slug for change in turned}


def test_without_the_index_the_answer_stands_without_dates(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offer.horizon.knowledge", fails)
    monkeypatch.setattr("offer.horizon.breakpoints", fails)
    with capture_logs() as logged:
        answer = read_person(published, FACTS, ON).answer(published)
    assert {each.outcome for each in answer.outcomes} == {"yes", "no", "unknown"}
    assert not any(each.until or each.from_ for each in answer.outcomes)
    assert [line["event"] for line in logged] == ["rule failed"]


@pytest.mark.parametrize("address", ["/results", "/what-happens-when"])
async def test_the_pages_still_answer(application: Starlette, address: str) -> None:
    transport = httpx2.ASGITransport(app=application)
    async with httpx2.AsyncClient(transport=transport, base_url="http://offer.test") as browser:
        page = await browser.post(address, data=TYPED)
    assert page.status_code == 200
    if address == "/results":
        might = page.text[page.text.index('aria-labelledby="might"') :]
        assert f"/entitlements/{BROKEN}" in might[: might.index("</section>")]


async def test_the_api_still_answers(application: Starlette) -> None:
    transport = httpx2.ASGITransport(app=application)
    async with httpx2.AsyncClient(transport=transport, base_url="http://offer.test") as browser:
        reply = await browser.post("/api/v1/check", json={"facts": FACTS, "on": "2026-11-22"})
    assert reply.status_code == 200
    outcomes = {each["slug"]: each["outcome"] for each in reply.json()["outcomes"]}
    assert outcomes[BROKEN] == "unknown"


def test_an_index_that_breaks_leaves_every_rule_to_its_own_trace(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = read_person(published, FACTS, ON)
    before = {each.slug: each.outcome for each in person.answer(published).outcomes}
    evaluate = Index.evaluate

    def breaks(self: Index, known: Known) -> Any:
        return fails(known) if known else evaluate(self, known)

    monkeypatch.setattr(Index, "evaluate", breaks)
    with capture_logs() as logged:
        answer = person.answer(published)
    assert {each.slug: each.outcome for each in answer.outcomes} == before
    assert any(line["entry"] == "index" for line in logged)
