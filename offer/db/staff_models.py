"""The tables of staff: accounts, their roles and sessions, and what was done. See offer/staff."""

from tortoise import fields
from tortoise.models import Model


class StaffAccount(Model):
    """Somebody who looks after the pages. Closing an account empties all that says who it was."""

    id = fields.IntField(primary_key=True)
    email = fields.CharField(max_length=254, null=True, unique=True)  # small letters; null once closed
    name = fields.CharField(max_length=120)  # shown to other staff only; "" once closed
    team = fields.CharField(max_length=120)  # which the audit log names in the place of a person
    password = fields.CharField(max_length=200, null=True)  # argon2id; null until one is chosen
    totp = fields.CharField(max_length=64, null=True)  # the shared secret of the code app, base 32; or
    sealed = fields.CharField(max_length=200, null=True)  # the same, sealed: offer/staff/sealing.py
    totp_step = fields.BigIntField(default=0, db_default=0)  # of the last code taken: no code works twice
    invitation = fields.CharField(max_length=64, null=True, unique=True)  # SHA-256; null once it is used
    invited_until = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "staff_account"


class StaffRole(Model):
    """What an account may do in one place: a council's GSS code, or "england" for national content."""

    id = fields.IntField(primary_key=True)
    account: fields.ForeignKeyRelation[StaffAccount] = fields.ForeignKeyField(
        "catalogue.StaffAccount", related_name="roles", on_delete=fields.CASCADE
    )
    account_id: int
    role = fields.CharField(max_length=10)  # viewer, editor, approver or admin
    scope = fields.CharField(max_length=9)

    class Meta(Model.Meta):
        table = "staff_role"
        unique_together = (("account_id", "scope"),)


class StaffSession(Model):
    """One browser in which somebody is, or was, signed in."""

    id = fields.IntField(primary_key=True)
    account: fields.ForeignKeyRelation[StaffAccount] = fields.ForeignKeyField(
        "catalogue.StaffAccount", related_name="sessions", on_delete=fields.CASCADE
    )
    account_id: int
    key = fields.CharField(max_length=64, unique=True)  # SHA-256 of what the cookie holds
    browser = fields.CharField(max_length=40)  # "Firefox on Windows", so that its owner knows it again
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "staff_session"
        indexes = (("account_id", "ended_at"),)


class StaffRecoveryCode(Model):
    """A code that stands in once for the app. The row goes when it is used."""

    id = fields.IntField(primary_key=True)
    account: fields.ForeignKeyRelation[StaffAccount] = fields.ForeignKeyField(
        "catalogue.StaffAccount", related_name="recovery_codes", on_delete=fields.CASCADE
    )
    account_id: int
    code = fields.CharField(max_length=64)  # stretched: offer/staff/recovery.py

    class Meta(Model.Meta):
        table = "staff_recovery_code"
        unique_together = (("account_id", "code"),)


class AuditRow(Model):
    """One thing that was done. Triggers refuse to change or delete a row: offer/db/audit_guard.py."""

    id = fields.IntField(primary_key=True, generated=False)  # 1, 2, 3 … without a gap
    at = fields.DatetimeField()
    account = fields.IntField(null=True)  # null: the command line, or nobody signed in; never a foreign key
    team = fields.CharField(max_length=120)
    act = fields.CharField(max_length=40)
    about = fields.CharField(max_length=120)
    detail = fields.TextField()  # JSON; no name, no email address, nothing somebody wrote
    previous = fields.CharField(max_length=64)  # the hash of the row before
    hash = fields.CharField(max_length=64, unique=True)

    class Meta(Model.Meta):
        table = "audit_log"
