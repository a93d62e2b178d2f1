"""Every write to the ledger: one transaction, one event, its position taken as the last act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.ledger.models import Event, Position

OPERATOR = "owner"
"""Django's name for the connection of the database's owner. Commands have it; whoever serves pages does not."""
_ONE_WRITER_OF_SUBJECTS = 7106418833002


@contextmanager
def writing(
    kind: Event.Kind, *, actor: str, clock: Clock, digest: str = "", using: str = DEFAULT_DB_ALIAS
) -> Iterator[Event]:
    """Open an event; on leaving, take its position and commit; on an error, leave no trace.

    `digest` covers what another room writes in the same transaction; `using` names the connection.
    """
    with transaction.atomic(using=using):
        event = Event.objects.using(using).create(
            kind=kind, actor=actor, at=clock.now(), day=clock.today(), digest=digest
        )
        yield event
        Position.objects.using(using).create(event=event, number=0, root=b"", chain=b"")


@contextmanager
def operating(kind: Event.Kind, *, actor: str, clock: Clock) -> Iterator[Event]:
    """As `writing`, as the owner of the database: for what the app role may not say of itself.

    It commits apart from a transaction of the app role that is open, and before it.

    Raises:
        Refusal: GS-LEDGER-053 in a process that has no connection of the owner.
    """
    if OPERATOR not in connections.settings:
        raise Refusal(
            "GS-LEDGER-053",
            "Only the operator's commands may do this.",
            why="Who may act, and by which rules, is not said by the role that acts.",
            remedy="Start “goodstanding serve --office” again: it registers what the packs say now.",
        )
    with writing(kind, actor=actor, clock=clock, using=OPERATOR) as event:
        yield event


def current_position() -> int:
    """The newest position; 0 for an empty ledger."""
    newest = Position.objects.order_by("-number").values_list("number", flat=True).first()
    return newest or 0


def one_at_a_time(using: str = DEFAULT_DB_ALIAS) -> None:
    """Wait until no other transaction takes in a file: subjects are resolved by one writer at a time.

    `using` names the connection whose transaction waits, and holds the others off until its end.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_WRITER_OF_SUBJECTS])
