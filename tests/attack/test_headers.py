"""Every reply, faults too, says what a browser may do with it; and no page holds a script."""

import re
from html.parser import HTMLParser

import httpx2
import pytest
from starlette.applications import Starlette

from offer.app import create_app
from offer.fair_use.door import FairUse
from offer.settings import Settings
from tests.attack.walking import ask, doors, outside
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody
from tests.strength import survived

ALWAYS = {
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "referrer-policy": "same-origin",
}
TEXT = ("text/", "application/json", "application/problem+json", "application/openmetrics-text")
HOW = "make strength (tests/attack/test_headers.py)"


@pytest.fixture
def behind_tls(running: Starlette) -> Starlette:
    """The same service as it runs in earnest."""
    app = create_app(Settings(data_dir=running.state.settings.data_dir, https=True))
    app.state.live = running.state.live
    app.state.live.fair_use = FairUse()
    return app


class Scripts(HTMLParser):
    """What of a page could run: code inside it, handlers, styles, `javascript:`, other hosts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "script" and "src" not in held and held.get("type") != "application/ld+json":
            self.found.append("an inline script")
        if tag in ("style", "object", "embed", "base", "frame"):
            self.found.append(f"<{tag}>")
        if tag == "iframe" and ("src" in held or held.get("sandbox") != "allow-same-origin"):
            self.found.append("a frame that may run something")  # the preview's may not
        for name, value in held.items():
            text = (value or "").strip().lower()
            leads = name in ("href", "src", "action", "formaction") and text.startswith(
                ("javascript:", "vbscript:")
            )
            if name.startswith("on") or name == "style" or leads:
                self.found.append(f"{tag} {name}={value}")
            loads = name == "src" or (tag == "link" and name == "href" and held.get("rel") == "stylesheet")
            if loads and not text.startswith(("/", "data:image/")):
                self.found.append(f"{tag} loads {value}")


def runs(page: str) -> list[str]:
    """What could run in a page."""
    scripts = Scripts()
    scripts.feed(page)
    return scripts.found


def faults(reply: httpx2.Response) -> list[str]:
    """What is missing from the headers of a reply."""
    wrong = [f"{name}: {reply.headers.get(name)}" for name, value in ALWAYS.items()
             if reply.headers.get(name) != value]  # fmt: skip
    policy = dict(
        part.strip().partition(" ")[::2] for part in reply.headers["content-security-policy"].split(";")
    )
    wanted = {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "base-uri": "'none'",
              "form-action": "'self'", "frame-ancestors": "'none'"}  # fmt: skip
    wrong += [f"policy {name}" for name, value in wanted.items() if policy.get(name) != value]
    wrong += ["unsafe"] if "unsafe" in reply.headers["content-security-policy"] else []
    wrong += [f"says {name}" for name in ("server", "x-powered-by") if name in reply.headers]
    kind = reply.headers.get("content-type", "")
    if reply.content and not kind:
        wrong.append("no content type")
    if kind.startswith("text/") and "charset=utf-8" not in kind.lower():
        wrong.append(f"no charset: {kind}")
    return wrong


async def test_at_every_address(behind_tls: Starlette) -> None:
    tried = 0
    async with outside(behind_tls) as browser:
        for door in doors(behind_tls):
            reply = await ask(browser, door)
            assert reply.status_code < 500, door
            assert faults(reply) == [], door
            if reply.headers.get("content-type", "").startswith("text/html"):
                assert runs(reply.text) == [], door
            tried += 1
    assert tried > 200
    survived("attack", "an address whose reply lacks a header or holds a script", tried, tried, HOW)


async def test_on_every_page_of_staff(behind_tls: Starlette, signed_in: SignedIn) -> None:
    who: Somebody = await signed_in(("admin", "england"), ("admin", "E10000019"))
    async with outside(behind_tls) as browser:
        browser.cookies.set("__Host-staff", who.key)
        pages = [door for door in doors(behind_tls) if door.is_staff and door.method == "GET"]
        seen = 0
        for door in pages:
            reply = await browser.get(door.address)
            assert faults(reply) == [] and reply.headers["cache-control"] == "no-store", door
            if reply.headers.get("content-type", "").startswith("text/html"):
                assert runs(reply.text) == [], door
                seen += reply.status_code == 200
    assert seen > 25


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("GET", "/nowhere", {}, 404),
        ("GET", "/api/v1/nowhere", {}, 404),
        ("DELETE", "/results", {}, 405),
        ("TRACE", "/", {}, 405),
        ("OPTIONS", "/staff", {}, 405),
        ("POST", "/results", {"content": b"x" * 70_000}, 413),
        ("POST", "/results", {"content": b"x", "headers": {"sec-fetch-site": "cross-site"}}, 403),
        ("POST", "/api/v1/check", {"content": b"{", "headers": {"content-type": "application/json"}}, 400),
        ("POST", "/api/v1/check", {"content": b"{}", "headers": {"content-type": "text/plain"}}, 415),
        ("POST", "/api/v1/check", {"json": {"nothing": 1}}, 422),
        ("GET", "/assets/../settings.py", {}, 404),
        ("GET", "/robots.txt", {"headers": {"host": "a b<script>"}}, 400),
        ("GET", "/entitlements/leaving-care-grant/", {}, 307),
        ("GET", "/staff", {}, 303),
    ],
)
async def test_on_every_kind_of_fault(
    behind_tls: Starlette, method: str, path: str, more: dict[str, object], status: int
) -> None:
    async with outside(behind_tls) as browser:
        reply = await browser.request(method, path, **more)  # type: ignore[arg-type]
    assert reply.status_code == status
    assert faults(reply) == []
    assert runs(reply.text) == []


async def test_a_fault_of_ours_too(behind_tls: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr("offer.pages.topics.edition_of", fail)
    async with outside(behind_tls) as browser:
        reply = await browser.get("/topics")
    assert reply.status_code == 500 and faults(reply) == [] and "secret" not in reply.text


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "TRACK", "PROPFIND"])
async def test_no_other_method_does_anything(behind_tls: Starlette, method: str) -> None:
    async with outside(behind_tls) as browser:
        for path in ("/", "/results", "/api/v1/check", "/staff/sign-in", "/assets/x", "/visit"):
            assert (await browser.request(method, path)).status_code in (404, 405), path


async def test_a_method_in_a_header_or_a_field_is_no_method(
    behind_tls: Starlette, signed_in: SignedIn
) -> None:
    who: Somebody = await signed_in(("admin", "england"))
    headers = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "DELETE", "X-HTTP-Method": "POST"}
    async with outside(behind_tls) as browser:
        browser.cookies.set("__Host-staff", who.key)
        assert (await browser.get("/staff/sign-out", headers=headers)).status_code == 405
        assert (await browser.get("/staff/sign-out?_method=POST")).status_code == 405
        assert (await browser.get("/staff")).status_code == 200, "still signed in"
        posted = await browser.post("/topics", data={"_method": "GET"}, headers=headers)
        assert posted.status_code == 405


async def test_what_holds_facts_of_somebody_is_kept_by_no_cache(behind_tls: Starlette) -> None:
    facts = {"age": "19", "place": "NG34 7EF", "q": "rent NG34 7EF"}
    kept = []
    async with outside(behind_tls) as browser:
        for door in doors(behind_tls):
            if door.method == "POST" and not door.is_staff:
                reply = await (
                    browser.post(
                        door.address, json={"facts": {"age_years": 19}, "q": "rent", "near": "NG34 7EF"}
                    )
                    if door.is_open
                    else browser.post(door.address, data=facts)
                )
                how = reply.headers.get("cache-control", "")
                if reply.status_code == 200 and not re.search("no-store|private, no-cache", how):
                    kept.append((door.path, how))
    assert kept == []
