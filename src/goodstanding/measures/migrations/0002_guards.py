"""What holds of every order and of the log in the database; privileges of app and reader."""

from pathlib import Path

from django.db import migrations

import goodstanding.measures

_SQL = Path(goodstanding.measures.__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = (("measures", "0001_initial"), ("procedures", "0002_guards"))
    operations = tuple(
        migrations.RunSQL((_SQL / name).read_text(encoding="utf-8"), migrations.RunSQL.noop)
        for name in ("guards.sql", "root.sql", "log.sql")
    )
