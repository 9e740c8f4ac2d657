"""The first tables of the catalogue: documents, their revisions, and what was published."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    initial = True

    operations = [  # noqa: RUF012 - Tortoise's own way
        ops.CreateModel(
            name="CatalogueVersion",
            fields=[
                ("id", fields.IntField(generated=False, primary_key=True, unique=True, db_index=True)),
                ("number", fields.IntField()),
                ("published_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "catalogue_version", "app": "catalogue", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Document",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("kind", fields.CharField(max_length=20)),
                ("slug", fields.CharField(max_length=80)),
                ("newest", fields.IntField()),
                ("newest_digest", fields.CharField(max_length=64)),
                ("loaded_digest", fields.CharField(null=True, max_length=64)),
            ],
            options={
                "table": "document",
                "app": "catalogue",
                "unique_together": (("kind", "slug"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Publication",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("version", fields.IntField(unique=True)),
                ("at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("author", fields.CharField(max_length=120)),
                ("note", fields.CharField(default="", max_length=400)),
                ("added", fields.IntField()),
                ("changed", fields.IntField()),
                ("removed", fields.IntField()),
            ],
            options={"table": "publication", "app": "catalogue", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ReviewItem",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "document",
                    fields.ForeignKeyField(
                        "catalogue.Document",
                        source_field="document_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="review_items",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("body", fields.TextField(unique=False)),
                ("digest", fields.CharField(max_length=64)),
                ("file", fields.CharField(max_length=200)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("state", fields.CharField(max_length=10)),
                ("decided_by", fields.CharField(null=True, max_length=120)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "review_item",
                "app": "catalogue",
                "unique_together": (("document_id", "digest"),),
                "indexes": [Index(fields=["state"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Revision",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "document",
                    fields.ForeignKeyField(
                        "catalogue.Document",
                        source_field="document_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="revisions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("number", fields.IntField()),
                ("body", fields.TextField(unique=False)),
                ("digest", fields.CharField(max_length=64)),
                ("author", fields.CharField(max_length=120)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("origin", fields.CharField(max_length=10)),
                ("state", fields.CharField(max_length=10)),
                ("note", fields.CharField(default="", max_length=400)),
            ],
            options={
                "table": "revision",
                "app": "catalogue",
                "unique_together": (("document_id", "number"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PublishedRevision",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "revision",
                    fields.ForeignKeyField(
                        "catalogue.Revision",
                        source_field="revision_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="spans",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("since", fields.IntField()),
                ("until", fields.IntField(null=True)),
            ],
            options={
                "table": "published_revision",
                "app": "catalogue",
                "unique_together": (("revision_id", "since"),),
                "indexes": [Index(fields=["until"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        # The one row is there from the start, so that it can always be locked.
        ops.RunSQL("INSERT INTO catalogue_version (id, number) VALUES (1, 0)"),
    ]
