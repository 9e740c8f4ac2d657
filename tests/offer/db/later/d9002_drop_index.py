"""Drops an index of a table that the step before built anew, and so lost."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("catalogue", "d9001_widen")]  # noqa: RUF012 - Tortoise's own way

    operations = [ops.RemoveIndex("ReviewItem", fields=["state"])]  # noqa: RUF012 - Tortoise's own way
