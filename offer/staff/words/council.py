"""The words of one council: its own list beside ours, as its settings keep it."""

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.staff.scope_settings import settings_of
from offer.staff.words.kinder import Term, from_kept, terms_with


async def terms_of(connection: BaseDBAsyncClient, scope: str) -> tuple[Term, ...]:
    """What is advised in a scope; "" for nobody's in particular."""
    own = from_kept((await settings_of(connection, scope)).words) if scope else ()
    return terms_with(own)
