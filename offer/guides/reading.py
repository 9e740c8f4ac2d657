"""The guides as read from their files, once a process."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import yaml

from directory.topics import TOPICS
from offer.guides.schema import Guide

FOLDER = Path(__file__).parent / "words"


@lru_cache(maxsize=1)
def guides() -> Mapping[str, Guide]:
    """Every guide by its slug: the topics in their order, then those that cut across them.

    Raises pydantic's ValidationError for a file that is not a guide.
    """
    found = (read_guide(path) for path in FOLDER.glob("*.yaml"))
    order = list(TOPICS)
    ranked = sorted(
        found, key=lambda guide: (order.index(guide.slug) if guide.slug in TOPICS else 99, guide.slug)
    )
    return MappingProxyType({guide.slug: guide for guide in ranked})


def read_guide(path: Path) -> Guide:
    """One file; its name is the guide's slug."""
    guide = Guide.model_validate(yaml.safe_load(path.read_text("utf-8")))
    if guide.slug != path.stem:
        raise ValueError(f"{path.name} holds the guide '{guide.slug}': the two must be the same")
    return guide


@lru_cache(maxsize=1)
def other_names() -> Mapping[str, str]:
    """The guide's slug for each other name: "prison" leads to "justice"."""
    return MappingProxyType({name: guide.slug for guide in guides().values() for name in guide.names})
