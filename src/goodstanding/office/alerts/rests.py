"""That measures begin to rest, during a suit or under a plan, and that they apply again: to the organisation and to the
offices that owe them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from goodstanding.catalogue.measure import Effect
from goodstanding.measures.models import Order, Pause, Resumption, Shield
from goodstanding.measures.rests import members_of
from goodstanding.office.alerts.offices import for_office
from goodstanding.office.models import Alert
from goodstanding.procedures.models import Step

_OVER_SINCE = timedelta(days=14)
"""How long after its day the end of a rest is still told, where the process did not run."""


def rests_entered(span: dict[str, Any], authorities: set[str]) -> Iterator[Alert]:
    """Suits and plans that were entered in some events, and those that were ended before their day."""
    models: tuple[type[Pause] | type[Shield], ...] = (Pause, Shield)
    for model in models:
        for rest in model._default_manager.filter(**span).select_related("event").order_by("pk"):
            until = rest.to_on
            yield from _alerts(rest, "rests", f"{_name(rest)}:begun", rest.from_on, authorities, until=until)
    ended = Resumption.objects.filter(**span).select_related("pause", "shield").order_by("pk")
    for one in ended:
        over: Pause | Shield | None = one.pause or one.shield
        if over is not None:
            detail = f"{over.kind} {one.outcome}"
            yield from _alerts(over, "resumed", f"{_name(over)}:over", one.on, authorities, detail=detail)


def rests_over(today: date, authorities: set[str]) -> Iterator[Alert]:
    """Suits and plans whose last day has passed, where nothing ended them before."""
    over = Q(over__isnull=True, to_on__lte=today, to_on__gt=today - _OVER_SINCE)
    models: tuple[type[Pause] | type[Shield], ...] = (Pause, Shield)
    for model in models:
        for rest in model._default_manager.filter(over).order_by("pk"):
            yield from _alerts(rest, "resumed", f"{_name(rest)}:over", rest.to_on, authorities)


def _name(rest: Pause | Shield) -> str:
    return f"{type(rest).__name__.lower()}:{rest.pk}"


def _alerts(
    rest: Pause | Shield,
    kind: str,
    about: str,
    on: date,
    authorities: set[str],
    *,
    detail: str = "",
    until: date | None = None,
) -> Iterator[Alert]:
    """The organisation's alert, and one for each office that owes a measure which this rest touches."""
    orders = _touched(rest)
    subject = rest.subject_id if isinstance(rest, Shield) else _subject_of(rest)
    if subject is None:
        return
    said = detail or rest.kind + (" stayed" if isinstance(rest, Pause) and rest.stayed else "")
    by = max(on, rest.event.day) + timedelta(days=3)
    yield Alert(subject_id=subject, kind=kind, about=about, detail=said, on=on, until=until, tell_by=by)
    at_place = Step.objects.filter(act="serve_decision", record__in=[record for _, record in orders])
    places = dict(at_place.values_list("record_id", "case__division"))
    offices = {(authority, places.get(record, "")) for authority, record in orders}
    for authority, division in sorted(offices):
        if authority in authorities:
            name = f"{about}:{authority}:{division}"
            yield for_office(subject, kind, name, said, on, (authority, division), until=until)


def _touched(rest: Pause | Shield) -> list[tuple[str, int]]:
    """Authority and entry of each order that rests with this, or would if it stood alone."""
    wanted = Q(measure__effect=Effect.RESTRICTION, lifting__isnull=True)
    if isinstance(rest, Shield):
        wanted &= Q(subject__in=members_of(rest.subject), measure__shielded_by_plan=True)
    else:
        wanted &= Q(record=rest.record_id)
        wanted &= Q() if rest.stayed else Q(measure__pauses_in_suit=True)
    return list(Order.objects.filter(wanted).values_list("authority__path", "record_id").distinct())


def _subject_of(rest: Pause) -> int | None:
    made = Step.objects.filter(act="serve_decision", record=rest.record_id)
    return made.values_list("case__subject_id", flat=True).first()
