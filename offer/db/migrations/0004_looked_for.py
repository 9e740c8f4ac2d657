"""What people look for: searches that found nothing and entries opened, counted by day."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_open_referral")]  # noqa: RUF012 - Tortoise's own way

    operations = [  # noqa: RUF012 - Tortoise's own way
        ops.CreateModel(
            name="LookedFor",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("day", fields.DateField()),
                ("words", fields.CharField(max_length=200)),
                ("count", fields.IntField()),
            ],
            options={
                "table": "looked_for",
                "app": "catalogue",
                "unique_together": (("day", "words"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Opened",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("day", fields.DateField()),
                ("kind", fields.CharField(max_length=20)),
                ("slug", fields.CharField(max_length=80)),
                ("count", fields.IntField()),
            ],
            options={
                "table": "opened",
                "app": "catalogue",
                "unique_together": (("day", "kind", "slug"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
