"""What the application may do with accounts and sessions."""

from pathlib import Path

from django.db import migrations

import goodstanding.office


class Migration(migrations.Migration):
    dependencies = (
        ("office", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
        ("ledger", "0002_guards"),
    )
    operations = (
        migrations.RunSQL(
            (Path(goodstanding.office.__file__).parent / "sql" / "privileges.sql").read_text(
                encoding="utf-8"
            ),
            migrations.RunSQL.noop,
        ),
    )
