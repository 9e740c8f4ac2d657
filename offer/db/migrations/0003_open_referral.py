"""What we import from other directories' Open Referral feeds, beside what we made of it."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_geocoder")]  # noqa: RUF012 - Tortoise's own way

    operations = [  # noqa: RUF012 - Tortoise's own way
        ops.CreateModel(
            name="Feed",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("url", fields.CharField(unique=True, max_length=600)),
                ("read_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "feed", "app": "catalogue", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ImportedRecord",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "feed",
                    fields.ForeignKeyField(
                        "catalogue.Feed",
                        source_field="feed_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="records",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("kind", fields.CharField(max_length=20)),
                ("remote_id", fields.CharField(max_length=80)),
                (
                    "document",
                    fields.ForeignKeyField(
                        "catalogue.Document",
                        source_field="document_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="imported_from",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("given", fields.TextField(unique=False)),
                ("staged", fields.TextField(unique=False)),
                ("first_seen", fields.DateField()),
                ("missed", fields.IntField()),
            ],
            options={
                "table": "imported_record",
                "app": "catalogue",
                "unique_together": (("feed_id", "kind", "remote_id"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
