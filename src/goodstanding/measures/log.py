"""The log of the counter: written with the digest of its event, read by both sides, gone when its time is over."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connections
from django.db.models import Q, QuerySet

from goodstanding.catalogue.measure import Process
from goodstanding.core.clock import Clock
from goodstanding.core.dates import add_months
from goodstanding.core.uuid7 import uuid7
from goodstanding.ledger.finding import Finding, rows_of
from goodstanding.ledger.models import Event, Subject
from goodstanding.ledger.writing import OPERATOR, operating, writing
from goodstanding.measures.models import Order, Question, Use
from goodstanding.measures.offices import office_of
from goodstanding.measures.refusing import guards_told
from goodstanding.measures.rests import members_of
from goodstanding.procedures.models import Appointment
from goodstanding.procedures.nobody import name_nobody
from goodstanding.procedures.queries import Viewer

KEPT_YEARS = {"33": 10}
"""How long questions of the offices of a place are kept: ten years in Zhejiang, five in Shenzhen and elsewhere."""
KEPT_YEARS_ELSEWHERE = 5
_SHOWN = 20


@dataclass(frozen=True)
class Followed:
    """What an office made of an answer; `measure` is empty where it is about none of its measures."""

    on: date
    measure: str
    applied: bool
    why: str


@dataclass(frozen=True)
class Asked:
    """A question as the organisation and the office that asked read it: the office, never the person."""

    office: str
    on: date
    process: str
    purpose: str
    answer: tuple[dict[str, object], ...]
    followed: tuple[Followed, ...]


def kept_until(division: str, on: date) -> date:
    """The first day on which a question of an office need not be kept."""
    years = next(
        (years for place, years in KEPT_YEARS.items() if division.startswith(place)), KEPT_YEARS_ELSEWHERE
    )
    return add_months(on, 12 * years)


def keep_question(
    by: Appointment, subject: Subject, process: Process, purpose: str, on: date, answer: str, clock: Clock
) -> Question:
    """Log a question with its answer, in an event of its own. Raises GS-CASE-012 if a person's number is in it."""
    name_nobody(purpose)
    salt = secrets.token_bytes(16)
    row = Question(
        public_id=uuid7(),
        appointment=by,
        subject=subject,
        process=process.value,
        purpose=purpose,
        on=on,
        answer=answer,
        keep_until=kept_until(by.division, on),
        salt=salt,
    )
    said = (row.public_id, by.pk, subject.pk, row.process, purpose, on, answer, row.keep_until)
    digest = _leaf(salt, *said)
    with (
        guards_told(),
        writing(Event.Kind.CASE, actor=office_of(by), clock=clock, digest=digest) as row.event,
    ):
        row.save(force_insert=True)
    return row


def keep_use(
    question: Question,
    by: Appointment,
    order: Order | None,
    applied: bool,
    why: str,
    on: date,
    clock: Clock,
) -> Use:
    """Log what followed from an answer, in an event of its own. Raises as `keep_question`."""
    name_nobody(why)
    salt = secrets.token_bytes(16)
    row = Use(
        public_id=uuid7(),
        question=question,
        order=order,
        applied=applied,
        why=why,
        on=on,
        appointment=by,
        salt=salt,
    )
    named = "" if order is None else order.pk
    said = (row.public_id, question.pk, named, "t" if applied else "f", why, on, by.pk)
    digest = _leaf(salt, *said)
    with (
        guards_told(),
        writing(Event.Kind.CASE, actor=office_of(by), clock=clock, digest=digest) as row.event,
    ):
        row.save(force_insert=True)
    return row


def _leaf(salt: bytes, *said: object) -> str:
    """SHA-256, in hexadecimal, as `measures_question_leaf` and `measures_use_leaf` have it."""
    return hashlib.sha256(salt + "\x1f".join(map(str, said)).encode()).hexdigest()


def questions_visible_to(viewer: Viewer) -> QuerySet[Question]:
    """The questions of which a viewer may know: about the own organisations, and of the own office."""
    known = Q(pk__in=())
    for one in viewer.mandates:
        known |= Q(subject__in=members_of(one.subject))
    for office in viewer.appointments:
        known |= Q(
            appointment__authority=office.authority,
            appointment__level=office.level,
            appointment__division=office.division,
        )
    return Question.objects.filter(known)


def asked_about(subject: Subject, viewer: Viewer) -> tuple[Asked, ...]:
    """Who asked about an organisation, when, for what, and what followed; the newest first."""
    questions = questions_visible_to(viewer).filter(subject__in=members_of(subject))
    return tuple(
        Asked(
            office_of(one.appointment),
            one.on,
            one.process,
            one.purpose,
            tuple(json.loads(one.answer)),
            tuple(
                Followed(each.on, each.order.measure.path if each.order else "", each.applied, each.why)
                for each in one.uses.select_related("order__measure").order_by("pk")
            ),
        )
        for one in questions.select_related("appointment").order_by("-pk")
    )


def forget(clock: Clock) -> int:
    """Remove the questions that need not be kept any more, with their uses; returns how many questions.

    As the owner of the tables: no web server can. It is the operator's nightly command.
    """
    if not Question.objects.filter(keep_until__lte=clock.today()).exists():
        return 0
    with (
        operating(Event.Kind.CASE, actor="clock", clock=clock) as event,
        connections[OPERATOR].cursor() as cursor,
    ):
        cursor.execute("SELECT measures_forget(%s)", [event.pk])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def findings() -> Iterator[Finding]:
    """What is in the log and is not what it was, and what went before its day."""
    for table in ("question", "use"):
        for (public_id,) in rows_of(
            f"SELECT l.public_id FROM measures_{table} l JOIN ledger_event e ON e.id = l.event_id"
            f" WHERE e.digest <> measures_{table}_leaf(l) ORDER BY l.id LIMIT {_SHOWN}"
        ):
            yield Finding("GS-COUNTER-060", f"{table} {public_id}", "It is not what its event says.")
    ((gone, forgotten),) = rows_of(
        "SELECT (SELECT count(*) FROM ledger_event e WHERE e.kind = 'case' AND e.digest <> ''"
        " AND NOT EXISTS (SELECT FROM measures_question q WHERE q.event_id = e.id)"
        " AND NOT EXISTS (SELECT FROM measures_use u WHERE u.event_id = e.id)),"
        " (SELECT coalesce(sum(questions + uses), 0)::bigint FROM measures_forgetting)"
    )
    if gone != forgotten:
        yield Finding(
            "GS-COUNTER-061",
            "the log of the counter",
            f"{gone} entries are gone, and {forgotten} went when their time was over.",
        )
    for (role,) in rows_of(
        "SELECT rolname FROM pg_roles WHERE rolname IN ('goodstanding_app', 'goodstanding_reader')"
        " AND has_function_privilege(oid, 'measures_forget(bigint)', 'EXECUTE') ORDER BY 1"
    ):
        yield Finding(
            "GS-COUNTER-062", f"measures_forget: {role}", "The role may empty the log and must not."
        )
