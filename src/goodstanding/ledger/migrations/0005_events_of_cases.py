"""Events of cases, and roots that cover what rooms above the ledger wrote."""

from django.db import migrations, models

from goodstanding.ledger.sql import statements


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0004_ties_in_the_extract"),
    ]

    operations = [
        migrations.RunSQL(statements("beyond.sql"), migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name="event",
            name="ledger_event_kind",
        ),
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("node", "Node"),
                    ("pack", "Pack"),
                    ("intake", "Intake"),
                    ("ending", "Ending"),
                    ("merge", "Merge"),
                    ("erasure", "Erasure"),
                    ("purge", "Purge"),
                    ("run", "Run"),
                    ("case", "Case"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["node", "pack", "intake", "ending", "merge", "erasure", "purge", "run", "case"],
                    )
                ),
                name="ledger_event_kind",
            ),
        ),
    ]
