"""What the application may do with alerts, their channels and what was tried."""

from pathlib import Path

from django.db import migrations

import goodstanding.office


class Migration(migrations.Migration):
    dependencies = (("office", "0008_alerts"),)
    operations = (
        migrations.RunSQL(
            (Path(goodstanding.office.__file__).parent / "sql" / "alerts.sql").read_text(encoding="utf-8"),
            migrations.RunSQL.noop,
        ),
    )
