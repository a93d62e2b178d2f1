"""Whether an organisation was reached: what no channel accepted in time is shown to the officials of its case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from goodstanding.catalogue.procedure import Party
from goodstanding.office.models import Alert
from goodstanding.office.statements import columns, fields, made, row_of


class Reach(StrEnum):
    """What came of an alert."""

    ACCEPTED = "accepted"  # a channel took it
    ANSWERED = "answered"  # the organisation has acted in the case since
    WAITS = "waits"  # on its way, in time
    NOBODY = "nobody"  # nobody has asked to be told
    FAILED = "failed"  # no channel took it in time

    @property
    def missed(self) -> bool:
        """Whether this must be seen by an official."""
        return self in (Reach.NOBODY, Reach.FAILED)


@dataclass(frozen=True)
class Told:
    """An alert, and what came of it. `at`: when the first channel took it."""

    alert: Alert
    reach: Reach
    at: datetime | None


_ALERT = fields(Alert, "id subject_id case_id kind about detail on until tell_by open made_at")
STATEMENT = f"""
SELECT (SELECT json_agg(json_build_array({columns(_ALERT, "a")}, w.taken, w.waits, w.ways) ORDER BY a.made_at, a.id)
        FROM office_alert a CROSS JOIN LATERAL (
            SELECT min(d.done_at) FILTER (WHERE d.state = 'accepted') AS taken,
                bool_or(d.state = 'waiting') AS waits, count(*) AS ways
            FROM office_delivery d WHERE d.alert_id = a.id) w
        WHERE a.case_id = ANY (%(cases)s::bigint[]) AND a.authority = ''),
    (SELECT json_agg(json_build_array(t.case_id, t.spoke)) FROM (
        SELECT s.case_id, max(s."on") AS spoke FROM procedures_step s
        WHERE s.case_id = ANY (%(cases)s::bigint[]) AND s.party = '{Party.SUBJECT.value}' GROUP BY s.case_id) t)
"""


def told_in_case(case: int, day: date) -> tuple[Told, ...]:
    """The alerts of a case, the oldest first, as they stand on a day."""
    return told_in([case], day).get(case, ())


def told_in(cases: Iterable[int], day: date) -> dict[int, tuple[Told, ...]]:
    """Case → its alerts, the oldest first, as they stand on a day; by one statement for all of them."""
    row = row_of(STATEMENT, {"cases": list(cases)})
    rows, acts = (one or [] for one in row) if row else ([], [])
    spoke = {case: date.fromisoformat(on) for case, on in acts}
    found: dict[int, list[Told]] = {}
    for *cells, taken, waits, ways in rows:
        (alert,) = made(Alert, _ALERT, [cells])
        if alert.case_id is not None:
            at = datetime.fromisoformat(taken) if taken else None
            reach = _reach(alert, at, spoke.get(alert.case_id), day, waits=bool(waits), ways=ways)
            found.setdefault(alert.case_id, []).append(Told(alert, reach, at))
    return {case: tuple(each) for case, each in found.items()}


def _reach(
    alert: Alert, at: datetime | None, spoke: date | None, day: date, *, waits: bool, ways: int
) -> Reach:
    if at is not None:
        return Reach.ACCEPTED
    if spoke is not None and spoke >= alert.on:
        return Reach.ANSWERED
    if not ways:
        return Reach.NOBODY
    return Reach.WAITS if waits and day <= alert.tell_by else Reach.FAILED


def not_reached(told: Iterable[Told]) -> bool:
    """Whether the newest alert of which something is known did not reach the organisation."""
    settled = [one.reach for one in told if one.reach is not Reach.WAITS]
    return bool(settled) and settled[-1].missed
