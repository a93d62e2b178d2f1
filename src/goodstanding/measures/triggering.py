"""What a listing triggers by the memoranda of its pack. Pure; the database holds each order to the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.measure import Agreed, Bound, Hits, Measure, Memorandum
from goodstanding.catalogue.model import Pack


@dataclass(frozen=True)
class Trigger:
    """One measure at one body on [from, to), by the memorandum that agreed on it."""

    memorandum: Memorandum
    agreed: Agreed
    measure: Measure
    from_on: date
    to_on: date


def triggered(pack: Pack, list_id: str, division: str, begin: date, end: date) -> tuple[Trigger, ...]:
    """What an entry on a list triggers: each measure once at each body, by the memorandum that lasts longest.

    Left out: what is not executable or meets others than the listed organisation; what its law reserves to other
    lists; a local measure elsewhere; a local one that repeats a national one at the same body.

    Args:
        division: of the place of the case.
        begin, end: [from, to) of the entry; a memorandum that ends before ends its measures.
    """
    measures = {one.path: one for one in pack.measures}
    found: dict[tuple[str, str], Trigger] = {}
    for memorandum in sorted(pack.memoranda, key=lambda one: one.path):
        if not (memorandum.runs and list_id in memorandum.lists and memorandum.in_force(begin)):
            continue
        until = min(end, memorandum.valid_to or end)
        for agreed in memorandum.agreed:
            measure = measures[agreed.measure]
            if may_trigger(measure, list_id) and division.startswith(measure.division):
                key = (agreed.measure, agreed.authority)
                if key not in found or found[key].to_on < until:
                    found[key] = Trigger(memorandum, agreed, measure, begin, until)
    return tuple(one for one in found.values() if (one.measure.repeats, one.agreed.authority) not in found)


def may_trigger(measure: Measure, list_id: str) -> bool:
    """Whether an entry on a list may trigger it, at its place."""
    reserved = measure.reserved_to and list_id not in measure.reserved_to
    return measure.executable and measure.hits is Hits.LISTED and not reserved


def is_order(trigger: Trigger) -> bool:
    """Whether the body owes it; else it is told and bound to nothing."""
    return trigger.agreed.bound is Bound.ORDERED


def triggering_procedures(memorandum: Memorandum, pack: Pack) -> tuple[str, ...]:
    """Paths of the procedures of listing that list on a list of the memorandum."""
    return tuple(
        sorted(
            {one.path for one in pack.procedures if one.listing and one.listing.list_id in memorandum.lists}
        )
    )
