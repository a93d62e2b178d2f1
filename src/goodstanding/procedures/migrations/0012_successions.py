"""What became of an organisation, as two officials say, and the guards of it."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import goodstanding.core.uuid7
import goodstanding.procedures


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0008_words"),
        ("procedures", "0011_promises"),
    ]

    operations = [
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(default=goodstanding.core.uuid7.uuid7, editable=False, unique=True),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("merged", "Merged"),
                            ("succeeded", "Succeeded"),
                            ("split", "Split"),
                            ("dissolved", "Dissolved"),
                            ("restored", "Restored"),
                        ],
                        max_length=16,
                    ),
                ),
                ("on", models.DateField()),
                ("law", models.JSONField()),
                ("evidence", models.CharField(max_length=400)),
                ("reason", models.CharField(max_length=400)),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.appointment",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="ledger.subject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.appointment",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
                (
                    "succession",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmation",
                        to="procedures.succession",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Successor",
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
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.subject"
                    ),
                ),
                (
                    "succession",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="procedures.succession",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["merged", "succeeded", "split", "dissolved", "restored"])),
                name="procedures_succession_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="successor",
            constraint=models.UniqueConstraint(
                fields=("succession", "subject"), name="procedures_successor_once"
            ),
        ),
        migrations.RunSQL(
            (Path(goodstanding.procedures.__file__).parent / "sql" / "successions.sql").read_text(
                encoding="utf-8"
            ),
            migrations.RunSQL.noop,
        ),
    ]
