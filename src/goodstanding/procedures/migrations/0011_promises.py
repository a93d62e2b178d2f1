"""What was promised in a commitment, what was found of it, and the guards of both."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import goodstanding.procedures


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0008_words"),
        ("procedures", "0010_words"),
    ]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("moved", "Moved"),
                    ("near", "Near"),
                    ("late", "Late"),
                    ("by_law", "By Law"),
                    ("check", "Check"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.SmallIntegerField()),
                ("en", models.TextField(blank=True)),
                ("zh", models.TextField(blank=True)),
                ("due_on", models.DateField()),
                ("how", models.TextField(blank=True)),
                ("law", models.JSONField(default=list)),
                ("rulebook", models.CharField(blank=True, max_length=200)),
                ("salt", models.BinaryField(max_length=16, null=True)),
                ("leaf", models.BinaryField(max_length=32, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
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
        ),
        migrations.CreateModel(
            name="PromiseFound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("kept", "Kept"), ("partly", "Partly"), ("broken", "Broken")], max_length=16
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
                (
                    "promise",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="found",
                        to="procedures.promise",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["due_on"], name="procedures_promise_due"),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="procedures_promise_once"),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("en", ""), ("zh", ""), _negated=True), models.Q(("how", ""), _negated=True)
                    ),
                    models.Q(("leaf__isnull", False), ("salt__isnull", True)),
                    _connector="OR",
                ),
                name="procedures_promise_in_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="promisefound",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["kept", "partly", "broken"])),
                name="procedures_promise_outcome",
            ),
        ),
        migrations.RunSQL(
            (Path(goodstanding.procedures.__file__).parent / "sql" / "promises.sql").read_text(
                encoding="utf-8"
            ),
            migrations.RunSQL.noop,
        ),
    ]
