"""A receipt verifies from the one file; one changed bit anywhere in it, and it does not."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from uuid import UUID

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.proof.entries import LedgerEntry, canonical, commitment, salt_of
from goodstanding.proof.keys import Signer
from goodstanding.proof.notes import WITNESS, VerifierKey
from goodstanding.proof.receipts import RecordTree, receipt, record_hash
from goodstanding.proof.signing import rotate, sign
from goodstanding.proof.verifying import verify
from goodstanding.proof.witnessing import Witness, accepted
from tests.unit.proof.logs import DAY, SECRET, Place, place, said

RECORDS = [(UUID(int=number), bytes([number]) * 32) for number in range(1, 6)]


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Place:
    found = place(tmp_path_factory.mktemp("receipts"))
    found.add(300)
    with found.log.held():
        rotate(found.log, found.ring, DAY)
    found.add(310)
    return found


def receipt_of(where: Place, position: int) -> bytes:
    salt = salt_of(SECRET, position)
    return receipt(where.log.folder, where.log.state(), position, salt=salt, said=said(position))


def with_record(where: Place, *, watched: int = 0) -> tuple[bytes, bytes]:
    """Receipts of a batch's record, cosigned by some: one that is in it, and the same for one that is not."""
    where.add(3)
    tree = RecordTree([record_hash(*one) for one in RECORDS])
    opened = {"event": "e", "root": "00", "records": {"count": tree.size, "head": tree.head().hex()}}
    salt = salt_of(SECRET, 4)
    with where.log.held():
        where.log.append([LedgerEntry("intake", 4, DAY, commitment(salt, opened))])
        sign(where.log, where.ring, DAY)
        witnesses = [cosign(where, f"witness.example/{number}") for number in range(watched)]
    proof = tree.proof(*RECORDS[1])
    good = receipt(
        where.log.folder, where.log.state(), 4, salt=salt, said=opened, record=proof, witnesses=witnesses
    )
    value = json.loads(good)
    value["record"]["leaf"] = "07" * 32
    return good, canonical(value) + b"\n"


def cosign(where: Place, name: str) -> VerifierKey:
    witness = Signer.new(name)
    note = where.log.checkpoint()
    assert note is not None
    where.log.publish(note.cosigned(witness.key, name, 1_800_000_000))
    return witness.public(WITNESS)


@pytest.mark.parametrize("position", [1, 255, 256, 300, 301, 310])
def test_a_receipt_verifies_from_the_one_file(where: Place, position: int) -> None:
    keys = [key for _, key in where.log.state().keys]
    for trusted in (None, *keys):
        found = verify(receipt_of(where, position), trusted=trusted)
        assert found.findings == []
        assert (found.entry.position, found.checkpoint.size) == (position, 312)
        assert (found.signer, found.said) == (keys[-1], said(position))


def test_one_bit_changed_anywhere_is_found(tmp_path: Path) -> None:
    small = place(tmp_path)
    small.add(1)
    with small.log.held():
        rotate(small.log, small.ring, DAY)
    data = receipt_of(small, 1)
    assert verify(data).holds
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1 << at % 7
        try:
            assert verify(bytes(changed)).findings, data[at - 20 : at + 1]
        except Refusal as refusal:
            assert refusal.code.startswith("GS-PROOF-0"), refusal


def test_one_part_changed_is_named(where: Place) -> None:
    value, other = json.loads(receipt_of(where, 301)), json.loads(receipt_of(where, 5))
    for part, about in (("entry", "said"), ("said", "said"), ("salt", "said")):
        mixed = verify(canonical({**value, part: other[part]}) + b"\n")
        assert {one.about for one in mixed.findings} == {about}
    moved = verify(canonical({**value, "entry": {**value["entry"], "index": 7}}) + b"\n")
    assert [one.about for one in moved.findings] == ["entry"]
    stranger = f"— other.example {b64encode(bytes(68)).decode()}\n"
    more = verify(canonical({**value, "checkpoint": value["checkpoint"] + stranger}) + b"\n")
    assert [one.code for one in more.findings] == ["GS-PROOF-075"]
    fewer = verify(canonical({**value, "keys": value["keys"][:1]}) + b"\n")
    assert {one.about for one in fewer.findings} == {"checkpoint"}


def test_a_record_of_a_batch_is_proven_and_no_other(tmp_path: Path) -> None:
    good, wrong = with_record(place(tmp_path))
    found = verify(good)
    assert (found.findings, found.record, found.leaf) == ([], RECORDS[1][0], RECORDS[1][1])
    assert [one.code for one in verify(wrong).findings] == ["GS-PROOF-076"]
    for at in range(good.index(b'"record"'), len(good)):
        changed = bytearray(good)
        changed[at] ^= 1 << at % 7
        try:
            assert verify(bytes(changed)).findings
        except Refusal as refusal:
            assert refusal.code.startswith("GS-PROOF-0")


