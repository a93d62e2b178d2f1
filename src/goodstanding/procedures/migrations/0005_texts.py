"""The texts of a case lie beside what the chain covers, so that they can go."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import goodstanding.procedures

_GONE = models.Q(leaf__isnull=False, salt__isnull=True)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0004_own_steps"), ("measures", "0002_guards")]

    operations = [
        migrations.AddField("step", "salt", models.BinaryField(max_length=16, null=True)),
        migrations.AddField("step", "leaf", models.BinaryField(max_length=32, null=True)),
        migrations.AddField("step", "was", models.BinaryField(max_length=32, null=True)),
        migrations.RemoveConstraint("step", "procedures_step_decision_has_reasons"),
        migrations.RemoveConstraint("step", "procedures_step_end_has_reasons"),
        migrations.AddConstraint(
            "step",
            models.CheckConstraint(
                name="procedures_step_decision_has_reasons",
                condition=~models.Q(act__in=["decide", "confirm"])
                | (~models.Q(reasons="") & ~models.Q(basis=[]))
                | _GONE,
            ),
        ),
        migrations.AddConstraint(
            "step",
            models.CheckConstraint(
                name="procedures_step_end_has_reasons",
                condition=~models.Q(outcome__in=["dismissed", "rejected", "returned"])
                | ~models.Q(reasons="")
                | _GONE,
            ),
        ),
        migrations.CreateModel(
            name="Forgotten",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("up_to", models.IntegerField()),
                (
                    "why",
                    models.CharField(
                        choices=[("erasure", "Erasure"), ("retention", "Retention")], max_length=16
                    ),
                ),
                ("ground", models.TextField()),
                ("skeleton", models.CharField(max_length=64)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forgotten",
                        to="procedures.case",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="procedures_forgotten_by_law", condition=~models.Q(("ground", ""))
                    )
                ],
            },
        ),
        migrations.RunSQL(
            (Path(goodstanding.procedures.__file__).parent / "sql" / "texts.sql").read_text(encoding="utf-8"),
            migrations.RunSQL.noop,
        ),
    ]
