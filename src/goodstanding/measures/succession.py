"""Memoranda that come into force, are replaced or are repealed while entries stand: the orders follow on that day.

In sets: one statement for all orders that end, one for all that are added. Nothing is written where nothing changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.measure import Bound, Memorandum
from goodstanding.catalogue.model import Pack
from goodstanding.catalogue.procedure import Procedure
from goodstanding.core.clock import Clock
from goodstanding.ledger.models import Event
from goodstanding.ledger.writing import one_at_a_time, writing
from goodstanding.measures.following import lifting_within
from goodstanding.measures.triggering import may_trigger
from goodstanding.measures.versions import body, measure_version, memorandum_version, register
from goodstanding.procedures.models import Step


@dataclass(frozen=True)
class Followed:
    """How many orders a day ended and added."""

    lifted: int = 0
    added: int = 0


_OVER = (
    "FROM measures_unsupported(%(day)s) u"
    " WHERE NOT EXISTS (SELECT FROM measures_lifting l WHERE l.order_id = u.order_id)"
)
_REPEAL = (
    "INSERT INTO measures_repeal (order_id, memorandum_id, how, since, event_id)"
    f" SELECT u.order_id, u.memorandum_id, u.how, u.since, %(event)s {_OVER} ORDER BY u.order_id"
)
_LIFT = (
    'INSERT INTO measures_lifting (order_id, "on", event_id)'
    " SELECT r.order_id, %(day)s, r.event_id FROM measures_repeal r WHERE r.event_id = %(event)s ORDER BY 1"
)
_WANTED = """
FROM jsonb_to_recordset(%(wanted)s::jsonb) AS w(procedure text, measure bigint, memorandum bigint, body bigint,
    until date, repeats text, lift_amount int, lift_unit text)
JOIN measures_measureversion m ON m.id = w.measure JOIN measures_body b ON b.id = w.body
JOIN procedures_procedureversion v ON v.path = w.procedure
JOIN procedures_case k ON k.procedure_id = v.id AND left(k.division, length(m.division)) = m.division
JOIN procedures_step s ON s.case_id = k.id AND s.act = 'serve_decision'
WHERE s.effective_to > greatest(s.effective_from, %(day)s)
  AND (w.until IS NULL OR w.until > greatest(s.effective_from, %(day)s))
  AND EXISTS (SELECT FROM ledger_content c WHERE c.record_id = s.record_id)
  AND NOT EXISTS (SELECT FROM ledger_ending e WHERE e.record_id = s.record_id)
  AND NOT EXISTS (SELECT FROM measures_order o JOIN measures_measureversion n ON n.id = o.measure_id
        JOIN measures_body p ON p.id = o.authority_id
        WHERE o.record_id = s.record_id AND n.path IN (m.path, w.repeats) AND p.path = b.path
          AND NOT EXISTS (SELECT FROM measures_lifting l WHERE l.order_id = o.id))
"""
_ADD = f"""
INSERT INTO measures_order (public_id, measure_id, memorandum_id, authority_id, subject_id, record_id, from_on, to_on,
    law, lift_amount, lift_unit, event_id)
SELECT gen_random_uuid(), m.id, w.memorandum, b.id, k.subject_id, s.record_id, greatest(s.effective_from, %(day)s),
    least(s.effective_to, w.until), m.law, w.lift_amount, w.lift_unit, %(event)s
{_WANTED} ORDER BY s.record_id, w.measure, w.body
"""


def follow_memoranda(catalogue: Catalogue, clock: Clock) -> Followed:
    """Lift the orders that no memorandum supports any more, and add those of one whose law reaches what stands.

    Run again on the same day, it changes nothing. Subscribers are told of new listings alone.
    """
    if not Step.objects.filter(effective_to__isnull=False).exists():
        return Followed()
    lifted = added = 0
    for pack in catalogue.packs:
        register(pack, catalogue, clock)
    if _any(f"SELECT EXISTS (SELECT {_OVER})", {"day": clock.today()}):
        with writing(Event.Kind.CASE, actor="clock", clock=clock) as event:
            one_at_a_time()
            lifted = _run(_REPEAL, day=event.day, event=event.pk)
            _run(_LIFT, day=event.day, event=event.pk)
    for pack in catalogue.packs:
        added += _add(pack, catalogue, clock)
    return Followed(lifted, added)


def _add(pack: Pack, catalogue: Catalogue, clock: Clock) -> int:
    """The orders of one pack: national measures first, for a local one that repeats such is not added beside it."""
    wanted = list(_wanted(pack, catalogue, clock.today()))
    rounds = [[one for one in wanted if bool(one["repeats"]) is repeating] for repeating in (False, True)]
    given = [json.dumps(one) for one in rounds if one]
    day = clock.today()
    if not any(_any(f"SELECT EXISTS (SELECT {_WANTED})", {"day": day, "wanted": one}) for one in given):
        return 0
    with writing(Event.Kind.CASE, actor="clock", clock=clock) as event:
        one_at_a_time()
        return sum(_run(_ADD, day=event.day, event=event.pk, wanted=one) for one in given)


def _wanted(pack: Pack, catalogue: Catalogue, day: date) -> Iterator[dict[str, object]]:
    """What the memoranda in force that reach standing entries order, once for each procedure, measure and body."""
    measures = {one.path: one for one in pack.measures}
    found: dict[tuple[str, str, str], tuple[Procedure, Memorandum]] = {}
    for procedure, memorandum in _reaching(pack, day):
        for agreed in memorandum.agreed:
            if agreed.bound is Bound.ORDERED:
                key = (procedure.path, agreed.measure, agreed.authority)
                if key not in found or _until(found[key][1]) < _until(memorandum):
                    found[key] = (procedure, memorandum)
    for (path, measure, authority), (procedure, memorandum) in sorted(found.items(), key=lambda one: one[0]):
        listing = procedure.listing
        if listing is not None and may_trigger(measures[measure], listing.list_id):
            yield {
                "procedure": path,
                "measure": measure_version(measures[measure]).pk,
                "memorandum": memorandum_version(memorandum, pack).pk,
                "body": body(authority, catalogue).pk,
                "until": memorandum.valid_to.isoformat() if memorandum.valid_to else None,
                "repeats": measures[measure].repeats,
                **lifting_within(listing.removal),
            }


def _reaching(pack: Pack, day: date) -> Iterator[tuple[Procedure, Memorandum]]:
    """Each procedure of listing in its newest version, with each memorandum that reaches its entries."""
    newest = {one.path: one for one in sorted(pack.procedures, key=lambda one: one.valid_from)}
    for memorandum in sorted(pack.memoranda, key=lambda one: (one.path, one.valid_from)):
        if memorandum.standing is None or not memorandum.runs or not memorandum.in_force(day):
            continue
        for procedure in newest.values():
            if procedure.listing is not None and procedure.listing.list_id in memorandum.lists:
                yield procedure, memorandum


def _until(memorandum: Memorandum) -> date:
    return memorandum.valid_to or date.max


def _any(statement: str, given: Mapping[str, date | str]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        row = cursor.fetchone()
    return bool(row and row[0])


def _run(statement: str, **given: date | str | int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return int(cursor.rowcount)
