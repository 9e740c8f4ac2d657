"""A page opened once, with what it fetched: many tests look at the same one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.browser.conftest import PATIENCE, PHONE
from tests.browser.sights import SIGHTS
from tests.browser.watching import Watch
from tests.browser.weighing import documents, loading, replies_to, weigh

# Marks what is hidden until a script shows it, or made by one: such as a phone that tells where it is.
_NOTE_HIDDEN = """
let parsed = false
const note = changes => {
  for (const {addedNodes} of changes) for (const node of addedNodes) if (node.nodeType === 1) {
    for (const part of [node, ...node.querySelectorAll('[hidden]')]) part.wasHidden ||= parsed || part.hidden
  }
}
const watching = new MutationObserver(note)
watching.observe(document, {childList: true, subtree: true})
document.addEventListener('readystatechange', () => { note(watching.takeRecords()); parsed = true })"""
# What stands there without a script's doing; leaves the page as it was.
_TEXT = """() => {
  const made = [...document.querySelectorAll('*')].filter(
    part => part.wasHidden || part.matches('.app-copy__line, .app-code'))
  const shown = made.map(part => part.style.display)
  made.forEach(part => { part.style.display = 'none' })
  const text = document.querySelector('main').innerText
  made.forEach((part, i) => { part.style.display = shown[i] })
  document.querySelectorAll('[style=""]').forEach(part => part.removeAttribute('style'))
  return text.replace(/\\s+/g, ' ').trim()
}"""


@dataclass(frozen=True)  # without slots: tests set nothing on it, Playwright's pages are compared by identity
class Opened:
    """A sight in a tab of its own. `sent` is its HTML as the server sent it, `made` as its scripts left it.

    `weight` is that of the HTML in compressed bytes, `modules` those of the scripts that came with the walk
    there; a browser that runs none has none.
    """

    name: str
    page: Page
    sent: str
    made: str
    weight: int
    modules: tuple[int, ...]

    def text(self) -> str:
        """What is said to somebody whose browser runs no script."""
        text: str = self.page.evaluate(_TEXT)
        return text


@contextmanager
def opened(chromium: Browser, address: str, name: str, *, script: bool) -> Iterator[Opened]:
    """The sight of a name, on a phone that knows nothing; what it did behind its face fails the test."""
    watch = Watch(urlsplit(address).netloc)
    context = chromium.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]},
        base_url=address,
        service_workers="block",
        locale="en-GB",
        java_script_enabled=script,
    )
    context.set_default_timeout(PATIENCE)
    watch.over(context)
    context.add_init_script(_NOTE_HIDDEN)
    page = context.new_page()
    requests = loading(page)
    SIGHTS[name](page)
    page.wait_for_selector("main")
    last = documents(requests)[-1]
    scripts = [reply for reply in replies_to(requests) if reply.request.resource_type == "script"]
    yield Opened(
        name=name,
        page=page,
        sent=last.text(),
        made=page.content(),
        weight=weigh([last]).of(),
        modules=tuple(weigh([each]).of() for each in scripts),
    )
    context.close()
    assert watch.complaints == []
