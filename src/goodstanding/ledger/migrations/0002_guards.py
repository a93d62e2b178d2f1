"""Content, guards and privileges: what holds in the database whatever a program says."""

from django.db import migrations

from goodstanding.ledger.sql import statements


class Migration(migrations.Migration):
    dependencies = (("ledger", "0001_initial"),)
    operations = (
        migrations.RunSQL(statements("content.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(statements("guards.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(statements("privileges.sql"), migrations.RunSQL.noop),
    )
