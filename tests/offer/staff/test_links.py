"""Sources: asked politely and safely, never the network; what is gone or changed waits for staff."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from starlette.applications import Starlette

from directory import public_web
from directory.public_web import may_be_read
from offer.clock import now
from offer.db.change_models import LinkCheck, StaffTurn
from offer.sources_cited import sources_of
from offer.staff.links import rows
from offer.staff.links.asking import MANNERS, asking
from offer.staff.links.checking import TURN, check_links
from offer.staff.links.loop import links_checked
from offer.staff.links.main_text import digest_of_page, main_text
from offer.staff.links.seen import Seen
from offer.staff.turn import take_turn
from tests.offer.pages.reading import words_of
from tests.offer.staff.conftest import SignedIn

HERE = replace(MANNERS, allow_private=True, ports=None, between=0.0, seconds=10.0, page_bytes=50_000)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
OURS, THEIRS = "E10000019", "E06000047"


class Names(AbstractResolver):
    """Names as a test wants them, each time the next of its addresses."""

    def __init__(self, **names: list[str]) -> None:
        self.names, self.asked = {name.replace("_", "."): each for name, each in names.items()}, [""]

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        found = self.names.get(host, ["127.0.0.1"])
        address = found.pop(0) if len(found) > 1 else found[0]
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=0)]

    async def close(self) -> None:
        """Nothing."""


@asynccontextmanager
async def site(port: int, **pages: Handler | str | int) -> AsyncIterator[list[web.Request]]:
    """A site on this machine. A page is a handler, its HTML or a status; `robots` is its robots.txt."""
    came: list[web.Request] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        came.append(request)
        page = pages.get(
            "robots" if request.path == "/robots.txt" else request.path.strip("/") or "start", 404
        )
        if callable(page):
            return await page(request)
        if isinstance(page, int):
            return web.Response(status=page)
        return web.Response(
            text=page, content_type="text/plain" if request.path == "/robots.txt" else "text/html"
        )

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield came
    finally:
        await runner.cleanup()


async def look(url: str, resolver: AbstractResolver | None = None, manners: object = HERE) -> Seen:
    async with asking(manners, site="https://o.example", resolver=resolver or Names()) as asker:  # type: ignore[arg-type]
        return await asker.look(url)


async def test_a_page_is_known_by_its_main_words_only(unused_tcp_port: int) -> None:
    base = f"http://council.example:{unused_tcp_port}"
    one = "<nav>Monday</nav><main><h1>Grant</h1><p>You get   £3,000.</p></main><script>1</script>"
    two = "<nav>Tuesday</nav><header>new</header><main><h1>GRANT</h1>You get £3,000.</main><script>2</script>"
    async with site(unused_tcp_port, a=one, b=two, c=one.replace("£3,000", "£2,000")) as came:
        a, b, c = [await look(f"{base}/{name}") for name in "abc"]
    assert a.problem == "" and a.status == 200 and a.digest == b.digest != c.digest
    assert {request.headers["User-Agent"] for request in came} == {
        "local-offer-link-check/1.0 (+https://o.example)"
    }
    assert [(each.method, each.path) for each in came[:3]] == [
        ("GET", "/robots.txt"),
        ("HEAD", "/a"),
        ("GET", "/a"),
    ]


def test_odd_pages_are_read_to_their_end() -> None:
    assert main_text("<p>One<p>Two<br>Three</p></div></main><main>Four") == "four"
    assert main_text("<div>" * 5000 + "deep") == "deep"
    assert main_text("<![CDATA[x]]><!-- y --><p>z &amp; &#0; &nope;") != ""
    assert digest_of_page(b"\xff\xfe<p>\x00", "no-such-charset") != ""
    assert digest_of_page(b"<script>only</script>", None) == ""


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "the page is gone"),
        (410, "the page is gone"),
        (500, "the site has a fault"),
        (403, "refused us"),
    ],
)
async def test_what_is_wrong_is_said_in_our_words(unused_tcp_port: int, status: int, words: str) -> None:
    async with site(unused_tcp_port, a=status):
        seen = await look(f"http://council.example:{unused_tcp_port}/a")
    assert seen.status == status and words in seen.problem and seen.digest == ""


async def test_a_site_that_knows_no_head_is_asked_again_in_full(unused_tcp_port: int) -> None:
    async def only_get(request: web.Request) -> web.StreamResponse:
        return web.Response(status=405) if request.method == "HEAD" else web.Response(text="words")

    async def paper(request: web.Request) -> web.StreamResponse:
        return web.Response(headers={"ETag": '"1"', "Content-Type": "application/pdf"})

    base = f"http://council.example:{unused_tcp_port}"
    async with site(unused_tcp_port, a=only_get, paper=paper) as came:
        assert (await look(f"{base}/a")).digest
        assert (await look(f"{base}/paper")).digest
    assert ("GET", "/paper") not in [(each.method, each.path) for each in came]


async def test_robots_txt_is_kept_to(unused_tcp_port: int) -> None:
    robots = "User-agent: local-offer-link-check\nDisallow: /private\n"
    base = f"http://council.example:{unused_tcp_port}"
    async with site(unused_tcp_port, robots=robots, private="x", open="x") as came:
        assert "no machine" in (await look(f"{base}/private")).problem
        assert (await look(f"{base}/open")).problem == ""
        assert "/private" not in [request.path for request in came]
    async with site(unused_tcp_port, robots=503, open="x") as came:
        assert (await look(f"{base}/open")).problem
        assert [request.path for request in came] == ["/robots.txt"]


@pytest.mark.parametrize(
    "to",
    ["http://169.254.169.254/latest/meta-data/", "http://[::ffff:169.254.169.254]/", "file:///etc/passwd",
     "http://user:secret@council.example/", "gopher://council.example/", "http://inside.example/", "http://[::1]/",
     "//metadata.example/x"],
)  # fmt: skip
async def test_a_redirect_leads_nowhere_inside(
    unused_tcp_port: int, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test's own site counts as public here, and nothing else of this machine or its network does."""

    async def onward(request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": to})

    def ours_is_public(address: str, *, allow_private: bool = False) -> bool:
        return address == "127.0.0.1" or may_be_read(address)

    monkeypatch.setattr(public_web, "may_be_read", ours_is_public)
    names = Names(inside_example=["10.0.0.7"], metadata_example=["169.254.169.254"])
    async with site(unused_tcp_port, a=onward) as came:
        seen = await look(
            f"http://council.example:{unused_tcp_port}/a", names, replace(HERE, allow_private=False)
        )
    assert seen.problem.startswith("We do not ask it"), seen
    assert [request.path for request in came] == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1",
     "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"],
)  # fmt: skip
async def test_a_name_that_stands_for_an_address_inside_is_never_connected_to(address: str) -> None:
    seen = await look("http://inside.example/", Names(inside_example=[address]), MANNERS)
    assert seen == Seen(problem="We do not ask it: it leads to an address inside a private network")


