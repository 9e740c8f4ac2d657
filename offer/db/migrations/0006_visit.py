"""The shared visit: sealed rows of two hours at most, and those who knock."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0005_feedback")]  # noqa: RUF012 - Tortoise's own way

    operations = [  # noqa: RUF012 - Tortoise's own way
        ops.CreateModel(
            name="VisitRow",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("code", fields.CharField(null=True, unique=True, max_length=64)),
                ("signing", fields.CharField(max_length=64)),
                ("version", fields.IntField()),
                ("members", fields.TextField(unique=False)),
                ("sealed", fields.TextField(unique=False)),
                ("knocks", fields.IntField()),
                ("started_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ends_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "visit", "app": "catalogue", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="VisitKnock",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                (
                    "visit",
                    fields.ForeignKeyField(
                        "catalogue.VisitRow",
                        source_field="visit_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="waiting",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("public", fields.CharField(max_length=64)),
                ("handed", fields.TextField(null=True, unique=False)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "visit_knock", "app": "catalogue", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
