"""The private key that signs a log: a file that only its owner can read, locked with a passphrase if one is set."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from goodstanding.core.errors import Refusal
from goodstanding.proof.durable import write_durably
from goodstanding.proof.entries import lawful_origin
from goodstanding.proof.notes import LOG, VerifierKey

PASSPHRASE = "GOODSTANDING_LOG_PASSPHRASE"
"""The environment variable that unlocks keys; what is made while it is set is locked with it."""
_NAME = "name: "


@dataclass(frozen=True)
class Signer:
    """A private key and the name that it signs under."""

    name: str
    key: Ed25519PrivateKey

    @classmethod
    def new(cls, name: str) -> Signer:
        """A key of chance. Raises Refusal GS-PROOF-005 if the name is none that a log can have."""
        return cls(lawful_origin(name), Ed25519PrivateKey.generate())

    def public(self, kind: int = LOG) -> VerifierKey:
        """The public key, of a log or of a witness."""
        return VerifierKey(self.name, self.key.public_key().public_bytes_raw(), kind)

    def write(self, path: Path, beside: Path) -> None:
        """Keep it in a file of mode 0600, locked with the passphrase of the environment if there is one."""
        words = os.environ.get(PASSPHRASE, "")
        lock: KeySerializationEncryption = (
            BestAvailableEncryption(words.encode()) if words else NoEncryption()
        )
        pem = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
        write_durably(path, f"{_NAME}{self.name}\n".encode() + pem, beside, 0o600)

    @classmethod
    def read(cls, path: Path) -> Signer:
        """The key of a file.

        Raises:
            Refusal: GS-PROOF-010 there is none; GS-PROOF-011 it is locked; GS-PROOF-012 it is damaged.
        """
        try:
            first, _, pem = path.read_bytes().partition(b"\n")
        except FileNotFoundError:
            raise Refusal(
                "GS-PROOF-010",
                "There is no key to sign with.",
                where=str(path),
                remedy="Make one with “goodstanding log key new”, or restore the file from the backup of the home.",
            ) from None
        words = os.environ.get(PASSPHRASE, "")
        locked = b"BEGIN ENCRYPTED" in pem
        try:
            key = load_pem_private_key(pem, words.encode() if locked else None)
        except (ValueError, TypeError):
            if locked:
                raise Refusal(
                    "GS-PROOF-011",
                    "The key that signs is locked.",
                    where=str(path),
                    why="It opens with the passphrase that was set when it was made.",
                    remedy=f"Set {PASSPHRASE} to that passphrase. Until then work goes on, and entries wait.",
                ) from None
            raise _damaged(path) from None
        name = first.decode("utf-8", errors="replace").removeprefix(_NAME)
        if not isinstance(key, Ed25519PrivateKey) or not first.startswith(_NAME.encode()):
            raise _damaged(path)
        return cls(lawful_origin(name), key)


def _damaged(path: Path) -> Refusal:
    return Refusal(
        "GS-PROOF-012",
        "This is not a key that was made here.",
        where=str(path),
        remedy="Restore the file from the backup of the home, or say that the key is lost with “log key new --lost”.",
    )
