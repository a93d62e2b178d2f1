"""Which days the admitted deliveries tell of: the extract's parts of kind `coverage`.

A delivery as of a day holds all that its source has to say up to that day, from the day on which the contract says
that the source begins. Of a whole register, of new rows and of changed rows alike: what lies between two deliveries
of new rows was sent with one of them. The name of a part says the day; its rows are for whoever reads the extract
without the ledger.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import PurePosixPath

import duckdb

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.model import Contract, Target
from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home
from goodstanding.ledger.models import Event, Part
from goodstanding.ledger.parts import register_part, write_part
from goodstanding.rules.delivered import Days

_NAME = "coverage-"


def stated(contract: Contract, as_of: date | None, *, today: date, part_of_a_file: bool) -> date | None:
    """The day up to which a delivery tells all; None if it says nothing of that.

    Args:
        as_of: what the sender states; without it a file is as of the day on which it is delivered.
        today: in the pack's zone.
        part_of_a_file: corrected rows of an earlier file say nothing of the others.

    Raises:
        Refusal: GS-LEDGER-032 for a day to come.
    """
    if as_of is not None and as_of > today:
        raise Refusal(
            "GS-LEDGER-032",
            f"A delivery cannot be as of a day to come: {as_of}.",
            where=contract.path,
            why="It would say that nothing is recorded of days that nobody knows yet.",
            remedy="Name the last day that the file tells of.",
        )
    if contract.target is not Target.RECORDS or part_of_a_file:
        return None
    return as_of or today


def says_more(contract: Contract, as_of: date, position: int) -> bool:
    """Whether a delivery as of this day tells of days that no earlier one of its source did."""
    before = _newest(position).get(contract.path)
    return bool(contract.sends) and (before is None or before < as_of)


def cover(con: duckdb.DuckDBPyConnection, event: Event, contract: Contract, as_of: date, home: Home) -> None:
    """Write down, inside the event of a delivery, up to which day it tells all."""
    first, end = _days(contract, as_of)
    items = ", ".join(f"('{one}')" for one in contract.sends)
    part = write_part(
        con,
        home,
        f"SELECT item, DATE '{first}' AS from_on, DATE '{end}' AS to_on FROM (VALUES {items}) AS t(item)"
        " ORDER BY item",
        event_id=event.pk,
        name=f"{_NAME}{as_of}",
        kind=Part.Kind.COVERAGE,
    )
    register_part(part, event)


def coverage_at(position: int, catalogue: Catalogue) -> dict[str, list[Days]]:
    """The days that deliveries tell of, by item, as known at a position; of several sources side by side.

    How far a delivery reaches is what the catalogue's contracts say.
    """
    contracts = {one.path: one for one in catalogue.contracts}
    found: dict[str, list[Days]] = {}
    for source, as_of in sorted(_newest(position).items()):
        contract = contracts.get(source)
        for item in contract.sends if contract else ():
            found.setdefault(item, []).append(_days(contracts[source], as_of))
    return found


def _days(contract: Contract, as_of: date) -> Days:
    """The days [from, to) that a delivery tells of: up to its own, and as long as contracts say that it speaks."""
    try:
        end = as_of + timedelta(days=1 + contract.covers_days)
    except OverflowError:
        end = date.max
    return contract.covers_from or date.min, end


def _newest(position: int) -> dict[str, date]:
    """The last day that the deliveries of each source tell of."""
    parts = Part.objects.filter(kind=Part.Kind.COVERAGE, event__position__number__lte=position)
    found: dict[str, date] = {}
    for source, path in parts.values_list("event__delivery__source__path", "path"):
        as_of = date.fromisoformat(PurePosixPath(path).stem.removeprefix(_NAME))
        found[source] = max(found.get(source, as_of), as_of)
    return found
