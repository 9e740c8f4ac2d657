"""The home page, entries, "still right" and reports, as staff of a council meet them."""

from datetime import timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from offer.catalogue.documents import document_of
from offer.catalogue.publishing import publish
from offer.catalogue.reading import read_published
from offer.catalogue.revisions import Stamp, save
from offer.clock import now, today
from offer.db.models import CatalogueVersion, Document, Feedback, LookedFor, Publication, ReviewItem, Revision
from offer.entitlements.schema import Entitlement
from offer.feedback.store import keep
from offer.feedback.told import Report, shown_code
from offer.staff.audit import newest, standing
from offer.staff.due import next_review
from tests.offer.pages.reading import words_of
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody, hidden

OURS, THEIRS = "E10000019", "E06000047"
SLUG, THEIR_SLUG = "lincolnshire-college-bursary", "durham-college-bursary"
PATH = f"/staff/entries/entitlement/{SLUG}"


async def public(running: Starlette, slug: str = SLUG) -> Entitlement:
    """An entry as the public sees it now."""
    documents = await read_published(running.state.live.database)
    return next(each for each in documents.entitlements if each.id == slug)


async def staff_change(running: Starlette, slug: str, state: str, **changed: object) -> None:
    """Somebody else saves another version."""
    row = await Document.get(kind="entitlement", slug=slug, using_db=running.state.live.database)
    kept = await Revision.get(document_id=row.id, number=row.newest, using_db=running.state.live.database)
    document = document_of("entitlement", kept.body).model_copy(update=changed)
    await save("entitlement", document, Stamp("somebody", now(), state=state))  # type: ignore[arg-type]


async def still_right(who: Somebody, path: str = PATH) -> httpx2.Response:
    opened = hidden(await who.get(path), "opened")
    return await who.post(f"{path}/still-right", opened=opened)


async def test_still_right_dates_and_publishes_that_entry_and_nothing_else(
    signed_in: SignedIn, running: Starlette
) -> None:
    who, connection = await signed_in(("editor", OURS)), running.state.live.database
    old = today() - timedelta(days=200)
    await staff_change(running, SLUG, "ready", checked_on=old, review_by=today() - timedelta(days=1))
    await publish(at=now(), author="somebody", only={("entitlement", SLUG)})
    before, theirs = await public(running), await public(running, THEIR_SLUG)
    assert before.checked_on == old
    version = (await CatalogueVersion.get(id=1, using_db=connection)).number
    await staff_change(running, THEIR_SLUG, "ready", summary="Ready, but nobody published it.")
    reply = await still_right(who)
    assert reply.status_code == 303
    after = await public(running)
    assert (after.checked_on, after.review_by) == (today(), next_review(today(), has_amount=True))
    assert after.model_copy(update={"checked_on": before.checked_on, "review_by": before.review_by}) == before
    assert await public(running, THEIR_SLUG) == theirs, "what others have ready waits for them"
    publication = await Publication.get(version=version + 1, using_db=connection)
    assert (publication.changed, publication.added, publication.removed) == (1, 0, 0)
    assert publication.author == f"Test team, account {who.account}"
    row = (await newest(connection, 1))[0]
    assert (row.act, row.about, row.account) == ("said still right", f"entitlement {SLUG}", who.account)
    assert "Checked today" in words_of(await who.get(reply.headers["location"]))


async def test_still_right_twice_in_a_day_changes_nothing_more(
    signed_in: SignedIn, running: Starlette
) -> None:
    who = await signed_in(("approver", OURS))
    await still_right(who)
    first = await CatalogueVersion.get(id=1, using_db=running.state.live.database)
    assert (await still_right(who)).status_code == 303
    again = await CatalogueVersion.get(id=1, using_db=running.state.live.database)
    assert again.number == first.number


async def test_still_right_pressed_twice_is_no_fault(signed_in: SignedIn) -> None:
    who, other = await signed_in(("editor", OURS)), await signed_in(("editor", OURS))
    path = "/staff/entries/entitlement/lincolnshire-youth-housing"
    opened = hidden(await who.get(path), "opened")
    for _ in range(2):
        reply = await who.post(f"{path}/still-right", opened=opened)
        assert reply.headers["location"] == f"{path}?checked"
    late = await other.post(f"{path}/still-right", opened=opened)
    assert late.status_code == 409 and "Somebody else saved this" in words_of(late)


