"""The provider from the settings, made at the start; its libraries are read only where one is set."""

from datetime import datetime
from typing import Protocol

from offer.settings import Settings
from offer.staff.council.config import ProviderConfig, config_of
from offer.staff.council.journey import Journey


class Provider(Protocol):
    """What the pages ask of a provider. Both raise ProviderAway and NotBelieved."""

    @property
    def config(self) -> ProviderConfig:
        """The provider as the settings name it."""

    async def address(self, journey: Journey, back: str) -> str:
        """Where to send a browser that begins a journey."""

    async def subject(self, journey: Journey, code: str, back: str, at: datetime) -> str:
        """Who came back with a code."""


def provider_of(settings: Settings) -> Provider | None:
    """The provider; None where none is set. Raises PlainError naming the setting that makes no sense."""
    config = config_of(settings)
    if config is None:
        return None
    from offer.staff.council.provider import AskedProvider  # with it come aiohttp and Authlib

    return AskedProvider(config)
