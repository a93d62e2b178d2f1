"""The ledger's events as entries of the public log: each position, in order, with a digest that tells nothing.

What the digest commits to is worked out again from the ledger whenever it is needed: to log an event, to hand out a
receipt of it, and to compare the log with the ledger. The salt comes from the node's secret.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from goodstanding.core.home import Home
from goodstanding.ledger.models import Position
from goodstanding.ledger.node import kept_secret
from goodstanding.ledger.writing import current_position
from goodstanding.proof.entries import LedgerEntry, commitment, salt_of
from goodstanding.proof.hashing import Growing
from goodstanding.proof.log import Log
from goodstanding.proof.receipts import record_hash
from goodstanding.proof.signing import KeyRing

_CHUNK = 2_000
"""Positions that are read together."""


def log_of(home: Home) -> Log:
    """The public log of a home."""
    return Log(home.log, home.log_state)


def keys_of(home: Home) -> KeyRing:
    """The keys that sign it."""
    return KeyRing(home.secrets)


@dataclass(frozen=True)
class Logged:
    """An event as the log knows it: `said` is what the entry's digest commits to."""

    position: int
    kind: str
    day: date
    said: dict[str, object]

    def entry(self, secret: bytes) -> LedgerEntry:
        """The entry, under the node's secret."""
        digest = commitment(salt_of(secret, self.position), self.said)
        return LedgerEntry(self.kind, self.position, self.day, digest)


def events(after: int, last: int | None = None) -> Iterator[Logged]:
    """The events after a position, in order; up to another one, or all."""
    newest = current_position() if last is None else last
    while after < newest:
        upto = min(after + _CHUNK, newest)
        rows = list(
            Position.objects.filter(number__gt=after, number__lte=upto)
            .order_by("number")
            .values_list(
                "number",
                "root",
                "event_id",
                "event__public_id",
                "event__kind",
                "event__day",
                "event__digest",
            )
        )
        trees = _trees([row[2] for row in rows])
        for number, root, event, public_id, kind, day, digest in rows:
            said: dict[str, object] = {"event": str(public_id), "root": bytes(root).hex()}
            if digest:
                said["digest"] = digest
            if tree := trees.get(event):
                said["records"] = {"count": tree.size, "head": tree.head().hex()}
            yield Logged(number, kind, day, said)
        after = upto


def _trees(ids: Sequence[int]) -> dict[int, Growing]:
    """For each event that wrote records, the tree over them, in the order of their rows."""
    trees: dict[int, Growing] = {}
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT e.id, r.public_id, r.leaf FROM unnest(%s::bigint[]) AS e(id) JOIN ledger_record r"
            " ON r.id BETWEEN e.id << 32 AND (e.id << 32) + 4294967295 ORDER BY r.id",
            [list(ids)],
        )
        for event, public_id, leaf in cursor:
            trees.setdefault(event, Growing()).add(record_hash(public_id, bytes(leaf)))
    return trees


def records_of(event: int) -> Iterator[tuple[UUID, bytes]]:
    """Public id and digest of each record that an event wrote, in the order of their rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT public_id, leaf FROM ledger_record"
            " WHERE id BETWEEN %s::bigint << 32 AND (%s::bigint << 32) + 4294967295 ORDER BY id",
            [event, event],
        )
        for public_id, leaf in cursor.fetchall():
            yield public_id, bytes(leaf)


def entries(home: Home, after: int, last: int | None = None) -> Iterator[LedgerEntry]:
    """The entries of the events after a position.

    Raises:
        Refusal: GS-LEDGER-020 if the home has not the secret of its node.
    """
    secret: bytes | None = None
    for one in events(after, last):
        secret = secret or kept_secret(home)
        yield one.entry(secret)
