"""Staff: accounts, roles, sessions and recovery codes; and the audit log, which only grows."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from offer.db.audit_guard import guard


def _of_account(related: str) -> tuple[str, Any]:
    key: Any = fields.ForeignKeyField(
        "catalogue.StaffAccount",
        source_field="account_id",
        db_constraint=True,
        to_field="id",
        related_name=related,
        on_delete=OnDelete.CASCADE,
    )
    return "account", key


def _id() -> tuple[str, Any]:
    return "id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)


async def _guard(apps: object, editor: Any) -> None:
    await guard(editor.client)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_visit")]  # noqa: RUF012 - Tortoise's own way

    operations = [  # noqa: RUF012 - Tortoise's own way
        ops.CreateModel(
            name="StaffAccount",
            fields=[
                _id(),
                ("email", fields.CharField(null=True, unique=True, max_length=254)),
                ("name", fields.CharField(max_length=120)),
                ("team", fields.CharField(max_length=120)),
                ("password", fields.CharField(null=True, max_length=200)),
                ("totp", fields.CharField(null=True, max_length=64)),
                ("totp_step", fields.BigIntField(default=0, db_default=0)),
                ("invitation", fields.CharField(null=True, unique=True, max_length=64)),
                ("invited_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "staff_account", "app": "catalogue", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StaffRole",
            fields=[
                _id(),
                _of_account("roles"),
                ("role", fields.CharField(max_length=10)),
                ("scope", fields.CharField(max_length=9)),
            ],
            options={
                "table": "staff_role",
                "app": "catalogue",
                "unique_together": (("account_id", "scope"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StaffSession",
            fields=[
                _id(),
                _of_account("sessions"),
                ("key", fields.CharField(unique=True, max_length=64)),
                ("browser", fields.CharField(max_length=40)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("seen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "staff_session",
                "app": "catalogue",
                "indexes": [Index(fields=["account_id", "ended_at"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StaffRecoveryCode",
            fields=[_id(), _of_account("recovery_codes"), ("code", fields.CharField(max_length=64))],
            options={
                "table": "staff_recovery_code",
                "app": "catalogue",
                "unique_together": (("account_id", "code"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AuditRow",
            fields=[
                ("id", fields.IntField(generated=False, primary_key=True, unique=True, db_index=True)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("account", fields.IntField(null=True)),
                ("team", fields.CharField(max_length=120)),
                ("act", fields.CharField(max_length=40)),
                ("about", fields.CharField(max_length=120)),
                ("detail", fields.TextField(unique=False)),
                ("previous", fields.CharField(max_length=64)),
                ("hash", fields.CharField(unique=True, max_length=64)),
            ],
            options={"table": "audit_log", "app": "catalogue", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.RunPython(_guard),
    ]
