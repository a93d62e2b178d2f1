"""Laws and reasons say something, and hold nobody's number."""

from pathlib import Path

from django.db import migrations

import goodstanding.procedures


class Migration(migrations.Migration):
    dependencies = (("ledger", "0008_words"), ("procedures", "0009_erasing"))
    operations = (
        migrations.RunSQL(
            (Path(goodstanding.procedures.__file__).parent / "sql" / "words.sql").read_text(encoding="utf-8"),
            migrations.RunSQL.noop,
        ),
    )
