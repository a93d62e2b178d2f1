"""A ground and a reason say something, and hold nobody's number."""

from django.db import migrations

from goodstanding.ledger.sql import statements


class Migration(migrations.Migration):
    dependencies = (("ledger", "0007_demands"),)
    operations = (migrations.RunSQL(statements("words.sql"), migrations.RunSQL.noop),)
