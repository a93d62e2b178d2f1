"""What the application may do with documents that were handed in."""

from pathlib import Path

from django.db import migrations

import goodstanding.office


class Migration(migrations.Migration):
    dependencies = (("office", "0005_uploads"),)
    operations = (
        migrations.RunSQL(
            (Path(goodstanding.office.__file__).parent / "sql" / "uploads.sql").read_text(encoding="utf-8"),
            migrations.RunSQL.noop,
        ),
    )
