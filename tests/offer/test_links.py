"""Sources that have gone are named; nobody is asked twice for the same page."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from offer.links import check, lines, sources_of, trouble_with
from offer.published import Published


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        codes = {"/here": 200, "/gone": 404, "/shy": 403}
        self.send_response(codes.get(self.path, 500))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    """A small web site on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_is_there_is_silent_and_what_is_not_is_named(site: str) -> None:
    seen: list[tuple[int, int]] = []
    cited = {f"{site}/here": ("a",), f"{site}/gone": ("a", "b"), f"{site}/shy": ("c",)}
    found = check(cited, lambda done, total: seen.append((done, total)), 5)
    assert [(link.url, link.trouble) for link in found] == [
        (f"{site}/gone", "404 Not Found"),
        (f"{site}/shy", "refused us, look yourself"),
    ]
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert lines(found, 3)[-1] == "3 sources, 2 to look at"
    assert "(a, b)" in lines(found, 3)[0]


def test_no_server_and_no_web_address(site: str) -> None:
    assert trouble_with("http://127.0.0.1:1/", 2) == "cannot be reached"
    assert trouble_with("file:///etc/passwd") == "not a web address"


def test_every_source_of_the_catalogue_is_visited_once(published: Published) -> None:
    cited = sources_of(published)
    entry = published.entries["setting-up-home-allowance"]
    assert entry.sources[0].url in cited
    assert all(cited.values())
    assert {url for service in published.services.values() if (url := service.record.website)} <= set(cited)
    for slug, organisation in published.organisations.items():
        assert all(slug in cited[source.url] for source in organisation.sources if source.url)
    for slug, location in published.locations.items():
        assert all(slug in cited[source.url] for source in location.sources if source.url)
