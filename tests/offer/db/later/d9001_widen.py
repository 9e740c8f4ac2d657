"""Widens a column that other tables point past: on SQLite both tables are built anew."""

from pkgutil import iter_modules

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

from offer.db import migrations as real

NEWEST = max(module.name for module in iter_modules(real.__path__))


class Migration(migrations.Migration):
    dependencies = [("catalogue", NEWEST)]  # noqa: RUF012 - Tortoise's own way

    operations = [  # noqa: RUF012 - Tortoise's own way
        ops.AlterField("Document", "slug", fields.CharField(max_length=120)),
        ops.AlterField("ReviewItem", "file", fields.CharField(max_length=300)),
    ]
