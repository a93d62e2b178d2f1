"""Every write to the ledger: one transaction, one event, its position taken as the last act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from goodstanding.core.clock import Clock
from goodstanding.ledger.models import Event, Position

_ONE_WRITER_OF_SUBJECTS = 7106418833002


@contextmanager
def writing(kind: Event.Kind, *, actor: str, clock: Clock, digest: str = "") -> Iterator[Event]:
    """Open an event; on leaving, take its position and commit; on an error, leave no trace.

    `digest` covers what another room writes in the same transaction.
    """
    with transaction.atomic():
        event = Event.objects.create(kind=kind, actor=actor, at=clock.now(), day=clock.today(), digest=digest)
        yield event
        Position.objects.create(event=event, number=0, root=b"", chain=b"")


def current_position() -> int:
    """The newest position; 0 for an empty ledger."""
    newest = Position.objects.order_by("-number").values_list("number", flat=True).first()
    return newest or 0


def one_at_a_time() -> None:
    """Wait until no other transaction takes in a file: subjects are resolved by one writer at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_WRITER_OF_SUBJECTS])
