"""What may be done with a change next, and by whom: in words where the button is not there. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from offer.staff.change import OPEN, Change
from offer.staff.roles import may
from offer.staff.sessions import Person

DRAFT = "Nobody outside sees this. When it is ready, ask for review: an approver then looks at it."
REVIEW = "Read what it changes and whom it touches. Then approve it, or say what to change and send it back."
OWN = "You wrote a part of this, so somebody else has to approve it."


@dataclass(frozen=True, slots=True)
class Next:
    """The buttons that are there, and what comes next, or why it cannot; "" where it is over."""

    can_name: bool = False
    can_submit: bool = False
    can_send_back: bool = False
    can_approve: bool = False
    can_publish: bool = False
    is_scheduled: bool = False
    can_drop: bool = False
    can_take_out: bool = False
    can_comment: bool = False
    what_next: str = ""
    lonely: bool = False


def next_of(
    change: Change, me: Person, *, barred: Collection[int], ready: bool, lonely: bool = False
) -> Next:
    """What this person may do with a change as it stands. `ready`: nothing is to be mended first.

    `barred`: the accounts that may not approve it, since they wrote a part. `lonely`: nobody else may.
    """
    editor, approver = (may(me.grants, role, change.scope) for role in ("editor", "approver"))
    state = change.state
    own = me.account in barred
    return Next(
        can_name=editor and state in ("draft", "review"),
        can_submit=editor and state == "draft" and ready,
        can_send_back=editor and state in ("review", "approved"),
        can_approve=approver and state == "review" and ready and not own,
        can_publish=approver and state == "approved" and ready,
        is_scheduled=state == "approved" and change.publish_at is not None,
        can_drop=editor and state in OPEN,
        can_take_out=editor and state in OPEN and len(change.items) > 1,
        can_comment=editor and state in OPEN,
        what_next=_what_next(change, editor=editor, approver=approver, own=own, ready=ready),
        lonely=lonely and ready and state in ("draft", "review"),
    )


def _what_next(change: Change, *, editor: bool, approver: bool, own: bool, ready: bool) -> str:
    if change.state not in OPEN:
        return ""
    if not change.items:
        return "There is nothing in it yet. Open an entry and edit it."
    if not ready:
        return "Something has to be mended first: it stands below, in red."
    if change.state == "draft":
        return DRAFT if editor else "An editor of this place can ask for its review."
    if not approver:
        return "An approver of this place can approve and publish it."
    if change.state == "review":
        return OWN if own else REVIEW
    return ""
