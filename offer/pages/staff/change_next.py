"""What may be done with a change next, and by whom: in words where the button is not there. Pure."""

from dataclasses import dataclass

from offer.staff.change import OPEN, Change
from offer.staff.roles import may
from offer.staff.sessions import Person


@dataclass(frozen=True, slots=True)
class Next:
    """The buttons that are there, and why the one that comes next is not; "" where it is."""

    can_name: bool = False
    can_submit: bool = False
    can_send_back: bool = False
    can_approve: bool = False
    can_publish: bool = False
    is_scheduled: bool = False
    can_drop: bool = False
    can_take_out: bool = False
    can_comment: bool = False
    why_not: str = ""


def next_of(change: Change, me: Person, *, four_eyes: bool, ready: bool) -> Next:
    """What this person may do with a change as it stands. `ready`: nothing is to be mended first."""
    editor, approver = (may(me.grants, role, change.scope) for role in ("editor", "approver"))
    state = change.state
    own = four_eyes and me.account in change.editors
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
        why_not=_why_not(change, editor=editor, approver=approver, own=own, ready=ready),
    )


def _why_not(change: Change, *, editor: bool, approver: bool, own: bool, ready: bool) -> str:
    if change.state not in OPEN:
        return ""
    if not change.items:
        return "There is nothing in it yet. Open an entry and edit it."
    if not ready:
        return "Something has to be mended first: it stands below, in red."
    if change.state == "draft":
        return "" if editor else "An editor of this place can ask for its review."
    if not approver:
        return "An approver of this place can approve and publish it."
    if change.state == "review" and own:
        return "You wrote a part of this, so somebody else has to approve it."
    return ""
