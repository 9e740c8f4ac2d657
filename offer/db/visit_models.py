"""The tables of the shared visit. Nothing in them can be read: see offer/visits."""

from tortoise import fields
from tortoise.models import Model

LONGEST_ID = 32  # characters of an id


class VisitRow(Model):
    """One visit, until it ends or its two hours are over; then the row is erased."""

    id = fields.CharField(primary_key=True, max_length=LONGEST_ID)  # random; its address
    code = fields.CharField(max_length=64, null=True, unique=True)  # of the short code; null once it is full
    signing = fields.CharField(max_length=64)  # signs the cookies of this visit
    version = fields.IntField()  # raised by each change, so that two at once are noticed
    members = fields.TextField()  # JSON: {member's id: role}
    sealed = fields.TextField()  # what is shared, under a key that no table holds
    knocks = fields.IntField()  # how often somebody asked to be let in
    started_at = fields.DatetimeField()
    ends_at = fields.DatetimeField(db_index=True)

    class Meta(Model.Meta):
        table = "visit"


class VisitKnock(Model):
    """Somebody who asks to be let into a visit."""

    id = fields.CharField(primary_key=True, max_length=LONGEST_ID)
    visit: fields.ForeignKeyRelation[VisitRow] = fields.ForeignKeyField(
        "catalogue.VisitRow", related_name="waiting", on_delete=fields.CASCADE
    )
    visit_id: str
    public = fields.CharField(max_length=64)  # a public key
    handed = fields.TextField(null=True)  # the visit's key, sealed for the private one; null = not let in yet
    at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "visit_knock"
