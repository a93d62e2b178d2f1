"""What follows by law from an authority's silence, as the owner registers it, and the guards that admit just that."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import goodstanding.procedures


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0006_coverage_in_the_extract"),
        ("procedures", "0006_held_by_the_owner"),
    ]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[("moved", "Moved"), ("near", "Near"), ("late", "Late"), ("by_law", "By Law")],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="Silence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=16)),
                ("follows", models.CharField(max_length=16)),
                ("starts", models.CharField(max_length=16)),
                ("amount", models.SmallIntegerField()),
                ("unit", models.CharField(max_length=16)),
                ("law", models.JSONField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="silences",
                        to="procedures.procedureversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("procedure", "act"), name="procedures_silence_once"),
                    models.CheckConstraint(
                        name="procedures_silence_in_favour",
                        condition=models.Q(
                            models.Q(("act", "decide"), ("follows", "granted")),
                            models.Q(
                                ("act__in", ["review", "notify", "decide", "confirm"]), ("follows", "lapsed")
                            ),
                            _connector="OR",
                        ),
                    ),
                    models.CheckConstraint(
                        name="procedures_silence_has_its_law", condition=models.Q(("law", []), _negated=True)
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            (Path(goodstanding.procedures.__file__).parent / "sql" / "silence.sql").read_text(
                encoding="utf-8"
            ),
            migrations.RunSQL.noop,
        ),
    ]
