"""What is read off a process when somebody asks for its metrics: gauges, and counts kept elsewhere."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from math import nan
from pathlib import Path

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from offer.clock import now, steady, today
from offer.live import Live
from offer.published import Published
from offer.seen.troubles import ALL, troubles

_PREFIX = "local_offer_"
_PAGE_BYTES = 4096
# How a look-up may end: offer/geocoding/lookup.py and directory/geocoder/provider.py.
LOOKED_UP = (
    "found", "nothing", "known", "busy", "resting", "no_database", "slow", "unavailable",
    "unreadable", "rate_limited", "refused", "redirected", "too_big",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old what is said in public is: documents past the day of their next check, by kind, and days."""

    overdue: dict[str, int]
    oldest_check: int


def freshness_of(edition: Published, on: date) -> Freshness:
    """Of the entries and services that are public."""
    services = [view.record for view in edition.services.values()]
    overdue = {
        "entitlement": sum(each.review_by < on for each in edition.entries.values()),
        "service": sum(each.review_by < on for each in services),
    }
    checked = [
        *(each.checked_on for each in edition.entries.values()),
        *(each.checked_on for each in services),
    ]
    return Freshness(overdue, (on - min(checked, default=on)).days)


class Figures(Collector):
    """Everything about one process that is not counted as it happens."""

    def __init__(self, live: Live, data_dir: Path) -> None:
        self._live, self._data_dir = live, data_dir
        self._fresh: tuple[int, date, Freshness] | None = None

    def collect(self) -> Iterator[Metric]:
        """Every figure; NaN is the format's word for "not known"."""
        info = GaugeMetricFamily(f"{_PREFIX}info", "The version of the service.", labels=("version",))
        info.add_metric((version("local-offer"),), 1)
        yield info
        yield from self._troubles()
        yield from self._catalogue()
        yield from self._staff()
        yield from self._visits()
        yield _gauge("process_resident_memory_bytes", "Memory of this process.", _memory())
        yield _gauge("data_free_bytes", "Room on the disk of DATA_DIR.", _free(self._data_dir))
        counts = self._live.online.counts if self._live.online else {}
        words = "Places that our lists do not know, by how the look-up ended."
        geocoder = CounterMetricFamily(f"{_PREFIX}geocoder", words, labels=("outcome",))
        for outcome in LOOKED_UP:
            geocoder.add_metric((outcome,), counts.get(outcome, 0))
        yield geocoder

    def _troubles(self) -> Iterator[Metric]:
        live = self._live
        found = troubles(live.version, live.health, live.standing, steady())
        yield _gauge("ready", "What /readyz says: 1 ready, 0 not.", not any(each.stops for each in found))
        each_of = GaugeMetricFamily(
            f"{_PREFIX}trouble", "What is wrong now, as /readyz says.", labels=("code",)
        )
        for trouble in ALL:
            each_of.add_metric((trouble.code,), trouble in found)
        yield each_of

    def _catalogue(self) -> Iterator[Metric]:
        edition, health = self._live.edition, self._live.health
        yield _gauge(
            "catalogue_version", "The edition served now; 0 before the first.", self._live.version or 0
        )
        published = edition.published_at if edition else None
        yield _gauge("catalogue_age_seconds", "Since that edition was published.", seconds_since(published))
        yield _gauge("database_reachable", "Whether the database answered last.", health.reachable)
        lag = seconds_since(health.reached_at)
        yield _gauge("catalogue_lag_seconds", "Since the version row was last read.", lag)
        behind = max(0, (health.seen or 0) - (self._live.version or 0))
        yield _gauge("catalogue_behind", "Editions that this process is behind the database.", behind)
        fresh = self._freshness(edition) if edition else None
        overdue = GaugeMetricFamily(
            f"{_PREFIX}check_overdue", "Public documents past the day of their next check.", labels=("kind",)
        )
        for kind in ("entitlement", "service"):
            overdue.add_metric((kind,), fresh.overdue[kind] if fresh else nan)
        yield overdue
        yield _gauge(
            "oldest_check_days", "Days since the oldest check.", fresh.oldest_check if fresh else None
        )

    def _freshness(self, edition: Published) -> Freshness:
        """Counted once a day and edition: there may be tens of thousands."""
        on = today()
        if self._fresh is None or self._fresh[:2] != (edition.version, on):
            self._fresh = (edition.version, on, freshness_of(edition, on))
        return self._fresh[2]

    def _staff(self) -> Iterator[Metric]:
        standing = self._live.standing
        words = "By how much a change has missed the hour on which it was to be public."
        yield _gauge("publishing_overdue_seconds", words, standing.overdue)
        words = "Changes that could not be published on their hour, and wait for somebody."
        yield _gauge("publishing_refused", words, standing.refused)

    def _visits(self) -> Iterator[Metric]:
        visits = self._live.visits
        yield _gauge("visits_open", "Visits with a page open in this process.", visits.visits)
        yield _gauge("visit_streams_open", "Pages of visits that wait for news here.", visits.count)


def _gauge(name: str, words: str, value: float | None) -> Metric:
    return GaugeMetricFamily(f"{_PREFIX}{name}", words, value=nan if value is None else value)


def seconds_since(moment: datetime | None) -> int | None:
    """Whole seconds, never less than none."""
    return None if moment is None else max(0, int((now() - moment).total_seconds()))


def _memory() -> int | None:
    """Resident bytes as Linux counts them; other systems do not say."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * _PAGE_BYTES if statm.is_file() else None


def _free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None
