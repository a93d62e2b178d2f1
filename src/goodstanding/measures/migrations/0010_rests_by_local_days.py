"""Guards of suits and plans take the day where an office sits: homes from before have those that took UTC's alone."""

import re
from pathlib import Path

from django.db import migrations

import goodstanding.measures

_RESTS = (Path(goodstanding.measures.__file__).parent / "sql" / "rests.sql").read_text(encoding="utf-8")
_FUNCTIONS = re.findall(r"^CREATE (?:OR REPLACE )?(FUNCTION .*?\$\$;)", _RESTS, re.DOTALL | re.MULTILINE)


class Migration(migrations.Migration):
    dependencies = (("measures", "0009_reminders"),)
    operations = (
        migrations.RunSQL(
            "\n".join(f"CREATE OR REPLACE {one}" for one in _FUNCTIONS), migrations.RunSQL.noop
        ),
    )
