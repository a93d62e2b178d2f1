"""Many records end in one event: their endings, one part of the extract, and whoever follows entries is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from goodstanding.core.home import Home
from goodstanding.ledger.models import Ending, Event, Part
from goodstanding.ledger.parts import register_part, write_part
from goodstanding.procedures.models import Step
from goodstanding.procedures.signals import lifted


@dataclass(frozen=True)
class Ends:
    """A record that ends: on what ground, from which day on it counts no more, and why."""

    record: int
    ground: Ending.Ground
    until: date
    reason: str


def end_together(event: Event, ends: Sequence[Ends], home: Home) -> None:
    """Write the endings inside an event that is open. The steps that bring them about are written before."""
    if not ends:
        return
    Ending.objects.bulk_create(
        [
            Ending(
                record_id=one.record,
                ground=one.ground,
                counts_until=one.until,
                reason=one.reason,
                event=event,
            )
            for one in ends
        ],
        batch_size=2000,
    )
    table = {
        "record_id": [one.record for one in ends],
        "counts_until": pa.array([one.until for one in ends], pa.date32()),
    }
    with duckdb.connect() as con:
        con.register("ended", pa.table(table))
        part = write_part(
            con,
            home,
            "SELECT record_id, counts_until FROM ended ORDER BY record_id, counts_until",
            event_id=event.pk,
            name="endings",
            kind=Part.Kind.ENDINGS,
        )
    register_part(part, event)
    lifted.send(sender=Step, event=event, ended=[(one.record, one.until) for one in ends])
