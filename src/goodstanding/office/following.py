"""What follows from a case's entry, its orders, suits and plans, by one statement: what `measures.lines` and
`measures.rests` tell, read for one entry. A test holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from goodstanding.measures.lines import Ended, line_of
from goodstanding.measures.models import (
    Body,
    Lifting,
    MeasureVersion,
    Order,
    Pause,
    Reminder,
    Repeal,
    Report,
    Resumption,
    Shield,
)
from goodstanding.measures.rests import AtRest, RestLine, lines_of_rests, members_of
from goodstanding.office.casepage import CasePage
from goodstanding.office.statements import columns, fields, made, row_of
from goodstanding.portal.following import OrderRow, RestRow, order_rows, rest_rows
from goodstanding.procedures.models import Step


@dataclass(frozen=True)
class Follows:
    """What follows from a case's entry: its orders, the suits and plans; `stands` while it has not ended."""

    step: Step
    orders: list[OrderRow]
    rests: list[RestRow]
    stands: bool


_ORDER = fields(Order, "id public_id subject_id record_id from_on to_on law lift_amount lift_unit")
_MEASURE = fields(MeasureVersion, "id path title effect pauses_in_suit shielded_by_plan")
_BODY = fields(Body, "id path market")
_LIFTING = fields(Lifting, "id order_id on")
_REPEAL = fields(Repeal, "id order_id how since")
_REMINDER = fields(Reminder, "id order_id number told late on")
_REPORT = fields(Report, "id about done on what why")
_REST = "id public_id kind from_on to_on basis reference evidence"
_PAUSE, _SHIELD = fields(Pause, f"{_REST} record_id stayed"), fields(Shield, f"{_REST} subject_id")
_OVER = fields(Resumption, "id on outcome evidence")

STATEMENT = f"""
SELECT EXISTS (SELECT FROM ledger_merge g
        WHERE g.from_subject_id = ANY (%(members)s) OR g.into_subject_id = ANY (%(members)s)),
    (SELECT json_agg(json_build_array(
            json_build_array({columns(_ORDER, "o")}), json_build_array({columns(_MEASURE, "m")}),
            json_build_array({columns(_BODY, "b")}),
            (SELECT json_build_array({columns(_LIFTING, "l")}) FROM measures_lifting l WHERE l.order_id = o.id),
            (SELECT json_build_array({columns(_REPEAL, "e")}) FROM measures_repeal e WHERE e.order_id = o.id),
            (SELECT json_agg(json_build_array({columns(_REMINDER, "c")})) FROM measures_reminder c
                WHERE c.order_id = o.id),
            (SELECT json_agg(json_build_array({columns(_REPORT, "r")})) FROM measures_report r WHERE r.order_id = o.id))
            ORDER BY b.path, m.path, o.id)
        FROM measures_order o JOIN measures_measureversion m ON m.id = o.measure_id
        JOIN measures_body b ON b.id = o.authority_id WHERE o.record_id = %(record)s),
    (SELECT json_agg(json_build_array(json_build_array({columns(_PAUSE, "p")}),
            (SELECT json_build_array({columns(_OVER, "v")}) FROM measures_resumption v WHERE v.pause_id = p.id)))
        FROM measures_pause p WHERE p.record_id = %(record)s),
    (SELECT json_agg(json_build_array(json_build_array({columns(_SHIELD, "h")}),
            (SELECT json_build_array({columns(_OVER, "v")}) FROM measures_resumption v WHERE v.shield_id = h.id)))
        FROM measures_shield h WHERE h.subject_id = ANY (%(members)s))
"""


def follows_from(shown: CasePage) -> Follows | None:
    """What follows from the entry of a case, for its parties; None where it made none."""
    step = next((one.step for one in shown.steps if one.step.record_id and one.step.effective_to), None)
    if step is None:
        return None
    members: tuple[int, ...] = (shown.case.subject_id,)
    row = _asked(step, members)
    if row[0]:  # few organisations were ever judged to be one with another
        members = members_of(shown.case.subject)
        row = _asked(step, members)
    _, orders, pauses, shields = row
    suits = _rests(Pause, _PAUSE, pauses)
    plans = _rests(Shield, _SHIELD, shields)
    rests = lines_of_rests([*suits, *plans], shown.today)
    resting = _at_rest(rests, members)
    lines = []
    for cells, measure, body, lifting, repeal, reminders, reports in orders or ():
        (order,) = made(Order, _ORDER, [cells])
        (order.measure,) = made(MeasureVersion, _MEASURE, [measure])
        (order.authority,) = made(Body, _BODY, [body])
        lifted = next(iter(made(Lifting, _LIFTING, [lifting] if lifting else None)), None)
        over = next(iter(made(Repeal, _REPEAL, [repeal] if repeal else None)), None)
        ended = Ended(lifted, over, tuple(made(Reminder, _REMINDER, reminders)))
        said = made(Report, _REPORT, reports)
        lines.append(line_of(order, ended, said, resting.why(order), shown.today))
    return Follows(step, order_rows(lines), rest_rows(rests), not any(one.step.closes for one in shown.steps))


def _asked(step: Step, members: tuple[int, ...]) -> Sequence[Any]:
    return row_of(STATEMENT, {"record": step.record_id, "members": list(members)}) or (
        False,
        None,
        None,
        None,
    )


def _rests(
    model: type[Pause] | type[Shield], names: tuple[str, ...], rows: Sequence[Any] | None
) -> list[tuple[Pause | Shield, Resumption | None]]:
    found: list[tuple[Pause | Shield, Resumption | None]] = []
    for cells, over in rows or ():
        (rest,) = made(model, names, [cells])
        found.append((rest, next(iter(made(Resumption, _OVER, [over] if over else None)), None)))
    return found


def _at_rest(rests: Sequence[RestLine], members: tuple[int, ...]) -> AtRest:
    """What of this rests on the day of the lines."""
    holding = [one.rest for one in rests if one.holds]
    pauses = [one for one in holding if isinstance(one, Pause)]
    return AtRest(
        frozenset(one.record_id for one in pauses),
        frozenset(one.record_id for one in pauses if one.stayed),
        frozenset(members if any(isinstance(one, Shield) for one in holding) else ()),
        {},
    )
