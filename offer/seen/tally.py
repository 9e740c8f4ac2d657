"""What one process has counted since it started, in a registry of its own: by route pattern only."""

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, disable_created_metrics

BUCKETS = (0.005, 0.025, 0.1, 0.5, 2.5)  # seconds
LAGS = (0.005, 0.025, 0.1, 0.5, 2.5)
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})  # any other could be a word somebody chose
MAIL = ("sent", "refused", "away")


class Tally:
    """The counters. A request costs two of them, some microseconds."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call] # else each counter has a second line with its birthday
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Counter(
            "local_offer_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "local_offer_request_seconds", "How long answers took.", ("route",),
            buckets=BUCKETS, registry=self.registry,
        )  # fmt: skip
        self._mail = Counter(
            "local_offer_mail",
            "Letters to staff, by what came of them.",
            ("outcome",),
            registry=self.registry,
        )
        self._lag = Histogram(
            "local_offer_event_loop_lag_seconds", "How late this process comes to its work.",
            buckets=LAGS, registry=self.registry,
        )  # fmt: skip
        for outcome in MAIL:
            self._mail.labels(outcome)

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request. `method` is one of METHODS or "other": nobody can fill the memory."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def mail(self, outcome: str) -> None:
        """Count a letter, by one of MAIL."""
        self._mail.labels(outcome).inc()

    def lag(self, seconds: float) -> None:
        """Note how late the loop was."""
        self._lag.observe(seconds)
