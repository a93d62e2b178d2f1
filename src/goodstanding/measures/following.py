"""Orders follow an entry in its own event: written when it is made, lifted when it ends.

An entry is erased only after its end (`procedures.forgetting`), so that no erasure finds an order to lift."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from django.dispatch import receiver

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.procedure import Procedure, Term, Unit
from goodstanding.core.clock import Clock
from goodstanding.ledger.models import Event
from goodstanding.measures.models import Lifting, Order, Subscription
from goodstanding.measures.triggering import Trigger, is_order, triggered
from goodstanding.measures.versions import body, measure_version, memorandum_version, register
from goodstanding.procedures.models import Case
from goodstanding.procedures.signals import entered, lifted

_AT_ONCE = 5000


@receiver(entered)
def order_measures(
    *,
    event: Event,
    case: Case,
    record: int,
    begin: date,
    end: date,
    procedure: Procedure,
    catalogue: Catalogue,
    **_: Any,
) -> None:
    """Write the orders that an entry triggers, and tell those who subscribe."""
    if procedure.listing is None:
        return
    pack = catalogue.pack(procedure.path.partition("/")[0])
    register(pack, catalogue, Clock(event.day))
    measure, memorandum = cache(measure_version), cache(memorandum_version)
    orders: list[Order] = []
    subscriptions: list[Subscription] = []
    for one in triggered(pack, procedure.listing.list_id, case.division, begin, end):
        common: dict[str, Any] = {
            "measure": measure(one.measure),
            "memorandum": memorandum(one.memorandum, pack),
            "authority": body(one.agreed.authority, catalogue),
            "subject_id": case.subject_id,
            "record_id": record,
            "from_on": one.from_on,
            "to_on": one.to_on,
            "event": event,
        }
        if is_order(one):
            orders.append(Order(**common, law=_law(one), **lifting_within(procedure.listing.removal)))
        else:
            subscriptions.append(Subscription(**common))
    Order.objects.bulk_create(orders)
    Subscription.objects.bulk_create(subscriptions)


def lifting_within(removal: Term | None) -> dict[str, Any]:
    """How soon a lifting is reported; where the list's rules state no days, at once (国办发〔2025〕22号)."""
    if removal is None:
        return {"lift_amount": 0, "lift_unit": Unit.WORKING_DAYS.value}
    return {"lift_amount": removal.amount, "lift_unit": removal.unit.value}


def _law(one: Trigger) -> list[list[str]]:
    return [[basis.instrument, basis.article] for basis in one.measure.basis]


@receiver(lifted)
def lift_orders(*, event: Event, ended: Iterable[tuple[int, date]], **_: Any) -> None:
    """Lift every order of the entries that ended: their authorities are told today."""
    _lift(event, [record for record, _ in ended])


def _lift(event: Event, records: list[int]) -> None:
    for start in range(0, len(records), _AT_ONCE):
        some = records[start : start + _AT_ONCE]
        orders = Order.objects.filter(record__in=some, lifting__isnull=True).order_by("pk")
        rows = [
            Lifting(order_id=one, on=event.day, event=event) for one in orders.values_list("pk", flat=True)
        ]
        Lifting.objects.bulk_create(rows, batch_size=_AT_ONCE)
