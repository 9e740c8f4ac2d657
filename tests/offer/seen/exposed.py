"""What /metrics gives, read by Prometheus's own reader."""

from collections.abc import Mapping
from dataclasses import dataclass

from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from offer.app import create_app
from offer.live import Live
from offer.published import Published
from offer.settings import Settings


@dataclass(frozen=True, slots=True)
class Sample:
    """One line."""

    name: str
    labels: Mapping[str, str]
    value: float


def live_with(published: Published | None, settings: Settings) -> Live:
    """A process that answered once, without its lifespan."""
    live: Live = create_app(settings).state.live
    live.edition = published
    live.tally.add("GET", "/", 200, 0.01)
    live.tally.lag(0.001)
    return live


def samples(live: Live) -> list[Sample]:
    """Every line of its metrics."""
    return read(generate_latest(live.tally.registry).decode())


def read(text: str) -> list[Sample]:
    """Every line of a text."""
    return [
        Sample(each.name, each.labels, each.value)
        for family in text_string_to_metric_families(text)
        for each in family.samples
    ]
