"""Reminders of liftings that were not reported in time."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import goodstanding.measures
from goodstanding.ledger.append_only import append_only

_SQL = Path(goodstanding.measures.__file__).parent / "sql"
_TOLD = ("office", "head", "above", "public")


class Migration(migrations.Migration):
    dependencies = (("measures", "0008_words"),)
    operations = (
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.SmallIntegerField()),
                ("told", models.CharField(max_length=8)),
                ("late", models.IntegerField()),
                ("on", models.DateField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="measures.order",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["order", "number"], name="measures_reminder_once"),
                    models.CheckConstraint(
                        name="measures_reminder_told",
                        condition=models.Q(told__in=_TOLD, number__gte=1, late__gte=1),
                    ),
                ]
            },
        ),
        migrations.RunSQL(
            append_only("measures_reminder")
            + "".join((_SQL / name).read_text(encoding="utf-8") for name in ("reminders.sql", "root.sql")),
            migrations.RunSQL.noop,
        ),
    )