def test_a_receipt_is_written_in_one_way(tmp_path: Path) -> None:
    where = place(tmp_path)
    good, _ = with_record(where, watched=2)
    assert (verify(good).findings, len(verify(good).seen)) == ([], 2)
    value = json.loads(good)
    body, signed = value["checkpoint"].split("\n\n")
    own, first, second = signed.splitlines(keepends=True)
    record, entry = value["record"], value["entry"]
    changes: list[dict[str, object]] = [
        {"record": {**record, "index": True}},  # to Python it is 1, where the record stands
        {"record": {**record, "more": 1}},
        {"record": {**record, "id": f"{{{record['id']}}}"}},
        {"record": None},
        {"entry": {**entry, "more": 1}},
        {"entry": {**entry, "index": False}},
        {"keys": [{**value["keys"][0], "index": False}]},  # it is entry 0
        {"witnesses": [f" {value['witnesses'][0]}", value["witnesses"][1]]},
        {"witnesses": value["witnesses"][::-1]},
        {"witnesses": [*value["witnesses"], value["witnesses"][1]]},
        {"witnesses": [*value["witnesses"], 1]},
        {"checkpoint": f"{body}\n\n{own}{second}{first}"},
        {"checkpoint": f"{body}\n\n{first}{own}{second}"},
        {"checkpoint": f"{body}\n\n{own}{own}{first}{second}"},
        {"checkpoint": f"{body}\n\n{own}{second}{first}", "witnesses": value["witnesses"][::-1]},
        {"salt": value["salt"] + "00"},
        {"more": 1},
    ]
    for change in changes:
        try:
            assert verify(canonical({**value, **change}) + b"\n").findings, change
        except Refusal as refusal:
            assert refusal.code.startswith("GS-PROOF-0"), refusal
    assert verify(good[:-1] + b"\n").holds
    with pytest.raises(Refusal):
        verify(json.dumps(value).encode() + b"\n")


def test_without_its_record_a_receipt_is_one_of_the_event(tmp_path: Path) -> None:
    good, _ = with_record(place(tmp_path))
    value = json.loads(good)
    del value["record"]
    found = verify(canonical(value) + b"\n")
    assert (found.holds, found.record) == (True, None)


def test_a_key_from_elsewhere_must_be_one_of_the_log(where: Place, tmp_path: Path) -> None:
    other = place(tmp_path).log.state().keys[0][1]
    assert [one.code for one in verify(receipt_of(where, 5), trusted=other).findings] == ["GS-PROOF-055"]


def test_there_is_no_receipt_of_what_is_not_signed(tmp_path: Path) -> None:
    where = place(tmp_path)
    where.add(3)
    where.add(5, signed=False)
    for position in (0, 4, 6):
        with pytest.raises(Refusal) as refused:
            receipt_of(where, position)
        assert refused.value.code == "GS-PROOF-070"


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"receipt":1}', b"[" * 100_000])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        verify(data)
    assert refused.value.code == "GS-PROOF-071"


def test_a_witness_vouches_once_for_each_place(tmp_path: Path) -> None:
    where, witness = place(tmp_path / "log"), Witness(tmp_path / "witness")
    key = where.log.state().keys[0][1]
    name = witness.begin("witness.example/w")
    where.add(3)
    seen = witness.cosign(where.log.folder, key, 1_800_000_000)
    note = where.log.checkpoint()
    assert seen.note is not None
    assert note is not None
    with where.log.held():
        where.log.publish(accepted(note, seen.note, name))
    salt = salt_of(SECRET, 2)
    data = receipt(where.log.folder, where.log.state(), 2, salt=salt, said=said(2), witnesses=[name])
    assert (verify(data).findings, verify(data).seen) == ([], {"witness.example/w": 1_800_000_000})
    for at in range(data.index(b"checkpoint"), data.index(b'"entry"')):
        changed = bytearray(data)
        changed[at] ^= 1 << at % 7
        try:
            assert verify(bytes(changed)).findings
        except Refusal:
            continue
    # The log is rewritten with its own key: whoever asks now could be told anything; the witness is not.
    where.add(9)
    rewritten = place(tmp_path / "rewritten", begun=False)
    rewritten.ring.coming.write_bytes(where.ring.current.read_bytes())
    rewritten.add(12)
    refused = witness.cosign(rewritten.log.folder, key, 1_800_000_100)
    assert refused.note is None
    assert "GS-PROOF-060" in {one.code for one in refused.audit.findings}
    assert witness.cosign(where.log.folder, key, 1_800_000_200).note is not None
    newest = where.log.checkpoint()
    assert newest is not None
    with pytest.raises(Refusal) as too_old:
        accepted(newest, seen.note, name)
    assert too_old.value.code == "GS-PROOF-078"
    assert str(name) == str(witness.begin("witness.example/w"))
    assert name.kind == WITNESS
