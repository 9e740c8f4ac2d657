"""The online geocoder: asked only about a town or street that our own lists do not know. Off by default.

What may be sent (`query`), who is asked and how (`config`, `provider`), when to leave it
alone (`breaker`), and what its points come to (`found`). No database here:
`offer.geocoding` keeps the cache and the turn of the whole deployment. `provider` is
imported only where the geocoder is on, and with it aiohttp.
"""

from directory.geocoder.breaker import Breaker
from directory.geocoder.config import GeocoderConfig, Misconfigured, config_of
from directory.geocoder.found import ATTRIBUTION, BUSY, COULD_NOT, FoundPlace, answer_of, places_of
from directory.geocoder.outcome import LookupFailed, Outcome, Spot
from directory.geocoder.query import query_of

__all__ = [
    "ATTRIBUTION",
    "BUSY",
    "COULD_NOT",
    "Breaker",
    "FoundPlace",
    "GeocoderConfig",
    "LookupFailed",
    "Misconfigured",
    "Outcome",
    "Spot",
    "answer_of",
    "config_of",
    "places_of",
    "query_of",
]
