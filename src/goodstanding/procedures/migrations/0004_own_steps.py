"""The organisation takes its own steps and no others; an official says whether a promise was kept."""

from pathlib import Path

from django.db import migrations

import goodstanding.procedures


class Migration(migrations.Migration):
    dependencies = (("procedures", "0003_of_the_entry"),)
    operations = (
        migrations.RunSQL(
            (Path(goodstanding.procedures.__file__).parent / "sql" / "own_steps.sql").read_text(
                encoding="utf-8"
            ),
            migrations.RunSQL.noop,
        ),
    )
