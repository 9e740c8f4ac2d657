"""What a page costs somebody who pays for data, in compressed bytes (frontend design, budgets)."""

from dataclasses import dataclass

from playwright.sync_api import Page, Request, Response

FIRST_VISIT, FIRST_REQUESTS = 45_000, 8
HTML_OF_START, CSS = 10_000, 20_000
SCRIPT_OF_START, SCRIPT_OF_A_MODULE = 16_000, 8_000
LATER_PAGE, RESULTS, WITH_A_MAP, MAP_OF_ENGLAND = 6_000, 15_000, 9_000, 60_000
LATER = ("icon", "manifest")  # a browser with a window asks for these too; the one of the tests has none
LARGER = {
    "a list on paper",  # these three too
    "results on paper",
    "what to do, on paper",
    "one page for prison",
    "councils side by side",  # 15,000, held in tests/offer/pages
    "help near a postcode",
    "map of England",
    "results",
    "results after one more answer",
    "every question on one page",
    "every question for advisers",  # these two: all questions, 10,000
    "every question for advisers, with a fault",
    "answer for advisers",  # these two: the law on a hundred lines, 20,000; all held in tests/offer/pages
    "what-ifs for advisers",
    "results that ask for the district",
    "saved list, with nothing saved",  # the results without signal: 15,000, held in tests/offer/pages
    "start with faults",
    "starting again",  # both are the first page once more: 10,000, held in tests/offer/pages
    "what happens when",  # these two: 15,000, held in tests/offer/pages
    "what happens when for somebody",
}


@dataclass(frozen=True, slots=True)
class Load:
    """What one page fetched: compressed bytes by kind of resource."""

    kinds: tuple[tuple[str, int], ...]

    def of(self, *kinds: str) -> int:
        """The bytes of some kinds together; of all without an argument."""
        return sum(size for kind, size in self.kinds if not kinds or kind in kinds)


def loading(page: Page) -> list[Request]:
    """Gathers what the page asks for from now on, as it arrives whole.

    What a page gave up as it was left never finishes: it costs nothing, and waiting for it would never end.
    """
    requests: list[Request] = []

    def note(request: Request) -> None:  # a function of its own: Playwright sets attributes on its handlers
        requests.append(request)

    page.on("requestfinished", note)
    return requests


def replies_to(requests: list[Request]) -> list[Response]:
    """What came back, but for a way on to another address."""
    replies = [request.response() for request in requests if request.url.startswith("http")]
    return [reply for reply in replies if reply and reply.status not in (302, 303)]


def documents(requests: list[Request]) -> list[Response]:
    """The pages among what came back, in order."""
    return [reply for reply in replies_to(requests) if reply.request.resource_type == "document"]


def weigh(replies: list[Response]) -> Load:
    """The compressed size of each reply's body; what the browser had already costs nothing."""
    return Load(tuple((reply.request.resource_type, _size(reply)) for reply in replies))


def _size(reply: Response) -> int:
    """Bytes of the body on the wire; Chromium gives a negative count for what it had already."""
    return max(0, reply.request.sizes()["responseBodySize"])
