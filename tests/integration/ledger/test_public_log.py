"""The public log of a ledger: it holds every event, tells nothing, and finds who wrote the ledger anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.ledger import checking
from goodstanding.ledger.entries import entries, keys_of, log_of
from goodstanding.ledger.erasing import erase
from goodstanding.ledger.logged import against_the_log
from goodstanding.ledger.models import Event, Position, Record
from goodstanding.ledger.publishing import Publication, publish, receipt_of_position, receipt_of_record
from goodstanding.ledger.writing import current_position
from goodstanding.postgres import Role
from goodstanding.proof.auditing import audit
from goodstanding.proof.keys import PASSPHRASE
from goodstanding.proof.notes import Note
from goodstanding.proof.signing import begin
from goodstanding.proof.verifying import verify
from tests.integration.installation import Installation
from tests.integration.ledger.conftest import HEADER, NYC, ROWS

MORE = "30112341,PEARL STREET CAFE LLC,Brooklyn,American,12,Pearl Street,11201,2014-10-07,B,17\n"


def published(here: Installation) -> Publication:
    done = publish(here.home, here.clock)
    assert done is not None
    return done


@pytest.fixture
def logged(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """Three records and a log of how they came."""
    monkeypatch.setenv(PASSPHRASE, "open")
    installation.deliver("nyc.csv", HEADER + ROWS, NYC)
    log = log_of(installation.home)
    with log.held():
        begin(log, keys_of(installation.home), "credit.example/log", installation.clock.today())
    assert published(installation).added == current_position()
    return installation


def test_every_event_is_logged_in_order_and_is_signed_when_the_key_is_there(
    logged: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = log_of(logged.home).folder
    first = audit(folder)
    assert (first.findings, first.positions) == ([], current_position())
    note = Note.parse((folder.path / "checkpoint").read_text(encoding="utf-8"))

    # The key is locked: work goes on, and waits to be signed.
    monkeypatch.setenv(PASSPHRASE, "")
    logged.deliver("more.csv", HEADER + ROWS + MORE, NYC)
    waiting = published(logged)
    assert (waiting.position, waiting.unsigned, waiting.added) == (current_position(), 1, 1)
    assert waiting.refused is not None
    assert waiting.refused.code == "GS-PROOF-011"
    assert audit(folder).positions == first.positions
    with pytest.raises(Refusal) as refused:
        receipt_of_position(logged.home, current_position())
    assert refused.value.code == "GS-PROOF-070"
    monkeypatch.setenv(PASSPHRASE, "open")
    signed = published(logged)
    assert (signed.added, signed.unsigned, signed.refused) == (0, 0, None)
    assert audit(folder, since=note).positions == current_position()

    # Each record of a batch, and each event, has a receipt that verifies by itself.
    for one in Record.objects.all():
        proven = verify(receipt_of_record(logged.home, one.public_id), trusted=signed.key)
        assert (proven.findings, proven.record, proven.leaf) == ([], one.public_id, bytes(one.leaf))
    for number in range(1, current_position() + 1):
        proven = verify(receipt_of_position(logged.home, number))
        event = Event.objects.get(position__number=number)
        assert (proven.findings, proven.entry.kind, proven.said["event"]) == (
            [],
            event.kind,
            str(event.public_id),
        )

    # What is erased stays erased: the log is not touched, and nothing in it can be opened to the content.
    before = {path: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()}
    gone = Record.objects.order_by("pk").first()
    assert gone is not None
    kept = receipt_of_record(logged.home, gone.public_id)
    erase(gone.public_id, ground="test", home=logged.home, clock=logged.clock, actor="somebody by name")
    assert {path: path.read_bytes() for path in before} == before
    erased = current_position()
    assert (published(logged).position, audit(folder, since=note).positions) == (erased, erased)
    proven = verify(receipt_of_record(logged.home, gone.public_id))
    assert (proven.findings, proven.leaf) == ([], verify(kept).leaf)
    whole = b"".join(path.read_bytes() for path in folder.path.rglob("*") if path.is_file()) + kept
    for word in (b"somebody", b"MORRIS", b"BAKE", b"30075445", b"10462", b"test"):
        assert word not in whole

    # The day on which it is logged changes no entry; the node's secret does: without it, no digest can be tried.
    before_all = list(entries(logged.home, 0))
    assert {one.day for one in before_all} == {logged.clock.today()}
    assert published(replace(logged, clock=Clock(date(2030, 1, 1)))).added == 0
    assert list(entries(logged.home, 0)) == before_all
    assert list(against_the_log(logged.home)) == []
    secret = logged.home.secrets / "node.key"
    known = secret.read_text()
    secret.write_text("00" * 32)
    assert not {one.digest for one in entries(logged.home, 0)} & {one.digest for one in before_all}
    secret.write_text(known)

    # A log that was changed, or taken away, is found from the ledger.
    bundle = next(path for path in sorted(folder.path.glob("tile/entries/000.p/*"), reverse=True))
    whole = bundle.read_bytes()
    bundle.write_bytes(whole.replace(b'"intake"', b'"ending"'))
    assert {"GS-PROOF-067", "GS-PROOF-080"} <= {one.code for one in against_the_log(logged.home)}
    bundle.write_bytes(whole)
    assert list(against_the_log(logged.home)) == []
    (log_of(logged.home).kept / "state.json").unlink()
    assert [one.code for one in against_the_log(logged.home)] == ["GS-PROOF-081"]


def rewrite(here: Installation, deed: str) -> None:
    """What an owner of the database can do who knows all of it: change it, and write every digest anew."""
    with here.connect(Role.OWNER) as owner:
        tables = [str(row[0]) for row in owner.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%append\\_only'"
        ).fetchall()]  # fmt: skip
        for table in tables:
            owner.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER'.encode())
        owner.execute(deed.encode())
        owner.execute("UPDATE ledger_position SET root = ledger_event_root(event_id)")
        owner.execute(
            "DO $$ DECLARE p record; last bytea := ''; BEGIN FOR p IN SELECT * FROM ledger_position ORDER BY number"
            " LOOP last := sha256(last || p.root || int8send(p.number));"
            " UPDATE ledger_position SET chain = last WHERE number = p.number; END LOOP; END $$"
        )
        for table in tables:
            owner.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER'.encode())


def test_a_ledger_that_was_written_anew_with_all_digests_is_found_by_its_log(
    logged: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        checking, "guards", lambda: iter(())
    )  # which nobody touches here, and which take long
    number = Position.objects.get(event__kind=Event.Kind.INTAKE).number
    rewrite(logged, "UPDATE ledger_subjectname SET text = 'OTHER', key = 'other'")
    assert [(one.code, one.about) for one in checking.check(logged.home).findings] == [
        ("GS-PROOF-080", f"position {number} (intake)")
    ]

    # A ledger that is no longer the logged one is not logged on with.
    rewrite(logged, f"DELETE FROM ledger_position WHERE number >= {number}")
    lost = [one for one in against_the_log(logged.home) if one.code == "GS-PROOF-080"]
    assert (lost[0].about, lost[0].what) == (
        f"position {number} (intake)",
        "It was logged, and the ledger has it no more.",
    )
    with pytest.raises(Refusal) as refused:
        publish(logged.home, logged.clock)
    assert refused.value.code == "GS-PROOF-033"
