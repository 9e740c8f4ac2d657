"""What people tell about entries, with a code to come back with; and how often an entry helped."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_looked_for")]  # noqa: RUF012 - Tortoise's own way

    operations = [  # noqa: RUF012 - Tortoise's own way
        ops.CreateModel(
            name="Feedback",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("code", fields.CharField(unique=True, max_length=8)),
                ("slug", fields.CharField(max_length=80)),
                ("version", fields.IntField()),
                ("day", fields.DateField(db_index=True)),
                ("kind", fields.CharField(max_length=10)),
                ("text", fields.TextField(unique=False)),
                ("state", fields.CharField(max_length=10)),
                ("answer", fields.CharField(default="", max_length=400)),
            ],
            options={"table": "feedback", "app": "catalogue", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Helped",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("day", fields.DateField()),
                ("slug", fields.CharField(max_length=80)),
                ("count", fields.IntField()),
            ],
            options={
                "table": "helped",
                "app": "catalogue",
                "unique_together": (("day", "slug"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
