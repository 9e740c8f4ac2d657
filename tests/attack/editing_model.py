"""Editing as it is promised, in plain values: what each act does, or that it is refused. No database.

The methods have the names and arguments of the real ones, so that a machine can do both and compare.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from offer.staff.audit import By
from offer.staff.change import OPEN, Item, ScopeSettings
from offer.staff.change_rows import mark_of

Version = tuple[str, str]  # words and stage
SCOPES: Mapping[str, str] = {
    "durham": "E06000047",
    "lincolnshire": "E10000019",
}  # by the first part of a slug


class No(Exception):
    """Refused: nothing is changed."""


@dataclass(slots=True)
class Draft:
    """A document in a change."""

    act: str
    base: int
    words: str
    edition: int
    account: int | None
    writers: frozenset[int | None] = frozenset()  # also whom others saved after


@dataclass(slots=True)
class Plan:
    """A change."""

    scope: str
    state: str
    changed_at: datetime
    items: dict[str, Draft] = field(default_factory=dict)
    approved_by: int | None = None
    publish_at: datetime | None = None


@dataclass(slots=True)
class Paper:
    """A document: every version there ever was, which of them the public sees, and which it ever saw."""

    versions: list[Version]
    public: int | None
    seen: set[int] = field(default_factory=set)

    def shows(self, version: Version) -> bool:
        """Whether the public reads the very same now."""
        return self.public is not None and self.versions[self.public - 1] == version


@dataclass(slots=True)
class Model:
    """What stands. `version` is the catalogue's; `acts` counts the rows of the audit log."""

    papers: dict[str, Paper] = field(default_factory=dict)
    plans: dict[int, Plan] = field(default_factory=dict)
    four_eyes: dict[str, bool] = field(default_factory=dict)
    version: int = 1
    acts: int = 0

    def snapshot(self) -> Mapping[str, Any]:
        """Everything that can be read again."""
        return {
            "public": sorted(
                (slug, paper.versions[paper.public - 1][0])
                for slug, paper in self.papers.items()
                if paper.public
            ),
            "versions": {slug: paper.versions for slug, paper in self.papers.items()},
            "changes": {
                number: (
                    plan.state, plan.approved_by, plan.publish_at,
                    {slug: (each.act, each.words, each.edition, each.account) for slug,
                    each in plan.items.items()},
                )
                for number, plan in self.plans.items()
            },
            "version": self.version,
            "acts": self.acts,
        }  # fmt: skip

    def newest(self, slug: str) -> int:
        """The number of a document's newest version; 0 for none."""
        return len(self.papers[slug].versions) if slug in self.papers else 0

    def open_change(self, scope: str, at: datetime, number: int) -> None:
        self.plans[number] = Plan(scope, "draft", at)
        self.acts += 1

    def keep_settings(self, settings: ScopeSettings, by: By, at: datetime) -> None:
        self.four_eyes[settings.scope] = settings.four_eyes
        self.acts += 1

    def put(self, change: int, item: Item, by: By, at: datetime) -> None:
        plan = self._locked(change, OPEN)
        _unless(item.body["authority"] == plan.scope)
        held = plan.items.get(item.slug)
        _unless((held.edition if held else 0) == item.edition)
        writers = (held.writers if held else frozenset()) | {by.account}
        plan.items[item.slug] = Draft(
            item.act, item.base, item.body["summary"], item.edition + 1, by.account, writers
        )
        self._stand(plan, "draft", at)

    def take_out(self, change: int, kind: str, slug: str, by: By, at: datetime, *, seen: str = "") -> None:
        plan = self._locked(change, OPEN, seen)
        if plan.items.pop(slug, None):
            self._stand(plan, "draft", at)

    def submit(self, change: int, by: By, at: datetime, *, seen: str = "") -> None:
        plan = self._locked(change, ["draft"], seen)
        _unready(plan)
        self._stand(plan, "review", at)

    def send_back(self, change: int, by: By, at: datetime, *, seen: str = "") -> None:
        self._stand(self._locked(change, ["review", "approved"], seen), "draft", at)

    def approve(self, change: int, by: By, at: datetime, *, seen: str = "") -> None:
        plan = self._locked(change, ["review"], seen)
        _unready(plan)
        editors = {account for each in plan.items.values() for account in each.writers}
        _unless(not (self.four_eyes.get(plan.scope, True) and by.account in editors))
        self._stand(plan, "approved", at, by.account)

    def drop(self, change: int, by: By, at: datetime, *, seen: str = "") -> None:
        self._stand(self._locked(change, OPEN, seen), "dropped", at)

    def schedule(
        self, change: int, publish_at: datetime | None, by: By, at: datetime, *, seen: str = ""
    ) -> None:
        _unless(publish_at is None or publish_at > at)
        plan = self._locked(change, ["approved"], seen)
        plan.publish_at, plan.changed_at = publish_at, at
        self.acts += 1

    def publish_change(self, change: int, by: By, at: datetime, *, seen: str = "") -> None:
        self._publish(self._locked(change, ["approved"], seen), at)

    def publish_due(self, at: datetime) -> list[int]:
        due = [
            (plan.publish_at, number)
            for number, plan in self.plans.items()
            if plan.state == "approved" and plan.publish_at and plan.publish_at <= at
        ]
        done = []
        for _, number in sorted(due):
            try:
                self._publish(self.plans[number], at)
                done.append(number)
            except No:
                self.plans[number].publish_at = None
                self.acts += 1  # "could not publish"
        return done

    def withdraw(
        self, kind: str, slug: str, opened: int, reason: str, by: By, at: datetime,
        publish_at: datetime | None = None, *, number: int = 0,
    ) -> None:  # fmt: skip
        paper = self.papers.get(slug)
        _unless(paper is not None and self.newest(slug) == opened and paper.public is not None)
        assert paper
        draft = Draft("withdraw", opened, paper.versions[-1][0], 1, by.account, frozenset({by.account}))
        plan = Plan(scope_of_slug(slug), "approved", at, {slug: draft}, by.account, publish_at)
        self.plans[number] = plan
        self.acts += 1
        if publish_at is None:
            self._publish(plan, at)

    def go_back(self, kind: str, slug: str, number: int, opened: int, by: By, at: datetime) -> None:
        paper = self.papers.get(slug)
        _unless(paper is not None and self.newest(slug) == opened)
        assert paper
        _unless(number in paper.seen and not paper.shows(paper.versions[number - 1]))
        waiting = (plan for plan in self.plans.values() if plan.state == "approved" and slug in plan.items)
        _unless(not any(waiting))
        self._save(slug, paper.versions[number - 1])
        self.version += 1
        self.acts += 1

    def _publish(self, plan: Plan, at: datetime) -> None:
        """All of it or nothing; the approval stays with it."""
        _unready(plan)
        _unless(all(self.newest(slug) == each.base for slug, each in plan.items.items()))
        before = {slug: paper.public for slug, paper in self.papers.items() if paper.public}
        for slug, each in plan.items.items():
            self._save(slug, (each.words, "draft" if each.act == "withdraw" else "public"))
        after = {slug: paper.public for slug, paper in self.papers.items() if paper.public}
        self.version += before != after
        plan.state, plan.changed_at = "published", at
        self.acts += 1

    def _save(self, slug: str, version: Version) -> None:
        paper = self.papers.setdefault(slug, Paper([], None))
        if not paper.versions or paper.versions[-1] != version:  # the same is not kept twice
            paper.versions.append(version)
        paper.public = len(paper.versions) if version[1] == "public" else None
        if paper.public:
            paper.seen.add(paper.public)

    def _locked(self, change: int, states: Iterable[str], seen: str = "") -> Plan:
        plan = self.plans[change]
        _unless(plan.state in states and seen in ("", mark_of(plan.changed_at)))
        return plan

    def _stand(self, plan: Plan, state: str, at: datetime, approved_by: int | None = None) -> None:
        plan.state, plan.changed_at = state, at
        plan.approved_by, plan.publish_at = approved_by, None
        self.acts += 1


def scope_of_slug(slug: str) -> str:
    """Whose document it is."""
    return SCOPES[slug.partition("-")[0]]


def _unready(plan: Plan) -> None:
    """A draft with a fault, or with nothing in it, goes nowhere."""
    _unless(bool(plan.items) and all(each.words for each in plan.items.values()))


def _unless(holds: bool) -> None:
    if not holds:
        raise No
