"""The secret of a code app can be sealed with a key outside the database: see offer/staff/sealing.py."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0008_changes")]  # noqa: RUF012 - Tortoise's own way

    operations = [  # noqa: RUF012 - Tortoise's own way
        ops.AddField("StaffAccount", "sealed", fields.CharField(max_length=200, null=True)),
    ]
