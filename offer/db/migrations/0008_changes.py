"""Editing: changes with their items and comments, settings of a scope, reminders, links, what was done."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


def _of(model: str, column: str, related: str) -> tuple[str, Any]:
    key: Any = fields.ForeignKeyField(
        f"catalogue.{model}",
        source_field=column,
        db_constraint=True,
        to_field="id",
        related_name=related,
        on_delete=OnDelete.CASCADE,
    )
    return column.removesuffix("_id"), key


def _id() -> tuple[str, Any]:
    return "id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0007_staff")]  # noqa: RUF012 - Tortoise's own way

    operations = [  # noqa: RUF012 - Tortoise's own way
        ops.CreateModel(
            name="StaffChange",
            fields=[
                _id(),
                ("scope", fields.CharField(max_length=9)),
                ("title", fields.CharField(max_length=200)),
                ("note", fields.CharField(max_length=400, default="", db_default="")),
                ("state", fields.CharField(max_length=10)),
                ("account", fields.IntField(null=True)),
                ("team", fields.CharField(max_length=120)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("changed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("publish_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("approved_by", fields.IntField(null=True)),
                ("approved_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("version", fields.IntField(null=True)),
                ("refused", fields.CharField(max_length=400, default="", db_default="")),
            ],
            options={
                "table": "staff_change",
                "app": "catalogue",
                "pk_attr": "id",
                "indexes": [Index(fields=["state", "publish_at"])],
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StaffChangeItem",
            fields=[
                _id(),
                _of("StaffChange", "change_id", "items"),
                ("kind", fields.CharField(max_length=20)),
                ("slug", fields.CharField(max_length=80)),
                ("act", fields.CharField(max_length=10)),
                ("base", fields.IntField()),
                ("body", fields.TextField(unique=False)),
                ("edition", fields.IntField()),
                ("account", fields.IntField(null=True)),
            ],
            options={
                "table": "staff_change_item",
                "app": "catalogue",
                "pk_attr": "id",
                "unique_together": (("change_id", "kind", "slug"),),
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StaffComment",
            fields=[
                _id(),
                _of("StaffChange", "change_id", "comments"),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("account", fields.IntField(null=True)),
                ("team", fields.CharField(max_length=120)),
                ("text", fields.CharField(max_length=1000)),
            ],
            options={"table": "staff_comment", "app": "catalogue", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StaffScope",
            fields=[
                ("scope", fields.CharField(primary_key=True, max_length=9, unique=True, db_index=True)),
                ("four_eyes", fields.BooleanField(default=True, db_default=True)),
                ("team", fields.CharField(max_length=120, default="", db_default="")),
                ("mail", fields.CharField(max_length=254, null=True)),
                ("escalate_mail", fields.CharField(max_length=254, null=True)),
                ("colour", fields.CharField(max_length=7, default="", db_default="")),
                ("words", fields.TextField(unique=False)),
                ("started_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "staff_scope", "app": "catalogue", "pk_attr": "scope"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StaffReminder",
            fields=[
                _id(),
                ("kind", fields.CharField(max_length=20)),
                ("slug", fields.CharField(max_length=80)),
                ("review_by", fields.DateField()),
                ("step", fields.IntField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "staff_reminder",
                "app": "catalogue",
                "pk_attr": "id",
                "unique_together": (("kind", "slug", "review_by", "step"),),
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StaffTurn",
            fields=[
                ("name", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=40)),
                ("until", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "staff_turn", "app": "catalogue", "pk_attr": "name"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StaffTry",
            fields=[
                _id(),
                ("what", fields.CharField(db_index=True, max_length=64)),
                ("at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "staff_try", "app": "catalogue", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LinkCheck",
            fields=[
                _id(),
                ("url", fields.CharField(max_length=600, unique=True)),
                ("checked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("status", fields.IntField(null=True)),
                ("digest", fields.CharField(max_length=64, default="", db_default="")),
                ("problem", fields.CharField(max_length=200, default="", db_default="")),
                ("changed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("seen_by", fields.IntField(null=True)),
                ("failures", fields.IntField(default=0, db_default=0)),
            ],
            options={"table": "link_check", "app": "catalogue", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="YouSaid",
            fields=[
                _id(),
                ("scope", fields.CharField(max_length=9)),
                ("slug", fields.CharField(max_length=80)),
                ("you_said", fields.CharField(max_length=400)),
                ("we_did", fields.CharField(max_length=400)),
                ("on", fields.DateField()),
                ("report", fields.IntField(null=True)),
            ],
            options={"table": "you_said", "app": "catalogue", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StaffIdentity",
            fields=[
                _id(),
                _of("StaffAccount", "account_id", "identities"),
                ("issuer", fields.CharField(max_length=255)),
                ("subject", fields.CharField(max_length=255)),
            ],
            options={
                "table": "staff_identity",
                "app": "catalogue",
                "pk_attr": "id",
                "unique_together": (("issuer", "subject"),),
            },
            bases=["Model"],
        ),
    ]
