"""You said, we did: from a report to the public page and back to its writer; nobody's own words; triage."""

from datetime import date

import httpx2
import pytest
from starlette.applications import Starlette

from offer.clock import now
from offer.db.change_models import YouSaid
from offer.db.models import Feedback
from offer.db.staff_models import AuditRow
from offer.feedback.following import look
from offer.feedback.told import new_code, shown_code
from offer.staff.audit import COMMAND_LINE
from offer.staff.change import Item
from offer.staff.changes import open_change, put
from offer.staff.you_said import Said, fault_of
from tests.offer.pages.reading import title_of, words_of
from tests.offer.staff.conftest import SignedIn

LINCOLNSHIRE = "E10000019"
ENTRY, SERVICE = "lincolnshire-college-bursary", "housing-north-kesteven"
TOLD = "My worker in Sleaford told me the bursary stopped in May, so who do I ask now?"


@pytest.fixture(autouse=True)
async def nothing_said(running: Starlette) -> None:
    """No reports and no answers of the test before."""
    await YouSaid.all().using_db(running.state.live.database).delete()
    await Feedback.all().using_db(running.state.live.database).delete()


async def a_report(running: Starlette, *, about: str = ENTRY, **fields: str) -> Feedback:
    """Somebody told us something."""
    row = {"kind": "wrong", "text": TOLD, "state": "new"} | fields
    return await Feedback.create(
        using_db=running.state.live.database, code=new_code(), slug=about, version=1,
        day=date(2026, 11, 20), **row,
    )  # fmt: skip


async def taken_up(running: Starlette) -> None:
    """What the service does each second."""

    def take(said: tuple[Said, ...]) -> None:
        running.state.live.you_said = said

    await look(running.state.live.database, take, None)


async def test_from_a_report_to_everybody_and_back_to_its_writer(
    running: Starlette, signed_in: SignedIn, stranger: httpx2.AsyncClient
) -> None:
    report, editor = await a_report(running), await signed_in(("editor", LINCOLNSHIRE))
    path = f"/staff/reports/{report.id}"
    await editor.post(path, state="changed", answer="We put in who to ask.")
    form = {"you_said": "The page did not say who to ask.", "we_did": "It names the team now."}
    saved = await editor.post(f"{path}/you-said", **form)
    assert (saved.status_code, saved.headers["location"]) == (303, f"{path}?said")
    await taken_up(running)
    page = await stranger.get(f"/you-said?by={LINCOLNSHIRE}")
    words = words_of(page)
    assert "The page did not say who to ask." in words and "It names the team now." in words
    assert f'href="/entitlements/{ENTRY}"' in page.text and "Sleaford told me" not in words
    mine = await stranger.get(f"/feedback/{shown_code(report.code)}")
    assert "We changed the page." in words_of(mine) and "We put in who to ask." in words_of(mine)
    (said,) = await YouSaid.all().using_db(running.state.live.database)
    assert f'href="/you-said?by={LINCOLNSHIRE}#said-{said.id}"' in mine.text
    assert f'id="said-{said.id}"' in page.text
    # written again it is changed, not doubled; and it can be taken down
    await editor.post(f"{path}/you-said", **form | {"we_did": "It names the team and its number."})
    await taken_up(running)
    assert "and its number" in (await stranger.get("/you-said")).text
    assert (await editor.post(f"/staff/you-said/{said.id}/remove")).status_code == 303
    await taken_up(running)
    assert "Nothing yet." in words_of(await stranger.get("/you-said"))
    acts = AuditRow.filter(account=editor.account).using_db(running.state.live.database).order_by("id")
    assert [row.act for row in await acts] == [
        "signed in", "answered a report", "wrote you said", "changed you said", "took down you said",
    ]  # fmt: skip
    log = str([row.detail for row in await acts])
    assert "who to ask" not in log, "the log holds nothing that somebody wrote"


@pytest.mark.parametrize(
    ("words", "told", "fault"),
    [
        ("", TOLD, "Write what people told us."),
        ("x" * 401, TOLD, "That is 1 letters too many."),
        ("Ring 07700 900123.", TOLD, "Leave out numbers"),
        ("It is wrong in DL16 6XX.", TOLD, "Leave out numbers"),
        ("Somebody wrote: “the bursary STOPPED in May, so who” knows", TOLD, "in your own words"),
        ("It ends at 24", "it ends at 24!", "in your own words"),
        ("People were told that the bursary had ended.", TOLD, ""),
        ("Wrong number.", "Wrong number.", ""),
        ("The pass was missing.", "", ""),
    ],
)
def test_nobodys_own_words_are_shown(words: str, told: str, fault: str) -> None:
    found = fault_of(words, told)
    assert fault in found and bool(found) == bool(fault)


async def test_a_refused_one_keeps_what_was_typed(running: Starlette, signed_in: SignedIn) -> None:
    report, editor = await a_report(running), await signed_in(("editor", LINCOLNSHIRE))
    page = await editor.post(f"/staff/reports/{report.id}/you-said", you_said=TOLD, we_did="Fixed <it>.")
    assert page.status_code == 422 and title_of(page).startswith("Error: ")
    assert "Say it in your own words" in words_of(page) and "Fixed &lt;it&gt;." in page.text
    undone = await editor.post(f"/staff/reports/{report.id}/you-said", you_said="Mine.", we_did="")
    assert 'href="#we_did"' in undone.text and 'id="we_did-error"' in undone.text, "the fault is at its box"
    assert not await YouSaid.all().using_db(running.state.live.database).exists()


