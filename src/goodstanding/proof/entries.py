"""The entries of the log: one for each position of the ledger, and one for each key that signs.

An entry of the ledger says kind, position, day and a digest, and nothing else. The digest is SHA-256 of a salt of
128 bits and of what it commits to (`said`), so that nothing can be found out by trying: neither a restricted result
nor the name of whoever acted. A receipt hands out salt and `said` of one entry.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from goodstanding.core.errors import Refusal
from goodstanding.proof.notes import VerifierKey, name_is_lawful, unbase64

SALT = 16
"""Bytes of a salt."""
KEY = "key"
"""The kind of an entry that says by which key the log signs from there on."""
_LEDGER = re.compile(
    r'\{"day":"([0-9]{4}-[0-9]{2}-[0-9]{2})","digest":"([0-9a-f]{64})","kind":"([a-z]{1,16})","position":([1-9][0-9]{0,17})\}'
)
_SIGNED = b"goodstanding log key v1\n"


def canonical(value: Mapping[str, Any]) -> bytes:
    """Canonical JSON (RFC 8785)."""
    return rfc8785.dumps(dict(value))


def salt_of(secret: bytes, position: int) -> bytes:
    """The salt of a position's entry, under a secret of the node: the first 128 bits of HMAC-SHA-256."""
    message = b"goodstanding log salt v1\0" + position.to_bytes(8, "big")
    return hmac.digest(secret, message, "sha256")[:SALT]


def commitment(salt: bytes, said: Mapping[str, object]) -> bytes:
    """The digest of an entry: SHA-256 of the salt and of canonical JSON."""
    return hashlib.sha256(salt + canonical(said)).digest()


@dataclass(frozen=True)
class LedgerEntry:
    """That the ledger took a position on a day, with an event of a kind, and what that event was (`digest`)."""

    kind: str
    position: int
    day: date
    digest: bytes

    @property
    def data(self) -> bytes:
        """Canonical JSON; written without a library, a million take a second."""
        return (
            f'{{"day":"{self.day.isoformat()}","digest":"{self.digest.hex()}",'
            f'"kind":"{self.kind}","position":{self.position}}}'
        ).encode()


@dataclass(frozen=True)
class KeyEntry:
    """That a key signs the log from here on.

    `previous` is the key before it, and `vouched` whether that one signed this entry too: it does, unless it was
    lost, and then `reason` says so.
    """

    key: VerifierKey
    day: date
    previous: VerifierKey | None = None
    reason: str = ""
    signatures: tuple[bytes, ...] = ()

    @property
    def _said(self) -> dict[str, object]:
        return {
            "day": self.day.isoformat(),
            "key": str(self.key),
            "kind": KEY,
            "previous": str(self.previous) if self.previous else None,
            "reason": self.reason,
        }

    @property
    def data(self) -> bytes:
        """Canonical JSON."""
        signatures = [b64encode(one).decode() for one in self.signatures]
        return canonical({**self._said, "signatures": signatures})

    @property
    def vouched(self) -> bool:
        """Whether the previous key signed it."""
        return len(self.signatures) == 2

    @classmethod
    def signed(
        cls,
        name: str,
        key: Ed25519PrivateKey,
        day: date,
        *,
        previous: VerifierKey | None = None,
        by: Ed25519PrivateKey | None = None,
        reason: str = "",
    ) -> KeyEntry:
        """The entry of a new key, signed by it and, where it is there, by the one before."""
        public = VerifierKey(name, key.public_key().public_bytes_raw())
        bare = cls(public, day, previous, reason)
        message = _SIGNED + canonical(bare._said)
        signers = [key] if by is None else [key, by]
        return cls(public, day, previous, reason, tuple(one.sign(message) for one in signers))

    def holds(self) -> bool:
        """Whether its signatures verify, and none is missing that must be there."""
        message = _SIGNED + canonical(self._said)
        keys = [self.key, self.previous] if self.previous and not self.reason else [self.key]
        return len(self.signatures) == len(keys) and all(
            key.verifies(message, signature)
            for key, signature in zip(keys, self.signatures, strict=True)
            if key is not None
        )


Entry = LedgerEntry | KeyEntry


def parse(data: bytes) -> Entry:
    """The entry that bytes of the log stand for.

    Raises:
        Refusal: GS-PROOF-004 if they stand for none, or are written in another way than the one.
    """
    text = data.decode("utf-8", errors="replace")
    found = _LEDGER.fullmatch(text)
    try:
        if found:
            day, digest, kind, position = found.groups()
            return LedgerEntry(kind, int(position), date.fromisoformat(day), bytes.fromhex(digest))
        entry = _key_entry(json.loads(text))
        if entry.data == data:
            return entry
    except (ValueError, KeyError, TypeError, AttributeError, Refusal):
        pass
    raise Refusal(
        "GS-PROOF-004",
        "This is not an entry of a log of Goodstanding.",
        where=text[:80],
        why="An entry says kind, position, day and digest, or names a key, in canonical JSON.",
        remedy="Fetch it again; if it stays so, tell whoever publishes the log.",
    )


def _key_entry(said: dict[str, object]) -> KeyEntry:
    signatures, previous = said["signatures"], said["previous"]
    if not isinstance(signatures, list) or said["kind"] != KEY:
        raise ValueError("no entry of a key")
    raw = [unbase64(str(one)) for one in signatures]
    return KeyEntry(
        key=VerifierKey.parse(str(said["key"])),
        day=date.fromisoformat(str(said["day"])),
        previous=VerifierKey.parse(str(previous)) if previous is not None else None,
        reason=str(said["reason"]),
        signatures=tuple(one for one in raw if one is not None),
    )


def lawful_origin(name: str) -> str:
    """The name of a log.

    Raises:
        Refusal: GS-PROOF-005 if it is empty or holds a space or a plus sign.
    """
    if not name_is_lawful(name) or len(name) > 200:
        raise Refusal(
            "GS-PROOF-005",
            "A log cannot have this name.",
            where=name[:80],
            why="The name is the first line of each checkpoint, and stands before a plus sign in its key.",
            remedy="Take the address that it is published at, without https://, for instance credit.example/log.",
        )
    return name
