"""Help before anything else: the reviewed list of help lines, and what is known of who asks."""

from functools import lru_cache

from directory.help_now import Asker, HelpNow
from offer.clock import LONDON, now, today
from offer.published import Published


@lru_cache(maxsize=1)
def help_list() -> HelpNow:
    """The reviewed list of lines, read once a process."""
    return HelpNow.load()


def asker(published: Published, by: str = "", lives_in: str = "", age: int | None = None) -> Asker:
    """Who asks, as far as known, at this moment in England."""
    upper = published.places.authority_of(lives_in, today()) if lives_in else None
    return Asker(
        age=age,
        responsible_authority=by or None,
        lives_in=lives_in or None,
        lives_in_authority=upper.gss if upper else None,
        at=now().astimezone(LONDON),
    )
