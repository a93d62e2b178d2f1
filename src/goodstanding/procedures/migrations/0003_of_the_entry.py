"""A way off that all lists share is before the authority that made the entry."""

from pathlib import Path

from django.db import migrations

import goodstanding.procedures


class Migration(migrations.Migration):
    dependencies = (("procedures", "0002_guards"),)
    operations = (
        migrations.RunSQL(
            (Path(goodstanding.procedures.__file__).parent / "sql" / "of_the_entry.sql").read_text(
                encoding="utf-8"
            ),
            migrations.RunSQL.noop,
        ),
    )
