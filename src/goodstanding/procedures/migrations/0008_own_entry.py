"""A case ends and makes no record but its own."""

from pathlib import Path

from django.db import migrations

import goodstanding.procedures


class Migration(migrations.Migration):
    dependencies = [("procedures", "0007_silence")]
    operations = [
        migrations.RunSQL(
            (Path(goodstanding.procedures.__file__).parent / "sql" / "own_entry.sql").read_text(
                encoding="utf-8"
            ),
            migrations.RunSQL.noop,
        ),
    ]
