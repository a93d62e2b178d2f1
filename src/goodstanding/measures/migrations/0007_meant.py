"""An answer at the counter names measures on the organisation that was asked about."""

from pathlib import Path

from django.db import migrations

import goodstanding.measures


class Migration(migrations.Migration):
    dependencies = (("ledger", "0007_demands"), ("measures", "0006_memoranda"))
    operations = (
        migrations.RunSQL(
            (Path(goodstanding.measures.__file__).parent / "sql" / "meant.sql").read_text(encoding="utf-8"),
            migrations.RunSQL.noop,
        ),
    )
