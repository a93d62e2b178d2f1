"""What app and reader may do with runs and assessments."""

from pathlib import Path

from django.db import migrations

import goodstanding.standing


class Migration(migrations.Migration):
    dependencies = (("standing", "0001_initial"), ("ledger", "0002_guards"))
    operations = (
        migrations.RunSQL(
            (Path(goodstanding.standing.__file__).parent / "sql" / "privileges.sql").read_text(
                encoding="utf-8"
            ),
            migrations.RunSQL.noop,
        ),
    )
