"""How soon a slow phone shows something: our pages, and the same pages with the stock design system.

Both are served from here, compressed, by one small server. The stock variant has the same HTML with the
design system's own style sheet, script and fonts in place of ours. Chromium is slowed to 400 kbit/s,
400 ms to the server, and a quarter of its speed; each figure is the median of fresh visits.
"""

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

import httpx2
import uvicorn
from playwright.sync_api import Browser, sync_playwright
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from offer.app import create_app
from offer.assets import Assets
from offer.settings import Settings
from templates.build import DESIGN_SYSTEM
from tests.bench.edition import places_file, published
from tests.bench.goals import Goal
from tests.bench.serving import free_port, wait_for
from tests.browser.conftest import CHROMIUM_ARGUMENTS, PHONE, chromium_path

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # bytes/s
VISITS = 5
ANSWERS = {
    "age_years": "19", "place": "NG34 7EF", "responsible_authority": "E10000019",
    "care_when": "left_at_18", "care_13_weeks": "true",
}  # fmt: skip
_SHEET = re.compile(r'<link rel="stylesheet" href="[^"]+">')
_SCRIPT = re.compile(r'<script type="module" src="[^"]+"></script>|<link rel="modulepreload"[^>]*>')
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


def goals() -> Iterator[Goal]:
    """Issue 6: under 2.5 s, and half of what the stock files take."""
    if chromium_path() is None:
        yield Goal("first paint", None, "s", issue=6, note="Chromium is not installed")
        return
    with _serving(_pages()) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        for name in ("start", "results"):
            ours, stock = (_paint(browser, f"{address}/page/{kind}/{name}") for kind in ("ours", "stock"))
            note = f"stock files {stock:.2f} s; 400 kbit/s, 400 ms, CPU/4, median of {VISITS}"
            yield Goal(f"first paint of the {name} page", ours, "s", 2.5, issue=6, note=note)
            yield Goal(f"first paint of the {name} page, of stock", ours / stock, "times", 0.5, issue=6)
        browser.close()


def _pages() -> dict[str, str]:
    """The HTML of both pages, as the application sends it."""
    app = create_app(Settings(data_dir=places_file().parent, database_url=None))
    app.state.live.edition = published()
    return asyncio.run(_asked(app))


async def _asked(app: Starlette) -> dict[str, str]:
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://bench.test") as client:
        start = await client.get("/")
        results = await client.post("/results", data=ANSWERS, follow_redirects=True)
    assert (start.status_code, results.status_code) == (200, 200)
    return {"start": start.text, "results": results.text}


def _stock(html: str) -> str:
    """The same page with the design system as it comes."""
    own = _SCRIPT.sub("", html)
    with_sheet = _SHEET.sub('<link rel="stylesheet" href="/stock/govuk-frontend.min.css">', own, count=1)
    script = '<script type="module" src="/stock/govuk-frontend.min.js"></script>'
    return with_sheet.replace("</body>", f"{script}</body>")


@contextmanager
def _serving(pages: dict[str, str]) -> Iterator[str]:
    """Serves both variants until the block ends; gives the address."""

    async def page(request: Request) -> Response:
        html = pages[request.path_params["name"]]
        return HTMLResponse(html if request.path_params["kind"] == "ours" else _stock(html))

    folder = DESIGN_SYSTEM.parent
    app = Starlette(
        routes=[
            Route("/", lambda _: HTMLResponse("ready")),
            Mount("/assets/fonts", StaticFiles(directory=folder / "assets" / "fonts")),
            Mount("/assets", Assets()),
            Mount("/stock", StaticFiles(directory=folder)),
            Route("/page/{kind}/{name}", page),
        ],
        middleware=[Middleware(GZipMiddleware, minimum_size=600)],
    )
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


def _paint(browser: Browser, address: str) -> float:
    """Seconds until the first words or lines are seen, the median of fresh visits."""
    return median(_visit(browser, address) for _ in range(VISITS))


def _visit(browser: Browser, address: str) -> float:
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, service_workers="block", locale="en-GB"
    )
    try:
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", SLOW)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        failed: list[str] = []
        page.on("response", lambda reply: failed.append(reply.url) if reply.status >= 400 else None)
        page.goto(address, wait_until="load", timeout=120_000)
        seen = page.wait_for_function(_PAINT, timeout=60_000).json_value()
        assert failed == []
        return float(seen) / 1000
    finally:
        context.close()
