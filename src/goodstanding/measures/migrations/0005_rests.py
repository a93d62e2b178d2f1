"""A suit or a plan is entered with its kind and its evidence, and ended with how it ended."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import goodstanding.measures
from goodstanding.ledger.append_only import append_only

_SQL = Path(goodstanding.measures.__file__).parent / "sql"
_BEFORE = "Entered before evidence was asked for."


def _constraint(model: str, name: str, condition: models.Q) -> migrations.AddConstraint:
    return migrations.AddConstraint(
        model, models.CheckConstraint(name=f"measures_{model}_{name}", condition=condition)
    )


_DAYS = models.Q(to_on__gt=models.F("from_on"))
_BASIS = ~models.Q(basis=[]) & ~models.Q(reference="") & ~models.Q(evidence="")


class Migration(migrations.Migration):
    dependencies = (("measures", "0004_versions_by_the_owner"),)
    operations = (
        *(
            migrations.AddField(
                model, "kind", models.CharField(max_length=32, default=kind), preserve_default=False
            )
            for model, kind in (("pause", "administrative_suit"), ("shield", "reorganisation"))
        ),
        *(
            migrations.AddField(
                model, "evidence", models.CharField(max_length=400, default=_BEFORE), preserve_default=False
            )
            for model in ("pause", "shield")
        ),
        migrations.AddField("pause", "stayed", models.BooleanField(default=False), preserve_default=False),
        *(
            migrations.RemoveConstraint(model, f"measures_{model}_{name}")
            for model in ("pause", "shield")
            for name in ("days", "basis")
        ),
        *(_constraint(model, "days", _DAYS) for model in ("pause", "shield")),
        *(_constraint(model, "basis", _BASIS) for model in ("pause", "shield")),
        _constraint("pause", "kind", models.Q(kind__in=("administrative_review", "administrative_suit"))),
        _constraint("shield", "kind", models.Q(kind__in=("reorganisation", "settlement"))),
        migrations.CreateModel(
            name="Resumption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("outcome", models.CharField(max_length=16)),
                ("evidence", models.CharField(max_length=400)),
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
                *(
                    (
                        name,
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="over",
                            to=f"measures.{name}",
                        ),
                    )
                    for name in ("pause", "shield")
                ),
            ],
        ),
        migrations.AddConstraint(
            "resumption",
            models.CheckConstraint(
                name="measures_resumption_of_one",
                condition=models.Q(
                    pause__isnull=False,
                    shield__isnull=True,
                    outcome__in=("upheld", "withdrawn", "stay_ended"),
                )
                | models.Q(pause__isnull=True, shield__isnull=False, outcome__in=("completed", "failed")),
            ),
        ),
        migrations.AddConstraint(
            "resumption",
            models.CheckConstraint(name="measures_resumption_shown", condition=~models.Q(evidence="")),
        ),
        migrations.RunSQL(
            (_SQL / "rests.sql").read_text(encoding="utf-8") + append_only("measures_resumption"),
            migrations.RunSQL.noop,
        ),
    )
