"""Help lines as a page shows them: tel: and sms: links, hours beside each, nothing that needs script."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory.help_now import Asker, Help
from offer.language import gettext as _
from offer.pages.service_words import PhoneLink, phone_links
from offer.published import Published
from offer.urgent_help import help_list


@dataclass(frozen=True, slots=True)
class HelpLineView:
    """One line. `text_words` is "Text SHOUT to 85258"; "" and () where there is none."""

    name: str
    phones: tuple[PhoneLink, ...]
    text_words: str
    text_href: str
    website: str
    hours: str
    free: bool
    ages: str
    note: str
    local: bool


@dataclass(frozen=True, slots=True)
class BannerView:
    """Help before any result: the needs in words, the lines that stand open, and the rest one tap away."""

    titles: tuple[str, ...]
    open: tuple[HelpLineView, ...]
    more: tuple[HelpLineView, ...]


@dataclass(frozen=True, slots=True)
class NeedView:
    """One need of the help page, with its lines in order."""

    slug: str
    title: str
    lines: tuple[HelpLineView, ...]


def banner_of(published: Published, needs: Sequence[str], who: Asker) -> BannerView | None:
    """What to show above results for these needs; None for no need."""
    if not needs:
        return None
    lines = help_list()
    banner = lines.banner(needs, published.services, who)
    titles = tuple(lines.needs[need].title for need in banner.needs)
    return BannerView(titles, tuple(map(line_view, banner.open)), tuple(map(line_view, banner.more)))


def needs_of(published: Published, who: Asker) -> tuple[NeedView, ...]:
    """Every need with its lines, for the help page."""
    slugs = tuple(help_list().needs)
    pairs = help_list().page(published.services, who)
    return tuple(
        NeedView(slug, need.title, tuple(map(line_view, lines)))
        for slug, (need, lines) in zip(slugs, pairs, strict=True)
    )


def line_view(line: Help) -> HelpLineView:
    """One line in words and links."""
    text = line.text
    words = ""
    if text and text.word:
        words = _("Text %(word)s to %(number)s") % {"word": text.word, "number": text.number}
    elif text:
        words = _("Text %(number)s") % {"number": text.number}
    return HelpLineView(
        name=line.name,
        phones=phone_links(line.phones),
        text_words=words,
        text_href=line.message or "",
        website=line.online or "",
        hours=line.when or "",
        free=bool(line.free),
        ages=line.age_note or "",
        note=line.note or "",
        local=line.local,
    )