async def test_an_entry_is_found_by_its_words(signed_in: SignedIn) -> None:
    who = await signed_in(("viewer", OURS))
    page = await who.get("/staff/entries?words=Driving++LESSONS")
    assert "lincolnshire-driving-lessons" in page.text and SLUG not in page.text
    assert 'value="Driving LESSONS"' in page.text
    assert "lincolnshire-driving-lessons" in (await who.get("/staff/entries?words=driving+entry")).text
    assert "words=Driving+LESSONS" in page.text, "the ways to narrow it keep the words"
    overdue = await who.get("/staff/entries?words=driving&show=overdue")
    assert 'name="show" value="overdue"' in overdue.text
    none = words_of(await who.get("/staff/entries?words=unicorn"))
    assert "None has “unicorn” in its name." in none and "Show all" in none


async def test_what_somebody_saved_meanwhile_is_never_published_unseen(
    signed_in: SignedIn, running: Starlette
) -> None:
    slug = "lincolnshire-driving-lessons"
    path = "/staff/entries/entitlement/lincolnshire-leaving-care-worker"
    who = await signed_in(("editor", OURS))
    opened = hidden(await who.get(path), "opened")
    await staff_change(running, "lincolnshire-leaving-care-worker", "ready", summary="Newer words.")
    late = await who.post(f"{path}/still-right", opened=opened)
    assert late.status_code == 409 and "Somebody else saved this" in words_of(late)
    page = await who.get(path)
    assert 'name="opened"' not in page.text and "not public yet" in words_of(page)
    assert "Changed, not published yet" in words_of(page)
    forced = await who.post(f"{path}/still-right", opened=str(int(opened) + 1))
    assert forced.status_code == 409 and "There is a newer version" in words_of(forced)
    assert (await public(running, "lincolnshire-leaving-care-worker")).summary != "Newer words."
    assert (await who.post(f"/staff/entries/entitlement/{slug}/still-right", opened="²")).status_code == 409


async def test_a_report_is_read_answered_and_its_writer_sees_it(
    signed_in: SignedIn, running: Starlette, stranger: httpx2.AsyncClient
) -> None:
    connection = running.state.live.database
    code = await keep(Report("CDFGHJ34", SLUG, 1, "wrong", "It is £1,500 now. <b>Ask them</b>"), today())
    number = (await Feedback.get(code=code, using_db=connection)).id
    who, theirs = await signed_in(("editor", OURS)), await signed_in(("editor", THEIRS))
    home = words_of(await who.get("/staff"))
    assert f"Report {number}" in home and "● New" in home
    assert f"Report {number}" not in words_of(await theirs.get("/staff"))
    assert f"Report {number}" not in words_of(await theirs.get("/staff/reports?state=all"))
    page = await who.get(f"/staff/reports/{number}")
    assert "It is £1,500 now. &lt;b&gt;Ask them&lt;/b&gt;" in page.text
    assert code not in page.text and shown_code(code) not in page.text, "only its writer has the code"
    sent = await who.post(f"/staff/reports/{number}", state="changed", answer="The new sum is on the page.")
    assert sent.status_code == 303
    told = words_of(await stranger.get(f"http://127.0.0.1/feedback/{shown_code(code)}"))
    assert "We changed the page. Thank you." in told and "The new sum is on the page." in told
    assert f"Report {number}" not in words_of(await who.get("/staff/reports"))
    assert f"Report {number}" in words_of(await who.get("/staff/reports?state=all"))
    assert f"Report {number}" in words_of(await who.get(PATH))
    row = (await newest(connection, 1))[0]
    assert (row.act, row.about) == ("answered a report", f"report {number}")
    assert "new sum" not in row.detail
    assert (await standing(connection)).broken is None


async def test_an_answer_that_is_too_long_comes_back_whole(signed_in: SignedIn, running: Starlette) -> None:
    code = await keep(Report("CDFGHJ66", SLUG, 1, "missing", ""), today())
    number = (await Feedback.get(code=code, using_db=running.state.live.database)).id
    who = await signed_in(("editor", OURS))
    long = "x" * 401
    page = await who.post(f"/staff/reports/{number}", state="kept", answer=long)
    assert page.status_code == 422 and "1 letters too many" in words_of(page) and long in page.text
    assert 'value="kept" checked' in page.text
    odd = await who.post(f"/staff/reports/{number}", state="deleted", answer="Short")
    assert odd.status_code == 422 and "Short" in odd.text
    assert (await Feedback.get(code=code, using_db=running.state.live.database)).state == "new"
    assert (await who.get("/staff/reports/999999")).status_code == 404


