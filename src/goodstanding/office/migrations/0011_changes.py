"""The history of accounts, second factors, addresses, drafts and documents."""

from pathlib import Path

from django.db import migrations, models

import goodstanding.office

_WHAT = ("account", "factor", "draft", "document", "address", "role")
_HOW = ("made", "changed", "removed")


class Migration(migrations.Migration):
    dependencies = (("office", "0010_alerts_of_offices"), ("mfa", "0003_authenticator_type_uniq"))
    operations = (
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(choices=[(one, one.capitalize()) for one in _WHAT], max_length=16),
                ),
                ("how", models.CharField(choices=[(one, one.capitalize()) for one in _HOW], max_length=16)),
                ("key", models.CharField(max_length=64)),
                ("account", models.CharField(db_index=True, max_length=64)),
                ("case", models.BigIntegerField(db_index=True, null=True)),
                ("columns", models.JSONField(default=list)),
                ("who", models.CharField(max_length=100)),
                ("why", models.CharField(blank=True, max_length=400)),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL(
            (Path(goodstanding.office.__file__).parent / "sql" / "changes.sql").read_text(encoding="utf-8"),
            migrations.RunSQL.noop,
        ),
    )