async def test_a_report_that_everybody_reads_about_waits_no_more(
    running: Starlette, signed_in: SignedIn
) -> None:
    editor = await signed_in(("editor", LINCOLNSHIRE))
    form = {"you_said": "The page did not say who to ask.", "we_did": "It names the team now."}
    for before, after in (("new", "changed"), ("read", "changed"), ("kept", "kept")):
        report = await a_report(running, state=before)
        assert (await editor.post(f"/staff/reports/{report.id}/you-said", **form)).status_code == 303
        await report.refresh_from_db(using_db=running.state.live.database)
        assert report.state == after


async def test_one_without_a_report(
    running: Starlette, signed_in: SignedIn, stranger: httpx2.AsyncClient
) -> None:
    editor = await signed_in(("editor", LINCOLNSHIRE))
    form = {"scope": LINCOLNSHIRE, "you_said": "Nobody picks up.", "we_did": "The hours are on the page."}
    wrong = await editor.post("/staff/you-said", **form, page="https://elsewhere.example/about")
    assert wrong.status_code == 422 and "no page of an offer" in words_of(wrong)
    assert (await editor.post("/staff/you-said", **form, page=f"/services/{SERVICE}?x=1")).status_code == 303
    assert (await editor.post("/staff/you-said", **form)).status_code == 303
    other = await editor.post("/staff/you-said", **form | {"scope": "E06000047"})
    assert other.status_code == 403
    await taken_up(running)
    page = await stranger.get("/you-said")
    assert f'href="/services/{SERVICE}"' in page.text and "About all pages" in words_of(page)


async def test_the_public_page_says_when_it_cannot_know(
    running: Starlette, stranger: httpx2.AsyncClient
) -> None:
    running.state.live.you_said = None
    assert (await stranger.get("/you-said")).status_code == 503
    await taken_up(running)
    assert (await stranger.get("/you-said?by=E99999999")).status_code == 404
    empty = await stranger.get(f"/ar/you-said?by={LINCOLNSHIRE}")
    assert empty.status_code == 200


async def test_it_is_read_again_only_after_an_act(running: Starlette, signed_in: SignedIn) -> None:
    taken: list[tuple[Said, ...]] = []
    connection = running.state.live.database
    seen = await look(connection, taken.append, None)
    assert await look(connection, taken.append, seen) == seen and len(taken) == 1
    editor = await signed_in(("editor", "england"))
    await editor.post("/staff/you-said", scope="england", you_said="Too long.", we_did="Shorter now.")
    assert await look(connection, taken.append, seen) > seen
    assert [each.you_said for each in taken[-1]] == ["Too long."]


async def test_reports_are_narrowed_and_the_oldest_comes_first(
    running: Starlette, signed_in: SignedIn
) -> None:
    first = await a_report(running)
    service = await a_report(running, about=f"service/{SERVICE}", kind="missing")
    done = await a_report(running, state="kept")
    national = await a_report(running, about="bus-travel", kind="different")
    who = await signed_in(("editor", LINCOLNSHIRE), ("viewer", "england"))

    async def shown(query: str = "") -> list[int]:
        page = await who.get(f"/staff/reports{query}")
        assert page.status_code == 200
        return sorted(n for n in _ids(page) if n in {first.id, service.id, done.id, national.id})

    assert await shown() == [first.id, service.id, national.id]
    assert await shown("?state=all") == [first.id, service.id, done.id, national.id]
    assert await shown("?state=kept") == [done.id]
    assert await shown("?kind=missing") == [service.id]
    assert await shown("?place=england") == [national.id]
    assert await shown("?state=all&kind=wrong&place=E10000019") == [first.id, done.id]
    assert await shown("?state=' OR 1=1&kind=<b>&place=E06000047") == []
    page = await who.get("/staff/reports?kind=missing")
    assert 'href="/staff/reports?state=all&amp;kind=missing"' in page.text
    assert words_of(page).index("Report") >= 0 and "Missing 1" in " ".join(words_of(page).split())


def _ids(page: httpx2.Response) -> list[int]:
    parts = page.text.split('href="/staff/reports/')[1:]
    return [int(part.split('"')[0]) for part in parts]


async def test_a_report_leads_to_changes_under_way(running: Starlette, signed_in: SignedIn) -> None:
    report, who = await a_report(running), await signed_in(("editor", LINCOLNSHIRE))
    connection = running.state.live.database
    change = await open_change(connection, LINCOLNSHIRE, "Bursary of 2027", COMMAND_LINE, now())
    await put(
        connection,
        change,
        Item("entitlement", ENTRY, "withdraw", 1, {"authority": LINCOLNSHIRE}),
        COMMAND_LINE,
        now(),
    )
    page = await who.get(f"/staff/reports/{report.id}")
    assert f'href="/staff/changes/{change}"' in page.text and "Bursary of 2027" in page.text
    assert f'href="/staff/entries/entitlement/{ENTRY}"' in page.text
