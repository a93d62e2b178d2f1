"""The commands of the public log that need no database: keys, audit, witnesses, and what a receipt proves in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from goodstanding.cli import app
from goodstanding.core.errors import Refusal
from goodstanding.proof.entries import canonical, salt_of
from goodstanding.proof.keys import Signer
from goodstanding.proof.log import Log
from goodstanding.proof.notes import LATEST, WITNESS
from goodstanding.proof.receipts import receipt
from goodstanding.proof.signing import KeyRing, sign
from tests.unit.proof.logs import DAY, SECRET, entries, said


def run(*words: object, exits: int = 0) -> str:
    done = CliRunner().invoke(app, [str(one) for one in words])
    if isinstance(done.exception, Refusal):
        raise done.exception
    assert done.exit_code == exits, done.output
    return done.stdout


@pytest.fixture
def home(tmp_path: Path) -> Path:
    run("log", "key", "new", "--name", "credit.example/log", "--home", tmp_path, "--today", "2026-11-02")
    add(tmp_path, 3)
    return tmp_path


def add(home: Path, last: int) -> None:
    log = Log(home / "log", home / "log-state")
    with log.held():
        log.append(entries(log.state().position + 1, last))
        sign(log, KeyRing(home / "secrets"), DAY)


def test_an_audit_says_that_all_verifies_or_names_what_differs(home: Path) -> None:
    kept = home / "kept"
    said_now = json.loads(run("log", "audit", home / "log", "--keep", kept))
    assert (said_now["sound"], said_now["entries"], said_now["log"]) == (True, 4, "credit.example/log")
    run("log", "key", "rotate", "--home", home)
    add(home, 5)
    again = json.loads(run("log", "audit", home / "log", "--since", kept, "--key", said_now["key"]))
    assert (again["sound"], again["keys so far"]) == (True, 2)
    bundle = home / "log/tile/entries/000.p/7"
    bundle.write_bytes(bundle.read_bytes().replace(b'"run"', b'"rum"'))
    wrong = json.loads(run("log", "audit", home / "log", "--since", kept, exits=3))
    assert [one["code"] for one in wrong["list"]] == ["GS-PROOF-067"]
    assert wrong["list"][0]["about"] == "entry 3 in tile/entries/000.p/7"


def test_a_receipt_is_said_in_words(home: Path) -> None:
    log = Log(home / "log", home / "log-state")
    file = home / "receipt.json"
    data = receipt(log.folder, log.state(), 3, salt=salt_of(SECRET, 3), said=said(3))
    file.write_bytes(data)
    key = json.loads(run("verify", file))["key"]
    told = json.loads(run("verify", file, "--key", key))
    assert told["verifies"] is True
    assert "position 3 on 2026-11-02: a rulebook was run" in told["proven"][0]
    assert any("each key vouched for the next" in one for one in told["proven"])
    assert any("still counts today" in one for one in told["not_proven"])
    assert any("names none, and proves none" in one for one in told["not_proven"])
    # A part that does not verify is named; what is no receipt any more is refused.
    value = json.loads(data)
    value["said"]["root"] = "00" * 32
    file.write_bytes(
        json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
    )
    wrong = json.loads(run("verify", file, exits=3))
    assert [(one["code"], one["about"]) for one in wrong["findings"]] == [("GS-PROOF-073", "said")]
    assert wrong["proven"] == []
    file.write_bytes(data + b" ")
    with pytest.raises(Refusal) as refused:
        run("verify", file)
    assert refused.value.code == "GS-PROOF-071"


def test_a_witness_cosigns_and_the_log_publishes_it(home: Path) -> None:
    key = json.loads(run("log", "audit", home / "log"))["key"]
    folder, output = home / "witness", home / "cosigned"
    witness = json.loads(run("log", "witness", "new", "--name", "watch.example/w", "--folder", folder))["key"]
    cosign = ("log", "witness", "cosign", home / "log", "--key", key, "--folder", folder, "--output", output)
    run(*cosign)
    with pytest.raises(AssertionError):
        run("log", "audit", home / "log", "--witness", witness)
    run("log", "witness", "accept", output, "--witness", witness, "--home", home)
    seen = json.loads(run("log", "audit", home / "log", "--witness", witness))
    assert "cosigned by watch.example/w" in seen
    (home / "log/tile/0/000.p/4").write_bytes(bytes(128))
    assert json.loads(run(*cosign, exits=3))["sound"] is False


@pytest.mark.parametrize(("at", "good"), [(LATEST, True), (LATEST + 1, False), (2**64 - 1, False)])
def test_a_witness_says_a_time_that_is_a_date(home: Path, at: int, good: bool) -> None:
    witness = Signer.new("watch.example/w")
    log, name = Log(home / "log", home / "log-state"), witness.public(WITNESS)
    note, file = log.checkpoint(), home / "receipt.json"
    assert note is not None
    plain = receipt(log.folder, log.state(), 3, salt=salt_of(SECRET, 3), said=said(3))
    value = json.loads(plain)
    value["checkpoint"] = str(note.cosigned(witness.key, witness.name, at))
    file.write_bytes(canonical({**value, "witnesses": [str(name)]}) + b"\n")
    (home / "log/checkpoint").write_text(value["checkpoint"])
    audit = ("log", "audit", home / "log", "--witness", name)
    for words in (("verify", file), audit):
        if good:
            assert "9999-12-31T23:59:59" in run(*words)
        else:
            with pytest.raises(Refusal) as refused:
                run(*words)
            assert refused.value.code == "GS-PROOF-079"


def test_a_log_has_one_first_key(home: Path) -> None:
    with pytest.raises(Refusal) as refused:
        run("log", "key", "new", "--name", "other.example/log", "--home", home)
    assert refused.value.code == "GS-PROOF-013"
    with pytest.raises(Refusal) as refused:
        run("log", "key", "new", "--name", "not a name", "--home", home / "other")
    assert refused.value.code == "GS-PROOF-005"
