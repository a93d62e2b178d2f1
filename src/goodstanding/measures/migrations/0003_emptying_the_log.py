"""The log of the counter is emptied by the owner alone, and no event has a digest without its row."""

from pathlib import Path

from django.db import migrations

import goodstanding.measures


class Migration(migrations.Migration):
    dependencies = (("measures", "0002_guards"),)
    operations = (
        migrations.RunSQL(
            (Path(goodstanding.measures.__file__).parent / "sql" / "emptying.sql").read_text(
                encoding="utf-8"
            ),
            migrations.RunSQL.noop,
        ),
    )
