"""What the application may do with drafts."""

from pathlib import Path

from django.db import migrations

import goodstanding.office


class Migration(migrations.Migration):
    dependencies = (("office", "0003_drafts"),)
    operations = (
        migrations.RunSQL(
            (Path(goodstanding.office.__file__).parent / "sql" / "drafts.sql").read_text(encoding="utf-8"),
            migrations.RunSQL.noop,
        ),
    )
