"""Signed notes, checkpoints and cosignatures are written as others write them, and one changed sign is refused."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from goodstanding.core.errors import Refusal
from goodstanding.proof.notes import WITNESS, Checkpoint, Line, Note, VerifierKey

# The example of the documentation of Go's package golang.org/x/mod/sumdb/note.
KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# The example of the specification of cosignatures.
SEEN = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)


def private(number: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)


def public(number: int, name: str, kind: int = 1) -> VerifierKey:
    return VerifierKey(name, private(number).public_key().public_bytes_raw(), kind)


def test_the_example_of_others_verifies() -> None:
    key = VerifierKey.parse(KEY)
    assert str(key) == KEY
    note = Note.parse(NOTE)
    assert str(note) == NOTE
    assert note.is_signed_by(key)


def test_each_changed_byte_of_a_note_is_refused() -> None:
    key, data = VerifierKey.parse(KEY), NOTE.encode()
    for place in range(len(data)):
        for bit in (1, 4, 128):
            changed = data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :]
            try:
                assert not Note.parse(changed.decode()).is_signed_by(key), changed
            except UnicodeDecodeError:
                continue
            except Refusal as refusal:
                assert refusal.code == "GS-PROOF-002"


def test_a_checkpoint_and_its_witness_are_read() -> None:
    note = Note.parse(SEEN)
    found = Checkpoint.parse(note.text)
    assert (found.origin, found.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert found.text == note.text
    assert note.lines[1].name == "witness.example.com/w1"
    assert int.from_bytes(note.lines[1].signature[:8], "big") == 1_679_315_147


def test_a_witness_says_what_it_saw_and_when() -> None:
    note = Note(Checkpoint("goods.example/log", 3, b"\x01" * 32).text).signed(private(1), "goods.example/log")
    seen = note.cosigned(private(2), "witness.example/w", 1_800_000_000)
    witness = public(2, "witness.example/w", WITNESS)
    assert Note.parse(str(seen)).seen_by(witness) == 1_800_000_000
    assert seen.is_signed_by(public(1, "goods.example/log"))
    assert note.seen_by(witness) is None
    assert seen.seen_by(public(3, "witness.example/w", WITNESS)) is None
    later = Note(seen.text, (seen.lines[0],)).cosigned(private(2), "witness.example/w", 1_800_000_001)
    backdated = seen.lines[1].signature[:8] + later.lines[1].signature[8:]
    assert Note(seen.text, (Line(witness.name, witness.id, backdated),)).seen_by(witness) is None


def test_keys_of_another_kind_or_miswritten_are_refused() -> None:
    witness = str(public(2, "w.example", WITNESS))
    assert VerifierKey.parse(witness, WITNESS) == public(2, "w.example", WITNESS)
    for text in (
        witness,
        KEY[:-1],
        KEY.replace("c74f", "c74e"),
        KEY.replace("Peter", "Pe er"),
        "",
        "a+b+c",
    ):
        with pytest.raises(Refusal) as refused:
            VerifierKey.parse(text)
        assert refused.value.code == "GS-PROOF-001"


@pytest.mark.parametrize(
    "text",
    [
        "o\n3\n",
        "o\n03\nAAAA\n",
        "o\n-1\n" + base64.b64encode(b"\0" * 32).decode() + "\n",
        "o\n1\nAAAA\n",
        "\n1\n" + base64.b64encode(b"\0" * 32).decode() + "\n",
    ],
)
def test_no_other_text_is_a_checkpoint(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        Checkpoint.parse(text)
    assert refused.value.code == "GS-PROOF-003"
