"""An event's root is of its rows as texts: bytes in them are written one way, whatever a session asks for."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("ledger", "0008_words"),)
    operations = (
        # Hexadecimal is what servers write by themselves: the roots of ledgers from before stay as they are.
        migrations.RunSQL(
            "ALTER FUNCTION ledger_event_root(bigint) SET bytea_output = 'hex'", migrations.RunSQL.noop
        ),
    )
