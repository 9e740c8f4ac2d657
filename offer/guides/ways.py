"""Ways to work and learn, as their file holds them: the same six questions asked of each."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import Field, model_validator

from offer.entitlements.schema import Document, Line, Slug, Source
from offer.guides.schema import STATES_A_FACT, Sentence

FILE = Path(__file__).parent / "ways.yaml"

Question = Literal["entry", "length", "pay", "cost", "care", "ask"]


class Said(Document):
    """One answer. `entry`: its own amount of the day is shown, or whom it says to ask.

    Words before an entry's amount may name an age: they rest on that entry.
    """

    says: Line | None = None
    rests_on: tuple[Slug, ...] = ()
    source: Source | None = None
    entry: Slug | None = None

    @model_validator(mode="after")
    def _stands_on_something(self) -> Self:
        if self.says is None and self.entry is None:
            raise ValueError("an answer has words, or the entry whose amount it shows")
        if self.says and STATES_A_FACT.search(self.says) and not (self.rests_on or self.source or self.entry):
            raise ValueError("it states a fact: name the entries it rests on, or its own source")
        return self

    @property
    def as_sentence(self) -> Sentence:
        """What it rests on, as any other sentence of ours."""
        rests = (*self.rests_on, *([self.entry] if self.entry else []))
        return Sentence(says=self.says or "-", rests_on=rests, source=self.source)


class Way(Document):
    """One way, with an answer or more to each question."""

    slug: Slug
    title: Line
    about: Line
    entry: tuple[Said, ...] = Field(min_length=1)
    length: tuple[Said, ...] = Field(min_length=1)
    pay: tuple[Said, ...] = Field(min_length=1)
    cost: tuple[Said, ...] = Field(min_length=1)
    care: tuple[Said, ...] = Field(min_length=1)
    ask: tuple[Said, ...] = Field(min_length=1)

    def answers(self, question: Question) -> tuple[Said, ...]:
        """The answers to one question."""
        found: tuple[Said, ...] = getattr(self, question)
        return found

    def said(self) -> Iterator[Said]:
        """Every answer."""
        for question in ("entry", "length", "pay", "cost", "care", "ask"):
            yield from getattr(self, question)


class Ways(Document):
    """All ways, in the order of the page."""

    checked_on: date
    ways: tuple[Way, ...] = Field(min_length=2)


@lru_cache(maxsize=1)
def ways() -> Ways:
    """The file, read once a process."""
    return Ways.model_validate(yaml.safe_load(FILE.read_text("utf-8")))
