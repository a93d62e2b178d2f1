"""Alerts for offices: which authority, at which place, and whom there."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("office", "0009_privileges_of_alerts"), ("ledger", "__first__"))
    operations = (
        migrations.AlterField(
            "alert",
            "subject",
            models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.subject",
            ),
        ),
        *(
            migrations.AddField("alert", name, models.CharField(blank=True, default="", max_length=length))
            for name, length in (("authority", 200), ("division", 6))
        ),
        migrations.AddField(
            "alert",
            "to",
            models.CharField(
                blank=True,
                choices=[
                    ("", "Organisation"),
                    ("office", "Office"),
                    ("head", "Head"),
                    ("above", "Above"),
                ],
                default="",
                max_length=8,
            ),
        ),
        migrations.AddIndex(
            "alert",
            models.Index(
                condition=models.Q(("authority", ""), _negated=True),
                fields=["authority", "made_at"],
                name="office_alert_of_office",
            ),
        ),
        migrations.AddConstraint(
            "alert",
            models.CheckConstraint(
                name="office_alert_is_for_one",
                condition=models.Q(authority="", to="", subject__isnull=False)
                | ~models.Q(authority="") & ~models.Q(to="") & models.Q(case__isnull=True, open=False),
            ),
        ),
    )
