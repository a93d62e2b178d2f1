"""Tables of measures: orders, what became of them, the log of the counter."""

import django.db.models.deletion
from django.db import migrations, models

import goodstanding.core.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0005_events_of_cases"),
        ("procedures", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Body",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=200)),
                ("market", models.BooleanField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("path", "market"), name="measures_body_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Business",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("authority", models.CharField(max_length=200)),
                ("process", models.CharField(max_length=16)),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["authority", "process"], name="measures_business_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "process__in",
                                [
                                    "facilitation",
                                    "financing",
                                    "honour",
                                    "inspection",
                                    "land",
                                    "permit",
                                    "subsidy",
                                    "tender",
                                ],
                            )
                        ),
                        name="measures_business_process",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_on__gt", models.F("from_on"))), name="measures_business_term"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Forgetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("up_to", models.DateField()),
                ("questions", models.BigIntegerField()),
                ("uses", models.BigIntegerField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MeasureVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("title", models.JSONField()),
                ("effect", models.CharField(max_length=16)),
                ("executable", models.BooleanField()),
                ("hits", models.CharField(max_length=16)),
                ("law", models.JSONField()),
                ("processes", models.JSONField()),
                ("precedence", models.SmallIntegerField()),
                ("pauses_in_suit", models.BooleanField()),
                ("shielded_by_plan", models.BooleanField()),
                ("division", models.CharField(blank=True, max_length=6)),
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
                        condition=models.Q(("effect__in", ["restriction", "benefit"])),
                        name="measures_version_effect",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("executable", False),
                            models.Q(("hits", "listed"), models.Q(("law", []), _negated=True)),
                            _connector="OR",
                        ),
                        name="measures_version_executable",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemorandumVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("effect", models.CharField(max_length=16)),
                ("procedures", models.JSONField()),
                ("agreed", models.JSONField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Order",
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
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("law", models.JSONField()),
                ("lift_amount", models.SmallIntegerField()),
                ("lift_unit", models.CharField(max_length=16)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="measures.body",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="measures.measureversion",
                    ),
                ),
                (
                    "memorandum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="measures.memorandumversion",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="ledger.record",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="ledger.subject",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "measure", "authority"), name="measures_order_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_on__gt", models.F("from_on"))), name="measures_order_ends"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lifting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lifting",
                        to="measures.order",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Pause",
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
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("basis", models.JSONField()),
                ("reference", models.CharField(max_length=400)),
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
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="ledger.record",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["record", "-id"], name="measures_pause_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_on__gte", models.F("from_on"))), name="measures_pause_days"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("basis", []), _negated=True), models.Q(("reference", ""), _negated=True)
                        ),
                        name="measures_pause_basis",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
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
                ("process", models.CharField(max_length=16)),
                ("purpose", models.CharField(max_length=400)),
                ("on", models.DateField()),
                ("answer", models.TextField()),
                ("keep_until", models.DateField(db_index=True)),
                ("salt", models.BinaryField(max_length=16)),
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
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="ledger.subject",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose", ""), _negated=True), name="measures_question_purpose"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("keep_until__gt", models.F("on"))), name="measures_question_kept"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
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
                    "about",
                    models.CharField(
                        choices=[("carried_out", "Carried Out"), ("lifted", "Lifted")], max_length=16
                    ),
                ),
                ("done", models.BooleanField()),
                ("on", models.DateField()),
                ("what", models.CharField(blank=True, max_length=400)),
                ("why", models.CharField(blank=True, max_length=400)),
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
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="measures.order",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["order", "about", "-id"], name="measures_report_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("about__in", ["carried_out", "lifted"])),
                        name="measures_report_about",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done", True), models.Q(("what", ""), _negated=True)),
                            models.Q(("done", False), models.Q(("why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="measures_report_says",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shield",
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
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("basis", models.JSONField()),
                ("reference", models.CharField(max_length=400)),
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
                        related_name="shields",
                        to="ledger.subject",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "-id"], name="measures_shield_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_on__gte", models.F("from_on"))), name="measures_shield_days"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("basis", []), _negated=True), models.Q(("reference", ""), _negated=True)
                        ),
                        name="measures_shield_basis",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
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
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="measures.body",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="measures.measureversion",
                    ),
                ),
                (
                    "memorandum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="measures.memorandumversion",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="ledger.record",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="ledger.subject",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "measure", "authority"), name="measures_subscription_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_on__gt", models.F("from_on"))),
                        name="measures_subscription_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Use",
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
                ("applied", models.BooleanField()),
                ("why", models.CharField(blank=True, max_length=400)),
                ("on", models.DateField()),
                ("salt", models.BinaryField(max_length=16)),
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
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="measures.order",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="measures.question",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("applied", True), ("order__isnull", False)),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="measures_use_why",
                    )
                ],
            },
        ),
    ]
