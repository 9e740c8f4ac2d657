"""The tables of editing: changes on their way to the public, and what a scope has set. See offer/staff."""

from tortoise import fields
from tortoise.models import Model

from offer.db.staff_models import StaffAccount


class StaffChange(Model):
    """Documents that are changed, reviewed and published together, all of one scope."""

    id = fields.IntField(primary_key=True)
    scope = fields.CharField(max_length=9)
    title = fields.CharField(max_length=200)
    note = fields.CharField(max_length=400, default="", db_default="")  # why; the publication carries it
    state = fields.CharField(max_length=10)  # draft, review, approved, published or dropped
    account = fields.IntField(null=True)  # who began it; never a foreign key
    team = fields.CharField(max_length=120)
    created_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()
    publish_at = fields.DatetimeField(null=True)  # once approved it is published on that hour
    approved_by = fields.IntField(null=True)
    approved_at = fields.DatetimeField(null=True)
    version = fields.IntField(null=True)  # of the catalogue, once it is published
    refused = fields.CharField(max_length=400, default="", db_default="")  # why its hour passed in vain

    class Meta(Model.Meta):
        table = "staff_change"
        indexes = (("state", "publish_at"),)


class StaffChangeItem(Model):
    """One document of a change, as it is to be."""

    id = fields.IntField(primary_key=True)
    change: fields.ForeignKeyRelation[StaffChange] = fields.ForeignKeyField(
        "catalogue.StaffChange", related_name="items", on_delete=fields.CASCADE
    )
    change_id: int
    kind = fields.CharField(max_length=20)
    slug = fields.CharField(max_length=80)
    act = fields.CharField(max_length=10)  # "save" or "withdraw"
    base = fields.IntField()  # the revision it began from; 0: the document is new
    body = fields.TextField()  # JSON; as a draft it may have faults
    edition = fields.IntField()  # counts every save of the draft
    account = fields.IntField(null=True)  # who saved it last

    class Meta(Model.Meta):
        table = "staff_change_item"
        unique_together = (("change_id", "kind", "slug"),)


class StaffComment(Model):
    """What was said about a change while it was looked at."""

    id = fields.IntField(primary_key=True)
    change: fields.ForeignKeyRelation[StaffChange] = fields.ForeignKeyField(
        "catalogue.StaffChange", related_name="comments", on_delete=fields.CASCADE
    )
    change_id: int
    at = fields.DatetimeField()
    account = fields.IntField(null=True)
    team = fields.CharField(max_length=120)
    text = fields.CharField(max_length=1000)

    class Meta(Model.Meta):
        table = "staff_comment"


class StaffScope(Model):
    """What a council, or England, has set for its own pages and people."""

    scope = fields.CharField(primary_key=True, max_length=9)
    four_eyes = fields.BooleanField(default=True, db_default=True)  # nobody approves their own edit
    team = fields.CharField(max_length=120, default="", db_default="")  # who owns the entries
    mail = fields.CharField(max_length=254, null=True)  # where reminders go: a team's, not a person's
    escalate_mail = fields.CharField(max_length=254, null=True)
    colour = fields.CharField(max_length=7, default="", db_default="")
    words = fields.TextField()  # JSON: the council's own kinder words
    started_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "staff_scope"


class StaffReminder(Model):
    """A reminder that was sent, so that it is sent once."""

    id = fields.IntField(primary_key=True)
    kind = fields.CharField(max_length=20)
    slug = fields.CharField(max_length=80)
    review_by = fields.DateField()
    step = fields.IntField()  # days before the day: 30, 7, 0; below 0: days after it
    at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "staff_reminder"
        unique_together = (("kind", "slug", "review_by", "step"),)


class StaffTurn(Model):
    """Work that one process at a time does: see offer/staff/turn.py."""

    name = fields.CharField(primary_key=True, max_length=40)
    until = fields.DatetimeField()  # a turn nobody gave back runs out then

    class Meta(Model.Meta):
        table = "staff_turn"


class StaffTry(Model):
    """A try to sign in, for a quarter of an hour: see offer/staff/tries.py."""

    id = fields.IntField(primary_key=True)
    what = fields.CharField(max_length=64, db_index=True)  # SHA-256 of who and where
    at = fields.DatetimeField(db_index=True)

    class Meta(Model.Meta):
        table = "staff_try"


class LinkCheck(Model):
    """How the address of a source answered last."""

    id = fields.IntField(primary_key=True)
    url = fields.CharField(max_length=600, unique=True)
    checked_at = fields.DatetimeField(null=True)
    status = fields.IntField(null=True)  # of HTTP; null: no answer
    digest = fields.CharField(max_length=64, default="", db_default="")  # of what it said
    problem = fields.CharField(max_length=200, default="", db_default="")
    changed_at = fields.DatetimeField(null=True)  # when it was first seen to say something else
    seen_by = fields.IntField(null=True)  # the account that looked at that
    failures = fields.IntField(default=0, db_default=0)  # in a row

    class Meta(Model.Meta):
        table = "link_check"


class YouSaid(Model):
    """What people told and what was done about it, in our words, for everybody."""

    id = fields.IntField(primary_key=True)
    scope = fields.CharField(max_length=9)
    slug = fields.CharField(max_length=80)  # of the entry; "": of none
    you_said = fields.CharField(max_length=400)
    we_did = fields.CharField(max_length=400)
    on = fields.DateField()
    report = fields.IntField(null=True)  # the report it answers; never a foreign key

    class Meta(Model.Meta):
        table = "you_said"


class StaffIdentity(Model):
    """An account at a council's own sign-in that belongs to an account here."""

    id = fields.IntField(primary_key=True)
    account: fields.ForeignKeyRelation[StaffAccount] = fields.ForeignKeyField(
        "catalogue.StaffAccount", related_name="identities", on_delete=fields.CASCADE
    )
    account_id: int
    issuer = fields.CharField(max_length=255)
    subject = fields.CharField(max_length=255)

    class Meta(Model.Meta):
        table = "staff_identity"
        unique_together = (("issuer", "subject"),)