async def test_a_name_that_changes_between_two_look_ups_gains_nothing(unused_tcp_port: int) -> None:
    names = Names(turning_example=["127.0.0.1", "169.254.169.254"])
    async with site(unused_tcp_port, a="x") as came:
        seen = await look(f"http://turning.example:{unused_tcp_port}/a", names)
    assert "private network" in seen.problem and [request.path for request in came] == ["/robots.txt"]


@pytest.mark.parametrize(
    "url",
    ["ftp://council.example/", "javascript:alert(1)", "http://", "http://council.example:22/",
     "http://council.example:8080/", "http://2130706433/", "http://a:b@council.example/", "http://[bad/"],
)  # fmt: skip
async def test_odd_addresses_are_not_asked(url: str) -> None:
    names = Names()
    seen = await look(url, names, MANNERS)
    assert seen.problem and names.asked == [""]


async def test_nobody_is_asked_for_ever(unused_tcp_port: int) -> None:
    async def pours(request: web.Request) -> web.StreamResponse:
        reply = web.StreamResponse(headers={"Content-Type": "text/html"})
        await reply.prepare(request)
        if request.method == "GET":
            for _ in range(400):
                await reply.write(b"word " * 1000)
        return reply

    async def sleeps(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(3)
        return web.Response()

    async def circles(request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": "/circles"})

    base = f"http://council.example:{unused_tcp_port}"
    async with site(unused_tcp_port, pours=pours, sleeps=sleeps, circles=circles):
        assert (await look(f"{base}/pours")).digest
        assert "too long" in (await look(f"{base}/sleeps", manners=replace(HERE, seconds=0.3))).problem
        assert "from address to address" in (await look(f"{base}/circles")).problem
    assert "cannot be reached" in (await look(f"{base}/gone")).problem


async def test_a_host_is_left_in_peace_between_two_requests(unused_tcp_port: int) -> None:
    async with site(unused_tcp_port, a="x") as came:
        times: list[float] = []
        async with asking(replace(HERE, between=0.2), resolver=Names()) as asker:
            started = asyncio.get_running_loop().time()
            await asker.look(f"http://council.example:{unused_tcp_port}/a")
            times.append(asyncio.get_running_loop().time() - started)
    assert len(came) == 3 and times[0] >= 0.4


async def rounds(running: Starlette, url: str, *found: Seen) -> None:
    """A look a day at one source."""
    connection, looks = running.state.live.database, iter(found)
    await cleared(running)

    async def next_look(_: str) -> Seen:
        return next(looks)

    for number in range(len(found)):
        at = now() + timedelta(days=8 * number)
        assert await check_links(connection, [url], next_look, at) is not None


def ours(running: Starlette) -> tuple[str, str]:
    """A source that only one entry of ours cites, and that entry."""
    published = running.state.live.published
    held = {slug: entry.authority for slug, entry in published.entries.items()}
    cited = sources_of(published).items()
    return next((url, *slugs) for url, slugs in cited if len(slugs) == 1 and held.get(slugs[0]) == OURS)


async def cleared(running: Starlette) -> None:
    """No look was made yet, and nobody has the turn."""
    await LinkCheck.all().using_db(running.state.live.database).delete()
    await StaffTurn.all().using_db(running.state.live.database).delete()


@pytest.mark.parametrize(
    ("found", "waits"),
    [
        ([Seen(200, "a"), Seen(200, "a")], None),
        ([Seen(200, "a"), Seen(200, "b")], "Says something else now"),
        ([Seen(problem="It cannot be reached")], None),
        (
            [Seen(problem="It cannot be reached"), Seen(problem="It cannot be reached")],
            "It cannot be reached.",
        ),
        ([Seen(404, problem="It answers 404: the page is gone")], "It answers 404: the page is gone."),
        ([Seen(404, problem="gone"), Seen(200, "a")], None),
        ([Seen(200, "a"), Seen(500, problem="x"), Seen(200, "a")], None),
    ],
)
async def test_what_waits_for_staff(
    running: Starlette, signed_in: SignedIn, found: list[Seen], waits: str | None
) -> None:
    who = await signed_in(("viewer", OURS))
    await rounds(running, ours(running)[0], *found)
    page = words_of(await who.get("/staff/links"))
    assert (waits in page) if waits else ("No source of your pages waits" in page), page


async def test_looked_at_it_is_off_the_list_until_something_new_is_found(
    running: Starlette, signed_in: SignedIn
) -> None:
    who, viewer = await signed_in(("editor", OURS)), await signed_in(("viewer", OURS))
    stranger, connection = await signed_in(("editor", THEIRS)), running.state.live.database
    url, slug = ours(running)
    await rounds(running, url, Seen(200, "a"), Seen(200, "b"))
    link = (await LinkCheck.get(url=url, using_db=connection)).id
    page = (await who.get("/staff/links")).text
    assert url in page and f"/staff/entries/entitlement/{slug}" in page and "I have looked at it" in page
    assert "I have looked at it" not in (await viewer.get("/staff/links")).text
    assert url not in (await stranger.get("/staff/links")).text
    assert (await stranger.post(f"/staff/links/{link}/looked-at")).status_code == 404
    assert (await who.post("/staff/links/999999/looked-at")).status_code == 404
    assert (await who.post(f"/staff/links/{link}/looked-at")).status_code == 303
    assert url not in (await who.get("/staff/links?seen")).text
    await rows.keep(connection, url, Seen(200, "b"), now())
    assert await rows.queue(connection) == []
    await rows.keep(connection, url, Seen(404, problem="gone"), now())
    assert [each.url for each in await rows.queue(connection)] == [url]


async def test_a_round_is_bounded_and_weekly_and_forgets_what_nobody_cites(running: Starlette) -> None:
    connection, at = running.state.live.database, now()
    await cleared(running)
    cited = [f"https://s{number}.example/" for number in range(5)]
    asked: list[str] = []
    bar: list[tuple[int, int]] = []

    async def look_at(url: str) -> Seen:
        asked.append(url)
        return Seen(200, "a") if url != cited[0] else Seen(problem="x")

    def progress(done: int, total: int) -> None:
        bar.append((done, total))

    done = await check_links(connection, cited, look_at, at, most=3, progress=progress)
    assert done and (done.asked, done.troubled) == (3, 1) and bar == [(1, 3), (2, 3), (3, 3)]
    await check_links(connection, cited, look_at, at)
    assert sorted(asked) == cited, "nobody twice in a week"
    await check_links(connection, cited[:2], look_at, at + timedelta(days=1))
    assert asked[5:] == cited[:1], "what failed is asked the next day"
    assert await LinkCheck.all().using_db(connection).count() == 2
    assert await take_turn(connection, TURN, at + timedelta(days=2), timedelta(hours=1))
    assert await check_links(connection, cited, look_at, at + timedelta(days=2)) is None


async def test_beside_the_service_it_asks_by_itself(
    running: Starlette, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection, url = running.state.live.database, f"http://localhost:{unused_tcp_port}/a"
    await cleared(running)
    kept, real = asyncio.Event(), rows.keep

    async def keep(*given: Any) -> None:
        await real(*given)
        kept.set()

    monkeypatch.setattr(rows, "keep", keep)
    async with (
        site(unused_tcp_port, a="words"),
        links_checked(connection, lambda: [url], site="", first=0.0, every=0.01, manners=HERE),
    ):
        await kept.wait()
    assert (await LinkCheck.get(url=url, using_db=connection)).digest
