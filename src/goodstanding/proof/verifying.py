"""Verify a receipt, offline and from the one file: each part of it is held against the signature of its checkpoint."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

from goodstanding.core.errors import Refusal
from goodstanding.proof.entries import SALT, KeyEntry, LedgerEntry, canonical, commitment, parse
from goodstanding.proof.findings import Finding
from goodstanding.proof.hashing import DIGEST, leaf_hash
from goodstanding.proof.keychain import KeyChain
from goodstanding.proof.notes import WITNESS, Checkpoint, Note, VerifierKey, unbase64
from goodstanding.proof.paths import root_of_inclusion
from goodstanding.proof.receipts import KIND, record_hash

_PARTS = {"receipt", "checkpoint", "entry", "keys", "said", "salt", "witnesses"}
_RECORD = {"id", "leaf", "index", "path"}


@dataclass
class Verdict:
    """What a receipt proves, if nothing was found; the members are what it says."""

    checkpoint: Checkpoint
    entry: LedgerEntry
    index: int
    said: dict[str, object]
    keys: KeyChain
    record: UUID | None = None
    leaf: bytes = b""
    seen: dict[str, int] = field(default_factory=dict)
    trusted: VerifierKey | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether all of it verifies."""
        return not self.findings

    @property
    def signer(self) -> VerifierKey | None:
        """The key that signs a checkpoint of this size, by the entries that the receipt brings."""
        return self.keys.signing(self.checkpoint.size)


def verify(data: bytes, *, trusted: VerifierKey | None = None) -> Verdict:
    """Verify a receipt.

    Args:
        trusted: the key of the log, or an earlier one, known from elsewhere.

    Raises:
        Refusal: GS-PROOF-071 if this is no receipt, or is not written in the one way in which a receipt is; or the
            code of the part that cannot be read.
    """
    value = _parts(data)
    note = Note.parse(_text(value, "checkpoint"))
    checkpoint = Checkpoint.parse(note.text)
    index, entry_data, path = _proven(_part(value, "entry"))
    entry = parse(entry_data)
    if not isinstance(entry, LedgerEntry):
        raise _no_receipt("Its entry is none of the ledger.")
    found = Verdict(checkpoint, entry, index, _part(value, "said"), KeyChain(), trusted=trusted)
    found.findings += _entry(found, entry_data, path, _hex(value, "salt", SALT))
    found.findings += _keys(found, _list(value, "keys"))
    found.findings += found.keys.judge(note, checkpoint, "checkpoint")
    found.findings += _lines(found, note, _witnesses(value))
    if "record" in value:
        found.findings += _record(found, _part(value, "record"))
    if trusted and (finding := found.keys.vouched_from(trusted, checkpoint.size)):
        found.findings.append(finding)
    return found


def _entry(found: Verdict, data: bytes, path: list[bytes], salt: bytes) -> Iterator[Finding]:
    checkpoint = found.checkpoint
    if root_of_inclusion(found.index, checkpoint.size, leaf_hash(data), path) != checkpoint.root:
        yield Finding(
            "GS-PROOF-072",
            "entry",
            "The path from the entry does not lead to the head that the checkpoint signs.",
        )
    if commitment(salt, found.said) != found.entry.digest:
        yield Finding("GS-PROOF-073", "said", "What the receipt says of the event is not what was logged.")


def _keys(found: Verdict, links: list[object]) -> Iterator[Finding]:
    size, root = found.checkpoint.size, found.checkpoint.root
    for number, link in enumerate(links):
        index, data, path = _proven(cast("dict[str, object]", link if isinstance(link, dict) else {}))
        entry = parse(data)
        if not isinstance(entry, KeyEntry):
            raise _no_receipt("One of its keys is none.")
        if root_of_inclusion(index, size, leaf_hash(data), path) != root:
            yield Finding("GS-PROOF-074", f"key {number}", "The log does not name this key at this place.")
        yield from found.keys.add(index, entry)


def _witnesses(value: dict[str, object]) -> list[VerifierKey]:
    """The witnesses' keys. Each is written in one way, and they stand in one order."""
    found = [VerifierKey.parse(one, WITNESS) for one in _list(value, "witnesses") if isinstance(one, str)]
    if sorted({str(one) for one in found}) != value["witnesses"]:
        raise _no_receipt("The keys of its witnesses are not written as they were.")
    return found


