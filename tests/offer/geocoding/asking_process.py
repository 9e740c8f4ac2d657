"""One process of a deployment, for test_two_processes: asks the geocoder again and again, as itself.

Arguments: database, host of the geocoder, postcode file, first letter of the words, how many.
"""

import asyncio
import sys
from pathlib import Path

from directory.geocoder import config_of
from directory.geocoder.provider import Geocoder
from directory.places import Places
from offer.clock import today
from offer.db.connections import orm
from offer.geocoding import lookup
from offer.geocoding.lookup import OnlinePlaces
from offer.geocoding.store import GeocoderStore

lookup.DATABASE_SECONDS = 60.0  # a busy machine is not a database that is away
URL, HOST, PLACES, LETTER, COUNT = sys.argv[1:]


async def main() -> None:
    places = Places.open(Path(PLACES))
    config = config_of("nominatim", f"http://{HOST}", "people@example.org", "1", seconds=10)
    async with orm(URL) as connection, Geocoder(config) as geocoder:
        online = OnlinePlaces(places, geocoder, GeocoderStore(connection), lambda lat, lon: ["E07000138"])
        while online.counts["found"] < int(COUNT):  # "busy" is an answer; here we insist
            words = f"Hill {LETTER * 4} {'abcdefgh'[online.counts['found']] * 4}"
            await online.complete(words, places.read(words, today()), today())
        print(dict(online.counts))


asyncio.run(main())
