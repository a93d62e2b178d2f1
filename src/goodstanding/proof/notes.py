"""Signed notes, checkpoints and cosignatures.

https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint and https://c2sp.org/tlog-cosignature, with Ed25519.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from goodstanding.core.errors import Refusal
from goodstanding.proof.hashing import DIGEST

LOG, WITNESS = 0x01, 0x04
"""Kinds of keys: that of a log signs the note, that of a witness says when it saw it."""
LATEST = 253_402_300_799
"""The last second that is a date, in seconds since 1970: that of the year 9999."""
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")


def name_is_lawful(name: str) -> bool:
    """Whether a key may have this name: not empty, no space, no plus sign."""
    return _NAME.fullmatch(name) is not None


def unbase64(text: str) -> bytes | None:
    """What base64 stands for; None if it is not written in the one way in which it can be written."""
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return found if base64.b64encode(found).decode() == text else None


@dataclass(frozen=True)
class VerifierKey:
    """A public key with the name that it signs under, as `name+id+key` (the verifier key of signed notes)."""

    name: str
    public: bytes
    kind: int = LOG

    @property
    def id(self) -> bytes:
        """Four bytes by which a signature names its key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        material = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{material}"

    @classmethod
    def parse(cls, text: str, kind: int = LOG) -> VerifierKey:
        """The key that a text stands for.

        Raises:
            Refusal: GS-PROOF-001 if it stands for none of this kind.
        """
        name, _, rest = text.strip().partition("+")
        digits, _, material = rest.partition("+")
        found = unbase64(material)
        if found and len(found) == 1 + DIGEST and found[0] == kind and name_is_lawful(name):
            key = cls(name, found[1:], kind)
            if key.id.hex() == digits:
                return key
        what = "log" if kind == LOG else "witness"
        raise Refusal(
            "GS-PROOF-001",
            f"This is not the public key of a {what}.",
            where=text.strip()[:120],
            remedy="Copy it whole: name, plus sign, eight digits, plus sign, 44 characters.",
        )

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's over the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Line:
    """A signature line of a note: the name of a key, its id, and what it signed with."""

    name: str
    id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"— {self.name} {base64.b64encode(self.id + self.signature).decode()}\n"

    def is_of(self, key: VerifierKey) -> bool:
        """Whether the line names this key; that it verifies is another question."""
        return self.name == key.name and self.id == key.id


@dataclass(frozen=True)
class Note:
    """A text with the lines of those who signed it. The text ends with a newline."""

    text: str
    lines: tuple[Line, ...] = ()

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.lines))

    @classmethod
    def parse(cls, text: str) -> Note:
        """Raises Refusal GS-PROOF-002 if it is not written as a signed note is."""
        body, found, signed = text.rpartition("\n\n")
        lines = signed.split("\n")
        if not found or not signed or lines.pop() != "" or not lines or not body:
            raise _unwritten(text)
        return cls(body + "\n", tuple(_line(one, text) for one in lines))

    def signed(self, key: Ed25519PrivateKey, name: str) -> Note:
        """With the signature of a log's key."""
        public = VerifierKey(name, key.public_key().public_bytes_raw())
        return replace(self, lines=(*self.lines, Line(name, public.id, key.sign(self.text.encode()))))

    def cosigned(self, key: Ed25519PrivateKey, name: str, at: int) -> Note:
        """With the cosignature of a witness; `at` in seconds since 1970."""
        public = VerifierKey(name, key.public_key().public_bytes_raw(), WITNESS)
        signature = at.to_bytes(8, "big") + key.sign(_cosigned(self.text, at))
        return replace(self, lines=(*self.lines, Line(name, public.id, signature)))

    def is_signed_by(self, key: VerifierKey) -> bool:
        """Whether a line of the log's key verifies, and none that names it does not."""
        own = [line for line in self.lines if line.is_of(key)]
        return bool(own) and all(key.verifies(self.text.encode(), line.signature) for line in own)

    def seen_by(self, key: VerifierKey) -> int | None:
        """When a witness saw it, in seconds since 1970; None if it has no cosignature of this key that verifies.

        Raises:
            Refusal: GS-PROOF-079 if what it signed is no time: beyond the year 9999.
        """
        for line in self.lines:
            if line.is_of(key) and len(line.signature) == 72:
                at = int.from_bytes(line.signature[:8], "big")
                if key.verifies(_cosigned(self.text, at), line.signature[8:]):
                    return _dated(at, key)
        return None


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _dated(at: int, key: VerifierKey) -> int:
    if at <= LATEST:
        return at
    raise Refusal(
        "GS-PROOF-079",
        f"The time at which {key.name} says that it saw the log is no date.",
        where=f"{at} seconds since 1970",
        why="It lies beyond the year 9999: the witness's clock or program is wrong.",
        remedy="Ask the witness to cosign again, and do not count on this cosignature.",
    )


def _line(line: str, note: str) -> Line:
    mark, name, signature = line.split(" ") if line.count(" ") == 2 else ("", "", "")
    found = unbase64(signature)
    if mark != "—" or not name_is_lawful(name) or found is None or len(found) < 5:
        raise _unwritten(note)
    return Line(name, found[:4], found[4:])


def _unwritten(text: str) -> Refusal:
    return Refusal(
        "GS-PROOF-002",
        "This is not a signed note.",
        where=text.strip().partition("\n")[0][:80],
        why="A signed note is a text, an empty line, and a line for each signature.",
        remedy="Fetch it again, whole and unchanged.",
    )


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself: its name, how many entries it has, and the head of the tree over them.

    `extensions` are further lines; ours have none, and what others' mean is theirs.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text that is signed."""
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """The checkpoint of a note's text.

        Raises:
            Refusal: GS-PROOF-003 if it is not written as a checkpoint is.
        """
        lines = text.split("\n")
        if len(lines) > 3 and all(lines[:-1]) and not lines[-1] and _SIZE.fullmatch(lines[1]):
            root = unbase64(lines[2])
            if root is not None and len(root) == DIGEST:
                return cls(lines[0], int(lines[1]), root, tuple(lines[3:-1]))
        raise Refusal(
            "GS-PROOF-003",
            "This is not a checkpoint of a log.",
            where=text.partition("\n")[0][:80],
            why="A checkpoint says the log's name, its size and the head of its tree, a line each.",
            remedy="Fetch it again, whole and unchanged.",
        )
