"""Attempts to sign in are counted in the database: several processes share the count, and a restart keeps it."""

from pathlib import Path

from django.db import migrations, models

import goodstanding.office


class Migration(migrations.Migration):
    dependencies = (("office", "0006_privileges_of_uploads"),)
    operations = (
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("value", models.JSONField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL(
            (Path(goodstanding.office.__file__).parent / "sql" / "attempts.sql").read_text(encoding="utf-8"),
            migrations.RunSQL.noop,
        ),
    )
