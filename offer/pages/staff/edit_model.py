"""What is edited, and its form as the template sees it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from offer.catalogue.documents import KINDS
from offer.pages.listing import Link
from offer.pages.staff.entries import KIND_NAMES, PATH
from offer.pages.staff.preview import Preview
from offer.pages.staff.view import StaffPage
from offer.staff.change import Change
from offer.staff.editing.asked import CARRIED
from offer.staff.editing.drafts import in_order
from offer.staff.editing.faults import FieldFault
from offer.staff.editing.read import Read
from offer.staff.editing.shown import Form
from offer.staff.editing.spec import Spec, specs_of
from offer.staff.words.remarks import Remark

_LEFT = {  # the pages that edit what the form carries through: path after the document's own, words
    "rule": ("rule", "Who can get it: the rule", "Choose facts and values in plain words."),
    "terms": ("terms", "Terms by district and date", "Values and amounts that differ by place or by day."),
}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A part of the document that another page edits."""

    link: Link
    words: str


@dataclass(frozen=True, slots=True)
class Editing:
    """What is edited: its kind, its address ("" while it is new), and what the form leaves alone."""

    kind: str
    slug: str
    change: Change | None
    base: int
    edition: int
    was: str
    carried: Mapping[str, Any]

    @property
    def specs(self) -> Sequence[Spec]:
        """The fields of the form."""
        return specs_of(KINDS[self.kind].model)

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """What the form carries of where it began."""
        change = (("change", str(self.change.id)),) if self.change else ()
        was = (("was", self.was),) if self.was else ()
        return (*change, ("base", str(self.base)), ("edition", str(self.edition)), *was)

    @property
    def left(self) -> tuple[Elsewhere, ...]:
        """Links to the pages of what the form leaves alone; they need a document that is saved."""
        names = CARRIED.get(KINDS[self.kind].model, {}) if self.slug else {}
        return tuple(Elsewhere(Link(self.href_of(_LEFT[n][0]), _LEFT[n][1]), _LEFT[n][2]) for n in names)

    @property
    def back(self) -> Link:
        """Where somebody goes who saves nothing."""
        if self.change:
            return Link(f"/staff/changes/{self.change.id}", self.change.title)
        if self.slug:
            return Link(f"{PATH}/{self.kind}/{self.slug}", "Back without saving")
        return Link(PATH, "Entries")

    def body(self, done: Read) -> dict[str, Any]:
        """What was typed with what the form leaves alone, in the schema's order."""
        return in_order(tuple(KINDS[self.kind].model.model_fields), self.carried, done.body)

    def href_of(self, part: str) -> str:
        """The page of one part of the document, in the same change."""
        query = f"?change={self.change.id}" if self.change else ""
        return f"{PATH}/{self.kind}/{self.slug}/{part}{query}"

    def in_changes(self, changes: Sequence[Change]) -> Iterator[Link]:
        """This form in each of these changes but its own."""
        for each in changes:
            if self.change is None or each.id != self.change.id:
                yield Link(f"{PATH}/{self.kind}/{self.slug}/edit?change={each.id}", each.title)

    def outside(self, faults: Sequence[FieldFault]) -> Iterator[Link]:
        """The faults that no field of this form has, each with the page where it is finished."""
        asked = {spec.name for spec in self.specs}
        for fault in faults:
            if fault.field.partition(".")[0] not in asked:
                yield self._elsewhere(fault)

    def _elsewhere(self, fault: FieldFault) -> Link:
        """A fault of another page, with the way there once the document is saved."""
        _path, words, _hint = _LEFT.get(fault.field, ("", "", ""))
        found = next((each.link.href for each in self.left if words and each.link.text == words), "")
        missing = fault.field == "rule" and fault.words.startswith("This is still")
        said = "Choose the facts that decide it." if missing else fault.words
        return Link(found, f"{words}: {said}" if words else said)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPage(StaffPage):
    """The form. `unfinished`: how much keeps it from being published; `open_changes`: where it is too.

    `unsaved`: what stands in it was typed, and is nowhere else.
    """

    editing: Editing
    action: str
    name: str
    place: str
    scope: str
    form: Form
    remarks: tuple[Remark, ...]
    more_faults: tuple[Link, ...]
    unfinished: int
    unsaved: bool
    open_changes: tuple[Link, ...]
    preview: Preview | None

    @property
    def kind(self) -> str:
        """What it is called: "entry", "place"."""
        return KIND_NAMES[self.editing.kind]

    @property
    def change(self) -> Link | None:
        """The change that it is a part of."""
        held = self.editing.change
        return Link(f"/staff/changes/{held.id}", held.title) if held else None

    @property
    def yaml_href(self) -> str:
        """The same as YAML; "" while it is new."""
        return self.editing.href_of("yaml") if self.editing.slug else ""
