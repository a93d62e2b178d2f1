"""Laws and reasons say something, and hold nobody's number."""

from pathlib import Path

from django.db import migrations

import goodstanding.measures


class Migration(migrations.Migration):
    dependencies = (("ledger", "0008_words"), ("measures", "0007_meant"))
    operations = (
        migrations.RunSQL(
            (Path(goodstanding.measures.__file__).parent / "sql" / "words.sql").read_text(encoding="utf-8"),
            migrations.RunSQL.noop,
        ),
    )
