"""The texts of a case go with the record that it is about, and when they have been kept long enough.

An entry of ours goes after its case has ended it, and not before: an erasure takes nobody off a list.

What a step says in words lies beside what the chain of positions covers (`sql/texts.sql`): without it the ledger still
verifies. That it went, when and by what law is kept, and shown on the case's page.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, connections
from django.db.models import Exists, OuterRef, Q
from django.dispatch import receiver

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.model import Pack, Retention
from goodstanding.catalogue.procedure import Act
from goodstanding.core.clock import Clock
from goodstanding.core.dates import add_months
from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home
from goodstanding.ledger.finding import SHOWN, Finding, findings_of, rows_of
from goodstanding.ledger.models import Content, Ending, Event
from goodstanding.ledger.signals import erased, erasing
from goodstanding.ledger.writing import OPERATOR, operating
from goodstanding.procedures.models import Step
from goodstanding.procedures.signals import forgotten

_AT_ONCE = 5000
"""Cases of one event: an event is one transaction."""


@receiver(erasing)
def ended_before(*, records: list[int], **_: Any) -> None:
    """Let no entry go that is in force.

    Raises:
        Refusal: GS-CASE-107 with the case that made it.
    """
    made = Step.objects.filter(record__in=records, act=Act.SERVE_DECISION, effective_to__isnull=False)
    held = made.exclude(Exists(Ending.objects.filter(record=OuterRef("record")))).select_related("case")
    for step in held:
        raise Refusal(
            "GS-CASE-107",
            "The record is an entry that is in force.",
            where=f"case {step.case.public_id}",
            why="Nothing goes off a list but by a case, and its orders are lifted with its end.",
            remedy="End it first: an objection that is granted, an early end, or the end of its term. Then erase it.",
        )


@receiver(erased)
def with_records(*, event: Event, home: Home, **_: Any) -> None:
    """The texts of the cases that the erased records reach, in the erasure's own transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT procedures_erase_texts(%s)", [event.pk])
        cases = [int(row[0]) for row in cursor.fetchall()]
    if cases:
        forgotten.send(sender=Step, cases=cases, home=home)


def forget_texts(catalogue: Catalogue, home: Home, clock: Clock) -> int:
    """Take away the texts of cases that ended longer ago than their retention; returns of how many cases.

    They are kept as long after the case's end as the catalogue keeps the entry or the record that the case is about: no
    text outlives what it argues. A case about neither (a commitment) is kept as long as its pack keeps anything.
    """
    return sum(
        _expire(law, ended_by, cases, home, clock)
        for pack in catalogue.packs
        for (law, ended_by), cases in _due(pack, clock.today(pack.zone)).items()
    )


def _due(pack: Pack, today: date) -> dict[tuple[str, date], list[int]]:
    """The cases of a pack whose texts were kept long enough, by the law and the last day of an end that it reaches."""
    kept = {one.path: one.retention for one in pack.items}
    if not kept:
        return {}
    longest = max(kept.values(), key=lambda one: one.months)
    over = list(_over(pack.name, add_months(today, -min(one.months for one in kept.values()))))
    items = dict(
        Content.objects.filter(record__in={one.record for one in over if one.record}).values_list(
            "record_id", "item__path"
        )
    )
    due: dict[tuple[str, date], list[int]] = {}
    for one in over:
        retention = kept.get(one.item or items.get(one.record or 0, ""), longest)
        ended_by = add_months(today, -retention.months)
        if one.ended <= ended_by:
            due.setdefault((_law(retention), ended_by), []).append(one.case)
    return due


def _law(kept: Retention) -> str:
    """As a case's page says it."""
    named = f"{kept.basis.instrument} {kept.basis.article}".strip()
    return f"{named}: {kept.months} months after the end of the case"


class _Over(NamedTuple):
    """A case that ended and still has texts: the item of the entry that its procedure makes, the record it is about."""

    case: int
    item: str
    record: int | None
    ended: date


def _over(pack: str, ended_by: date) -> Iterator[_Over]:
    kept = Q(salt__isnull=False) | Q(leaf__isnull=True)
    rows = Step.objects.filter(
        kept, closes=True, on__lte=ended_by, case__procedure__path__startswith=f"{pack}/"
    ).order_by("case_id")
    yield from map(_Over._make, rows.values_list("case_id", "case__procedure__item", "case__record_id", "on"))


def _expire(law: str, ended_by: date, cases: list[int], home: Home, clock: Clock) -> int:
    """As the owner of the tables: the role that serves pages may not end what is kept, whatever day it names."""
    for start in range(0, len(cases), _AT_ONCE):
        some = cases[start : start + _AT_ONCE]
        with (
            operating(Event.Kind.CASE, actor="clock", clock=clock) as event,
            connections[OPERATOR].cursor() as cursor,
        ):
            cursor.execute("SELECT procedures_expire_texts(%s, %s, %s, %s)", [event.pk, some, ended_by, law])
        forgotten.send(sender=Step, cases=some, home=home)
    return len(cases)


def findings() -> Iterator[Finding]:
    """Texts that are not what their steps say, that went without a word why, and steps that changed after."""
    yield from findings_of(
        "GS-CASE-091",
        "step",
        "Its text is not what its digest says.",
        "SELECT s.public_id FROM procedures_step s WHERE s.salt IS NOT NULL"
        " AND s.leaf IS DISTINCT FROM procedures_step_leaf(s) ORDER BY s.id",
    )
    yield from findings_of(
        "GS-CASE-091",
        "step",
        "It says that it was another, and its text did not go.",
        "SELECT s.public_id FROM procedures_step s WHERE s.was IS NOT NULL"
        " AND (s.salt IS NOT NULL OR s.was IS DISTINCT FROM s.leaf) ORDER BY s.id",
    )
    yield from findings_of(
        "GS-CASE-092",
        "step",
        "Its text is gone and nothing says why, or is back.",
        "SELECT s.public_id FROM procedures_step s WHERE s.salt IS NULL AND s.leaf IS NOT NULL AND (s.reasons <> ''"
        " OR s.text <> '' OR NOT EXISTS (SELECT FROM procedures_forgotten f WHERE f.case_id = s.case_id"
        " AND s.number <= f.up_to)) ORDER BY s.id",
    )
    yield from findings_of(
        "GS-CASE-093",
        "case",
        "Its steps were changed after their texts went.",
        "SELECT k.public_id FROM procedures_forgotten f JOIN procedures_case k ON k.id = f.case_id"
        " WHERE f.skeleton <> procedures_case_skeleton(f.case_id, f.up_to) ORDER BY f.id",
    )
    for public_id, number in rows_of(
        "SELECT k.public_id, p.number FROM procedures_promise p JOIN procedures_case k ON k.id = p.case_id"
        " WHERE CASE WHEN p.salt IS NOT NULL THEN p.leaf IS DISTINCT FROM procedures_promise_leaf(p)"
        " ELSE p.en <> '' OR p.zh <> '' OR p.how <> '' OR NOT EXISTS (SELECT FROM procedures_forgotten f"
        f" WHERE f.case_id = p.case_id) END ORDER BY p.id LIMIT {SHOWN}"
    ):
        yield Finding(
            "GS-CASE-091",
            f"case {public_id}, promise {number}",
            "Its words are not what their digest says, or went without a word why.",
        )
