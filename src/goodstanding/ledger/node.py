"""The node's secret: it keys the digests by which an erased row is known again without its content."""

from __future__ import annotations

import hashlib
import os
import secrets

from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home
from goodstanding.ledger.models import Event, Node
from goodstanding.ledger.writing import writing

_FILE = "node.key"


def _fingerprint(secret: bytes) -> str:
    return hashlib.sha256(b"goodstanding node secret\x00" + secret).hexdigest()


def _new_secret(home: Home) -> bytes:
    secret = secrets.token_bytes(32)
    path = home.secrets / _FILE
    fresh = path.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(handle, secret.hex().encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    fresh.rename(path)
    return secret


def kept_secret(home: Home) -> bytes:
    """The secret of a node whose database was made before: reads, and makes nothing.

    Raises:
        Refusal: GS-LEDGER-020 if the home has none.
    """
    try:
        return bytes.fromhex((home.secrets / _FILE).read_text().strip())
    except FileNotFoundError:
        raise _no_secret(home) from None


def _no_secret(home: Home) -> Refusal:
    return Refusal(
        "GS-LEDGER-020",
        "This home has no node secret, but the database was made with one.",
        where=str(home.secrets / _FILE),
        why="Without it every row would look new and erased rows would come back.",
        remedy="Restore secrets/node.key from the backup of the home that made the database.",
    )


def node_secret(home: Home, clock: Clock) -> bytes:
    """The secret of this node; made with the first use of a new database.

    Raises:
        Refusal: GS-LEDGER-020 if the home has no secret, or another one than the database was made with.
    """
    path = home.secrets / _FILE
    known = Node.objects.values_list("fingerprint", flat=True).first()
    if path.exists():
        secret = bytes.fromhex(path.read_text().strip())
    elif known is None:
        secret = _new_secret(home)
    else:
        raise _no_secret(home)
    if known is None:
        with writing(Event.Kind.NODE, actor="node", clock=clock) as event:
            Node.objects.create(fingerprint=_fingerprint(secret), event=event)
    elif known != _fingerprint(secret):
        raise Refusal(
            "GS-LEDGER-020",
            "The node secret of this home is not the one that the database was made with.",
            where=str(path),
            why="Without it every row would look new and erased rows would come back.",
            remedy="Use the home that belongs to this database, or restore its secrets/node.key.",
        )
    return secret
