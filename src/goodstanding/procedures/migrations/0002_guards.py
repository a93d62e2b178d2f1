"""What holds of every case in the database, whatever a program says; privileges of app and reader."""

from pathlib import Path

from django.db import migrations

import goodstanding.procedures


class Migration(migrations.Migration):
    dependencies = (("procedures", "0001_initial"), ("ledger", "0005_events_of_cases"))
    operations = (
        migrations.RunSQL(
            (Path(goodstanding.procedures.__file__).parent / "sql" / "guards.sql").read_text(
                encoding="utf-8"
            ),
            migrations.RunSQL.noop,
        ),
    )
