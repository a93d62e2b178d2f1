"""How long each act has, and the calendars by which that is counted, as the owner registers them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import goodstanding.procedures


def _id() -> models.BigAutoField[int, int]:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _key(to: str, related_name: str = "+") -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=to)


class Migration(migrations.Migration):
    dependencies = (("ledger", "0008_words"), ("procedures", "0012_successions"))
    operations = (
        migrations.CreateModel(
            name="TermVersion",
            fields=[
                ("id", _id()),
                ("act", models.CharField(max_length=16)),
                ("starts", models.CharField(max_length=16)),
                ("amount", models.SmallIntegerField()),
                ("unit", models.CharField(max_length=16)),
                ("on_day", models.SmallIntegerField(null=True)),
                ("event", _key("ledger.event")),
                ("procedure", _key("procedures.procedureversion", "terms")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("procedure", "act"), name="procedures_term_once"),
                    models.CheckConstraint(
                        name="procedures_term_unit",
                        condition=models.Q(
                            ("amount__gte", 0), ("unit__in", ["working_days", "days", "months"])
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarVersion",
            fields=[
                ("id", _id()),
                ("pack", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=100)),
                ("version", models.CharField(max_length=100)),
                (
                    "off",
                    django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), size=None),
                ),
                (
                    "worked",
                    django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), size=None),
                ),
                ("event", _key("ledger.event")),
            ],
        ),
        migrations.RunSQL(
            (Path(goodstanding.procedures.__file__).parent / "sql" / "terms.sql").read_text(encoding="utf-8"),
            migrations.RunSQL.noop,
        ),
    )
