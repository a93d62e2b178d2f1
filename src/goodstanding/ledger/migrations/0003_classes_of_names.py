"""The access class of what names a subject, and who it was first open to where the ledger holds subjects already."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from goodstanding.ledger.sql import statements


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="SubjectOpening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("access", models.SmallIntegerField()),
                ("kind", models.CharField(max_length=40)),
                ("division", models.CharField(blank=True, max_length=12)),
                ("registered_on", models.DateField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="subjectidentifier",
            name="ledger_subjectidentifier_once",
        ),
        migrations.AddField(
            model_name="subject",
            name="access",
            field=models.SmallIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="subject",
            name="item",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.item",
            ),
        ),
        migrations.AddField(
            model_name="subjectidentifier",
            name="access",
            field=models.SmallIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="subjectidentifier",
            name="item",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.item",
            ),
        ),
        migrations.AddField(
            model_name="subjectname",
            name="access",
            field=models.SmallIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="subjectname",
            name="item",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.item",
            ),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("access__in", [0, 1]), ("item__isnull", True)), ("access", 2), _connector="OR"
                ),
                name="ledger_subject_class",
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectidentifier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("access__in", [0, 1]), ("item__isnull", True)), ("access", 2), _connector="OR"
                ),
                name="ledger_subjectidentifier_class",
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectidentifier",
            constraint=models.UniqueConstraint(
                fields=("subject", "scheme", "identifier", "access", "item"),
                name="ledger_subjectidentifier_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectname",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("access__in", [0, 1]), ("item__isnull", True)), ("access", 2), _connector="OR"
                ),
                name="ledger_subjectname_class",
            ),
        ),
        migrations.AddField(
            model_name="subjectopening",
            name="event",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.event",
            ),
        ),
        migrations.AddField(
            model_name="subjectopening",
            name="item",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.item",
            ),
        ),
        migrations.AddField(
            model_name="subjectopening",
            name="subject",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="openings",
                to="ledger.subject",
            ),
        ),
        migrations.AddIndex(
            model_name="subjectopening",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["event"], name="ledger_opening_event"
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectopening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("access__in", [0, 1]), ("item__isnull", True)), ("access", 2), _connector="OR"
                ),
                name="ledger_subjectopening_class",
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectopening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "enterprise",
                            "establishment",
                            "branch",
                            "cooperative",
                            "collective",
                            "social_organisation",
                            "public_institution",
                            "government_body",
                            "mass_organisation",
                            "professional_body",
                            "city",
                            "other",
                        ],
                    )
                ),
                name="ledger_subjectopening_is_an_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectopening",
            constraint=models.UniqueConstraint(
                fields=("subject", "access", "item"), name="ledger_subjectopening_once", nulls_distinct=False
            ),
        ),
        migrations.RunSQL(statements("classes_before.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(statements("classes.sql"), migrations.RunSQL.noop),
    ]
