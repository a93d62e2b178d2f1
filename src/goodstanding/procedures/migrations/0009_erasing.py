"""An entry of ours is erased only when its case has ended it."""

from pathlib import Path

from django.db import migrations

import goodstanding.procedures


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_demands"), ("procedures", "0008_own_entry")]
    operations = [
        migrations.RunSQL(
            (Path(goodstanding.procedures.__file__).parent / "sql" / "erasing.sql").read_text(
                encoding="utf-8"
            ),
            migrations.RunSQL.noop,
        ),
    ]
