"""The guide to one topic as its file holds it. Each fact stands on an entry, or names where it was read."""

import re
from datetime import date
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from offer.entitlements.schema import Document, Line, Slug, Source, Text, Topic

Path = Annotated[str, StringConstraints(pattern=r"^/[a-z0-9/?=&#-]*$", max_length=200)]
STATES_A_FACT = re.compile(r"\d|£|%|\bmust\b|\bby law\b|\bthe law\b|\bfree\b|\bhas to\b", re.IGNORECASE)


class Sentence(Document):
    """A sentence or two. `rests_on`: the entries that say so; `source` where no entry does.

    `while_coming`: an entry that is not law yet; once it is in force the sentence is no longer true.
    """

    says: Text
    rests_on: tuple[Slug, ...] = ()
    source: Source | None = None
    while_coming: Slug | None = None

    @model_validator(mode="after")
    def _stands_on_something(self) -> Self:
        if STATES_A_FACT.search(self.says) and not self.rests_on and self.source is None:
            raise ValueError("it states a fact: name the entries it rests on, or its own source")
        return self


class PageLink(Document):
    """A page of ours that goes with a topic."""

    href: Path
    text: Line


class Step(Sentence):
    """One thing to do first. `page`: where on our site to do it."""

    page: PageLink | None = None


class Guide(Document):
    """One topic for one worried young person. The entries themselves come from the catalogue.

    `title` and `about` null: those of the topic. `picks`: entries of other topics that belong here;
    `names`: other addresses that lead here; `needs`: of `help_now.yaml`, shown first;
    `ask`: free national services to ring; `related`: other guides.
    """

    slug: Slug
    title: Line | None = None
    about: Line | None = None
    topics: tuple[Topic, ...] = ()
    picks: tuple[Slug, ...] = ()
    names: tuple[Slug, ...] = ()
    start: tuple[Sentence, ...] = Field(min_length=2, max_length=3)
    first: tuple[Step, ...] = Field(min_length=2, max_length=5)
    pages: tuple[PageLink, ...] = ()
    needs: tuple[Slug, ...] = ()
    ask: tuple[Slug, ...] = ()
    related: tuple[Slug, ...] = ()
    checked_on: date

    @model_validator(mode="after")
    def _is_about_something(self) -> Self:
        if not self.topics and not self.picks:
            raise ValueError("a guide holds the entries of its topics, or those it picks")
        if not self.topics and (self.title is None or self.about is None):
            raise ValueError("a guide without a topic needs a title and a line on what it is about")
        return self
