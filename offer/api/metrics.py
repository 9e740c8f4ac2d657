"""GET /metrics in the Prometheus text format: counts by route pattern, never by address or person."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from offer.clock import now

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.005, 0.025, 0.1, 0.5, 2.5)  # seconds
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_PAGE_BYTES = 4096

Labels = tuple[str, str, str]  # method, route pattern, status


@dataclass(slots=True)
class Tally:
    """What this process has answered since it started."""

    requests: dict[Labels, int] = field(default_factory=lambda: defaultdict(int))
    within: dict[float, int] = field(default_factory=lambda: dict.fromkeys(BUCKETS, 0))
    seconds: float = 0.0

    @property
    def total(self) -> int:
        """All requests together."""
        return sum(self.requests.values())

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request. A method we do not serve is "other", so that nobody can fill the memory."""
        self.requests[(method if method in METHODS else "other", route, str(status))] += 1
        self.seconds += seconds
        for bucket in BUCKETS:
            self.within[bucket] += seconds <= bucket


async def metrics(request: Request) -> Response:
    """Everything countable about this process and its catalogue."""
    return Response("\n".join(_lines(request.app.state.live)) + "\n", media_type=CONTENT_TYPE)


def _lines(live: Any) -> Iterator[str]:
    yield from _gauge("catalogue_version", "The edition served now; 0 before the first.", live.version or 0)
    published = live.edition.published_at if live.edition else None
    yield from _gauge("catalogue_age_seconds", "Since that edition was published.", seconds_since(published))
    yield from _gauge("database_reachable", "Whether the database answered last.", int(live.health.reachable))
    lag = seconds_since(live.health.reached_at)
    yield from _gauge("catalogue_lag_seconds", "Since the version row was last read.", lag)
    yield from _gauge("process_resident_memory_bytes", "Memory of this process.", _memory())
    yield from _requests(live.tally)
    if live.online is not None:
        yield from _geocoder(live.online.counts)


def _geocoder(counts: Mapping[str, int]) -> Iterator[str]:
    yield "# HELP local_offer_geocoder_total Places that our lists do not know, by how the look-up ended."
    yield "# TYPE local_offer_geocoder_total counter"
    for outcome, count in sorted(counts.items()):
        yield f'local_offer_geocoder_total{{outcome="{outcome}"}} {count}'


def _requests(tally: Tally) -> Iterator[str]:
    yield "# HELP local_offer_requests_total Requests answered."
    yield "# TYPE local_offer_requests_total counter"
    for (method, route, status), count in sorted(tally.requests.items()):
        labels = f'method="{method}",route="{route}",status="{status}"'
        yield f"local_offer_requests_total{{{labels}}} {count}"
    yield "# HELP local_offer_request_seconds How long answers took."
    yield "# TYPE local_offer_request_seconds histogram"
    for bucket, count in tally.within.items():
        yield f'local_offer_request_seconds_bucket{{le="{bucket}"}} {count}'
    yield f'local_offer_request_seconds_bucket{{le="+Inf"}} {tally.total}'
    yield f"local_offer_request_seconds_sum {tally.seconds:.6f}"
    yield f"local_offer_request_seconds_count {tally.total}"


def _gauge(name: str, words: str, value: float | None) -> Iterator[str]:
    """One figure; NaN is the format's word for "not known"."""
    yield f"# HELP local_offer_{name} {words}"
    yield f"# TYPE local_offer_{name} gauge"
    yield f"local_offer_{name} {'NaN' if value is None else value}"


def seconds_since(moment: datetime | None) -> int | None:
    """Whole seconds, never less than none."""
    return None if moment is None else max(0, int((now() - moment).total_seconds()))


def _memory() -> int | None:
    """Resident bytes as Linux counts them; other systems do not say."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * _PAGE_BYTES if statm.is_file() else None
