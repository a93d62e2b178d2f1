"""Measures, memoranda and bodies are registered by the owner of the database."""

from pathlib import Path

from django.db import migrations

import goodstanding.measures


class Migration(migrations.Migration):
    dependencies = (("measures", "0003_emptying_the_log"),)
    operations = (
        migrations.RunSQL(
            (Path(goodstanding.measures.__file__).parent / "sql" / "held.sql").read_text(encoding="utf-8"),
            migrations.RunSQL.noop,
        ),
    )