def _lines(found: Verdict, note: Note, witnesses: list[VerifierKey]) -> Iterator[Finding]:
    """Every signature line of a receipt is checked: it brings the keys of all of them, in the order of the lines."""
    for key in witnesses:
        at = note.seen_by(key)
        if at is None:
            yield Finding("GS-PROOF-057", "checkpoint", f"The witness {key.name} has not cosigned it.")
        else:
            found.seen[key.name] = at
    signer = found.signer
    wanted = [(key.name, key.id) for key in (signer, *witnesses) if key is not None]
    if [(line.name, line.id) for line in note.lines] != wanted or len(found.seen) != len(witnesses):
        yield Finding(
            "GS-PROOF-075",
            "checkpoint",
            "Its signatures are not those of the keys that the receipt brings, one of each in their order.",
        )


def _record(found: Verdict, part: dict[str, object]) -> Iterator[Finding]:
    records = found.said.get("records")
    head, count = (records.get("head"), records.get("count")) if isinstance(records, dict) else (None, None)
    index, leaf = part.get("index"), _hex(part, "leaf", DIGEST)
    path = _path(part)
    try:
        record = UUID(_text(part, "id"))
    except ValueError:
        raise _no_receipt("The id of its record is none.") from None
    # A boolean is an int to Python, and no place in a list.
    if type(index) is not int or type(count) is not int or str(record) != part["id"] or set(part) != _RECORD:
        raise _no_receipt("It does not say where its record stands.")
    reached = root_of_inclusion(index, count, record_hash(record, leaf), path)
    if reached is None or reached.hex() != head:
        yield Finding("GS-PROOF-076", "record", "The record is none of those that this event wrote.")
    found.record, found.leaf = record, leaf


def _parts(data: bytes) -> dict[str, object]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise _no_receipt("It is not JSON.") from None
    if not isinstance(value, dict) or value.get("receipt") != KIND or set(value) - {"record"} != _PARTS:
        raise _no_receipt(f"It has not the parts of a “{KIND}”.")
    try:
        same = canonical(value) + b"\n" == data
    except (ValueError, RecursionError):
        same = False
    if not same:
        raise _no_receipt(
            "It is not written as it was made: some sign of it was changed, added or taken away."
        )
    return value


def _proven(part: dict[str, object]) -> tuple[int, bytes, list[bytes]]:
    index = part.get("index")
    if type(index) is not int or set(part) != {"index", "text", "path"}:
        raise _no_receipt("An entry in it does not say where it stands.")
    return index, _text(part, "text").encode(), _path(part)


def _path(part: dict[str, object]) -> list[bytes]:
    steps = [unbase64(one) if isinstance(one, str) else None for one in _list(part, "path")]
    whole = [one for one in steps if one is not None and len(one) == DIGEST]
    if len(whole) != len(steps):
        raise _no_receipt("A step of a path in it is no hash.")
    return whole


def _part(value: dict[str, object], name: str) -> dict[str, object]:
    found = value.get(name)
    if not isinstance(found, dict):
        raise _no_receipt(f"Its part “{name}” is not a list of names and values.")
    return cast("dict[str, object]", found)


def _list(value: dict[str, object], name: str) -> list[object]:
    found = value.get(name)
    if not isinstance(found, list):
        raise _no_receipt(f"Its part “{name}” is not a list.")
    return cast("list[object]", found)


def _text(value: dict[str, object], name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str):
        raise _no_receipt(f"Its part “{name}” is not a text.")
    return found


def _hex(value: dict[str, object], name: str, size: int) -> bytes:
    text = _text(value, name)
    try:
        found = bytes.fromhex(text)
    except ValueError:
        found = b""
    if len(found) != size or found.hex() != text:
        raise _no_receipt(f"Its part “{name}” is not written in {size * 2} hexadecimal digits.")
    return found


def _no_receipt(why: str) -> Refusal:
    return Refusal(
        "GS-PROOF-071",
        "This is not a receipt as it was handed out.",
        why=why,
        remedy="Ask whoever handed it out for the file again, unchanged.",
    )
