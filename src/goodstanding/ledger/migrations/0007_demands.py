"""Erasures are demanded, and subjects merged, by the owner of the database alone."""

import django.db.models.deletion
from django.db import migrations, models

from goodstanding.ledger.sql import statements


class Migration(migrations.Migration):
    dependencies = (("ledger", "0006_coverage_in_the_extract"),)
    operations = (
        migrations.CreateModel(
            name="Demand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ground", models.CharField(max_length=400)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.record",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="ledger_demand_ground", condition=models.Q(("ground", ""), _negated=True)
                    )
                ],
            },
        ),
        migrations.RunSQL(statements("demands.sql"), migrations.RunSQL.noop),
    )
