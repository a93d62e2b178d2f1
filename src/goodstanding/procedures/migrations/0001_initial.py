"""Tables of cases."""

import django.db.models.deletion
from django.db import migrations, models

import goodstanding.core.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0005_events_of_cases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Appointment",
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
                ("account", models.CharField(max_length=64)),
                ("authority", models.CharField(max_length=200)),
                ("level", models.CharField(max_length=16)),
                ("division", models.CharField(blank=True, max_length=6)),
                ("head", models.BooleanField(default=False)),
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
                "indexes": [models.Index(fields=["account"], name="procedures_appointed")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_on__gt", models.F("from_on"))),
                        name="procedures_appointment_term",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("division", ""), ("level", "national")),
                            models.Q(("division__regex", "^[0-9]{2}$"), ("level", "provincial")),
                            models.Q(("division__regex", "^[0-9]{4}$"), ("level", "municipal")),
                            models.Q(("division__regex", "^[0-9]{6}$"), ("level", "county")),
                            _connector="OR",
                        ),
                        name="procedures_appointment_level",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Case",
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
                ("kind", models.CharField(max_length=16)),
                ("authority", models.CharField(max_length=200)),
                ("division", models.CharField(blank=True, max_length=12)),
                ("proposed_by", models.JSONField(null=True)),
                ("opened_on", models.DateField()),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="ledger.record",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="ledger.subject"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["authority", "division", "id"], name="procedures_case_office")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["listing", "commitment"]), ("record__isnull", True)),
                            models.Q(
                                ("kind__in", ["objection", "repair", "delisting"]), ("record__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="procedures_case_about_a_record",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=16)),
                ("starts", models.DateField()),
                ("amount", models.SmallIntegerField()),
                ("unit", models.CharField(max_length=16)),
                ("on_day", models.SmallIntegerField(null=True)),
                ("last", models.DateField()),
                ("provisional", models.BooleanField()),
                ("not_counted", models.JSONField(default=list)),
                ("calendar", models.CharField(max_length=100)),
                ("calendar_version", models.CharField(max_length=100)),
                ("because", models.CharField(blank=True, max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadlines",
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
                "indexes": [
                    models.Index(fields=["case", "act", "-id"], name="procedures_deadline_newest"),
                    models.Index(fields=["last"], name="procedures_deadline_last"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("starts"))),
                        name="procedures_deadline_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ground",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grounds",
                        to="procedures.case",
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
                        related_name="+",
                        to="ledger.record",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "record"), name="procedures_ground_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
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
                ("account", models.CharField(max_length=64)),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.subject"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["account"], name="procedures_mandated")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_on__gt", models.F("from_on"))), name="procedures_mandate_term"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("moved", "Moved"), ("near", "Near"), ("late", "Late")], max_length=8
                    ),
                ),
                (
                    "to",
                    models.CharField(choices=[("office", "Office"), ("subject", "Subject")], max_length=8),
                ),
                ("on", models.DateField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="procedures.case",
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="procedures.deadline",
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
                    models.UniqueConstraint(fields=("deadline", "kind", "to"), name="procedures_message_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProcedureVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("kind", models.CharField(max_length=16)),
                ("authority", models.CharField(max_length=200)),
                ("levels", models.JSONField()),
                ("reviewed_by", models.CharField(blank=True, max_length=16)),
                ("officials", models.SmallIntegerField()),
                ("statement_days", models.SmallIntegerField(null=True)),
                ("item", models.CharField(blank=True, max_length=200)),
                ("months", models.SmallIntegerField(null=True)),
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
                        condition=models.Q(
                            ("kind__in", ["listing", "objection", "repair", "delisting", "commitment"])
                        ),
                        name="procedures_version_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("officials__in", [1, 2])), name="procedures_version_officials"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "listing"), _negated=True),
                            models.Q(
                                ("item__regex", "/listing[.]"),
                                ("months__gte", 1),
                                ("months__isnull", False),
                                ("months__lte", 120),
                                ("statement_days__gte", 3),
                                ("statement_days__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="procedures_version_listing",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="procedure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="procedures.procedureversion",
            ),
        ),
        migrations.CreateModel(
            name="Step",
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
                ("number", models.SmallIntegerField()),
                ("act", models.CharField(max_length=16)),
                ("on", models.DateField()),
                ("party", models.CharField(max_length=16)),
                ("outcome", models.CharField(blank=True, max_length=16)),
                ("reasons", models.TextField(blank=True)),
                ("basis", models.JSONField(default=list)),
                ("text", models.TextField(blank=True)),
                ("served_on", models.DateField(null=True)),
                ("served_how", models.CharField(blank=True, max_length=100)),
                ("open_until", models.DateField(null=True)),
                ("effective_from", models.DateField(null=True)),
                ("effective_to", models.DateField(null=True)),
                ("closes", models.BooleanField(default=False)),
                (
                    "appointment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.appointment",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="procedures.case",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.event"
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.mandate",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="ledger.record",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.appointment",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["act", "on"], name="procedures_step_act"),
                    models.Index(
                        condition=models.Q(("closes", True)), fields=["case"], name="procedures_step_last"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="procedures_step_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act__in", ["decide", "confirm"]), _negated=True),
                            models.Q(
                                models.Q(("reasons", ""), _negated=True),
                                models.Q(("basis", []), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="procedures_step_decision_has_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__in", ["dismissed", "rejected", "returned"]), _negated=True),
                            models.Q(("reasons", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="procedures_step_end_has_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act__in", ["serve_notice", "serve_decision"]), _negated=True),
                            models.Q(
                                ("served_on__isnull", False),
                                ("served_on__lte", models.F("on")),
                                models.Q(("served_how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="procedures_step_served",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("reason", models.CharField(max_length=400)),
                (
                    "appointment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawn",
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
                    "mandate",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawn",
                        to="procedures.mandate",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("appointment__isnull", True), ("mandate__isnull", False)),
                            models.Q(("appointment__isnull", False), ("mandate__isnull", True)),
                            _connector="OR",
                        ),
                        name="procedures_withdrawal_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="procedures_withdrawal_reason"
                    ),
                ],
            },
        ),
    ]
