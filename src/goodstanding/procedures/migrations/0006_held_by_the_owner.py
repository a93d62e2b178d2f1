"""What the role that acts may not say of itself: versions, appointments, what a procedure reaches, told days."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import goodstanding.procedures


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0006_coverage_in_the_extract"),
        ("procedures", "0005_texts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("items", models.JSONField(default=list)),
                ("division", models.CharField(blank=True, max_length=12)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
                (
                    "procedure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reach",
                        to="procedures.procedureversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ToldDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Keeper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=200)),
                ("authority", models.CharField(max_length=200)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("source", "authority"), name="procedures_keeper_once")
                ],
            },
        ),
        migrations.RunSQL(
            (Path(goodstanding.procedures.__file__).parent / "sql" / "held.sql").read_text(encoding="utf-8"),
            migrations.RunSQL.noop,
        ),
    ]
