"""What `local-offer staff remind` and `check-links` do by hand: the same rounds as the service makes."""

from collections.abc import Mapping

from directory.places import Places, PlacesError
from offer.catalogue.reading import PublishedDocuments, read_published
from offer.clock import now, today
from offer.council_names import listed_name
from offer.db.connections import orm
from offer.errors import PlainError
from offer.mail.post import server_of
from offer.settings import Settings
from offer.sources_cited import cited_by
from offer.staff.links.checking import Progress
from offer.staff.links.checking import check_links as check_round
from offer.staff.links.rows import queue
from offer.staff.reminding.letters import Digest, letter_of
from offer.staff.reminding.sending import Desk, Round, due, send_due
from offer.staff.roles import NATIONAL

OFF = PlainError("No mail server is named.", "Set SMTP_HOST and MAIL_FROM, or try: --dry-run")


def place_of(places: Places, scope: str) -> str:
    """A scope in words, for letters and lists."""
    area = None if scope == NATIONAL else places.authority(scope)
    return "England" if scope == NATIONAL else listed_name(area.name) if area else scope


async def remind(settings: Settings, *, dry_run: bool) -> list[str]:
    """Sends what is due today; with `dry_run` prints the letters. Raises PlainError where mail is off."""
    server = server_of(settings)
    if server is None and not dry_run:
        raise OFF
    places = _places(settings)
    async with orm(settings.database) as connection:
        desk = Desk(connection, lambda scope: place_of(places, scope), settings.address)
        if dry_run or server is None:
            digests, silent = await due(desk, today())
            return [*_letters(digests, settings.address), *_silent(desk, silent)]
        done = await send_due(desk, server, now(), today())
    return ["Another process is sending them just now."] if done is None else _report(done, desk)


async def check_links(settings: Settings, most: int, progress: Progress) -> list[str]:
    """Asks sources that are due, as the service does each hour where LINK_CHECKS is on."""
    from offer.staff.links.asking import asking  # with it comes aiohttp

    async with orm(settings.database) as connection:
        cited = _cited(await read_published(connection))
        async with asking(site=settings.address) as asker:
            done = await check_round(connection, cited, asker.look, now(), most=most, progress=progress)
        waiting = await queue(connection)
    if done is None:
        return ["Another process is asking them just now."]
    asked = f"{done.asked} of {len(cited)} sources asked, {done.troubled} in trouble."
    return [asked, *(f"{each.problem or 'Says something else now'}: {each.url}" for each in waiting)]


def _cited(documents: PublishedDocuments) -> Mapping[str, tuple[str, ...]]:
    return cited_by(documents.entitlements, documents.records)


def _letters(digests: list[Digest], site: str) -> list[str]:
    lines = [f"{len(digests)} {'letter' if len(digests) == 1 else 'letters'} would be sent."]
    for each in digests:
        letter = letter_of(each, site, today())
        lines += ["", f"To: {letter.to}", f"Subject: {letter.subject}", "", letter.text]
    return lines


def _report(done: Round, desk: Desk) -> list[str]:
    lines = [f"sent: {each.place}, {len(each.reminders)} to check" for each in done.sent]
    lines += [f"refused by the mail server: the address for {each.place}" for each in done.refused]
    if done.away:
        lines.append(f"the mail server is away ({done.away}): the rest is sent at the next try")
    lines += _silent(desk, done.silent)
    return lines or ["Nothing is due today."]


def _silent(desk: Desk, scopes: tuple[str, ...]) -> list[str]:
    return [f"{desk.place(scope)}: there is something to tell, but no address is set" for scope in scopes]


def _places(settings: Settings) -> Places:
    try:
        return Places.open(settings.places_file)
    except PlacesError as fault:
        raise PlainError(fault.what, "Run: local-offer build-places") from fault
