"""What the online geocoder shares between processes: its turn and its answers."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]  # noqa: RUF012 - Tortoise's own way

    operations = [  # noqa: RUF012 - Tortoise's own way
        ops.CreateModel(
            name="GeocoderTurn",
            fields=[
                ("id", fields.IntField(generated=False, primary_key=True, unique=True, db_index=True)),
                ("free_at", fields.BigIntField()),
            ],
            options={"table": "geocoder_turn", "app": "catalogue", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="GeocoderAnswer",
            fields=[
                ("key", fields.CharField(primary_key=True, max_length=64, unique=True, db_index=True)),
                ("found", fields.TextField(unique=False)),
                ("expires_at", fields.BigIntField(db_index=True)),
            ],
            options={"table": "geocoder_answer", "app": "catalogue", "pk_attr": "key"},
            bases=["Model"],
        ),
        # The one row is there from the start, so that it can always be taken.
        ops.RunSQL("INSERT INTO geocoder_turn (id, free_at) VALUES (1, 0)"),
    ]