async def test_nobody_reads_an_answer_beside_the_words_that_nobody_has_read_it(
    signed_in: SignedIn, running: Starlette
) -> None:
    code = await keep(Report("CDFGHJ88", SLUG, 1, "missing", ""), today())
    number = (await Feedback.get(code=code, using_db=running.state.live.database)).id
    who = await signed_in(("editor", OURS))
    page = await who.get(f"/staff/reports/{number}")
    assert 'value="read" checked' in page.text, "whoever opens it has read it"
    refused = await who.post(f"/staff/reports/{number}", state="new", answer="We look into it.")
    assert refused.status_code == 422 and "Choose where it stands now." in words_of(refused)
    assert "We look into it." in refused.text
    assert (await who.post(f"/staff/reports/{number}", state="read", answer="We do.")).status_code == 303


async def test_a_page_that_is_not_theirs_leads_back_to_staff_home(signed_in: SignedIn) -> None:
    who = await signed_in(("viewer", OURS))
    for path, status in (("/staff/log", 403), ("/staff/entries/entitlement/never", 404)):
        page = await who.get(path)
        assert page.status_code == status and 'href="/staff"' in page.text, path
    assert 'href="/staff"' not in (await who.get("/nowhere")).text


async def test_a_viewer_reads_and_changes_nothing(signed_in: SignedIn, running: Starlette) -> None:
    code = await keep(Report("CDFGHJ77", SLUG, 1, "missing", "Trains"), today())
    number = (await Feedback.get(code=code, using_db=running.state.live.database)).id
    who = await signed_in(("viewer", OURS))
    entry, report = await who.get(PATH), await who.get(f"/staff/reports/{number}")
    assert "It is still right" not in entry.text and "An editor can say" in words_of(entry)
    assert "Save the answer" not in report.text and "Trains" in report.text
    assert (await who.post(f"{PATH}/still-right", opened="1")).status_code == 403
    assert (await who.post(f"/staff/reports/{number}", state="read")).status_code == 403


async def test_the_home_page_shows_what_waits_in_ones_own_places(
    signed_in: SignedIn, running: Starlette
) -> None:
    connection, overdue = running.state.live.database, today() - timedelta(days=3)
    for slug in ("lincolnshire-savings-account", "durham-money-help"):
        await staff_change(running, slug, "ready", checked_on=overdue, review_by=overdue)
        row = await Document.get(kind="entitlement", slug=slug, using_db=connection)
        await ReviewItem.create(
            using_db=connection, document_id=row.id, body="{}", digest=slug[:20], file=f"{slug}.yaml",
            at=now(), state="open",
        )  # fmt: skip
    await LookedFor.bulk_create(
        [
            LookedFor(day=today(), words="removal tattoo", count=7),
            LookedFor(day=today(), words="rare", count=4),
        ],
        using_db=connection,
    )
    who = await signed_in(("viewer", OURS))
    page = await who.get("/staff")
    words = words_of(page)
    assert "▲ Check is overdue" in words and "lincolnshire-savings-account.yaml" in words
    assert "durham-money-help" not in page.text
    assert "removal tattoo" in words and "7 times" in words and "rare" not in words
    listed = await who.get("/staff/entries?show=overdue")
    assert "/lincolnshire-savings-account" in listed.text and "durham-" not in listed.text
    assert (await who.get("/staff/entries?show=<script>")).status_code == 200


async def test_who_begins_a_council_is_told_where(signed_in: SignedIn) -> None:
    kent = "E10000016"
    who = await signed_in(("admin", kent))
    home = await who.get("/staff")
    assert "Begin here. Nothing of Kent is public yet." in words_of(home)
    assert f'href="/staff/councils/{kent}"' in home.text
    assert "Nothing is here yet" in words_of(await who.get("/staff/entries"))
    for role, scope in (("viewer", kent), ("admin", OURS), ("admin", "england")):
        assert "Begin here" not in words_of(await (await signed_in((role, scope))).get("/staff"))


async def test_without_a_role_the_home_page_says_whom_to_ask(signed_in: SignedIn) -> None:
    page = await (await signed_in()).get("/staff")
    assert "You have no role yet. Ask an admin" in words_of(page)
    assert "removal tattoo" not in page.text


@pytest.mark.parametrize(
    "path", ["/staff/entries/entitlement/never", "/staff/entries/nonsense/never", "/staff/entries/service/--"]
)
async def test_what_is_not_there_is_not_found(signed_in: SignedIn, path: str) -> None:
    assert (await (await signed_in(("viewer", OURS))).get(path)).status_code == 404
