"""Orders follow their memorandum too: which versions the packs say, and what a repeal lifted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import goodstanding.measures
from goodstanding.ledger.append_only import append_only

_SQL = Path(goodstanding.measures.__file__).parent / "sql"


def _id() -> models.BigAutoField[int, int]:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _key(to: str, related_name: str = "+") -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=to)


class Migration(migrations.Migration):
    dependencies = (("measures", "0005_rests"),)
    operations = (
        migrations.CreateModel(
            name="Adoption",
            fields=[
                ("id", _id()),
                ("said", models.BooleanField()),
                ("standing", models.JSONField()),
                ("event", _key("ledger.event")),
                ("memorandum", _key("measures.memorandumversion", "adoptions")),
            ],
            options={
                "indexes": [models.Index(fields=["memorandum", "-id"], name="measures_adoption_newest")]
            },
        ),
        migrations.CreateModel(
            name="Repeal",
            fields=[
                ("id", _id()),
                (
                    "how",
                    models.CharField(
                        choices=[("repealed", "Repealed"), ("replaced", "Replaced")], max_length=8
                    ),
                ),
                ("since", models.DateField()),
                ("event", _key("ledger.event")),
                ("memorandum", _key("measures.memorandumversion")),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeal",
                        to="measures.order",
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint("order", "measures_order_once"),
        migrations.AddConstraint(
            "order",
            models.UniqueConstraint(
                fields=["record", "measure", "authority", "event"], name="measures_order_once"
            ),
        ),
        migrations.RunSQL(
            "".join(
                [
                    append_only("measures_adoption", "measures_repeal"),
                    "REVOKE INSERT ON measures_adoption FROM goodstanding_app;\n",
                    *((_SQL / name).read_text(encoding="utf-8") for name in ("memoranda.sql", "root.sql")),
                ]
            ),
            migrations.RunSQL.noop,
        ),
    )
