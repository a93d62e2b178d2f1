"""A log goes on in order: after a kill, with the key locked, with another key; and what it said stays true."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.proof.auditing import audit
from goodstanding.proof.durable import Writing
from goodstanding.proof.edge import Edge
from goodstanding.proof.hashing import head_of, leaf_hash
from goodstanding.proof.keys import PASSPHRASE
from goodstanding.proof.log import Log
from goodstanding.proof.notes import Checkpoint, Note
from goodstanding.proof.published import Tiles
from goodstanding.proof.signing import begin, rotate, sign
from tests.unit.proof.logs import DAY, Place, entries, place


def note_of(where: Place) -> Note:
    note = where.log.checkpoint()
    assert note is not None
    return note


def test_however_it_is_cut_into_sets_the_log_is_the_same(tmp_path: Path) -> None:
    at_once, bit_by_bit = place(tmp_path / "one"), place(tmp_path / "other")
    at_once.add(700)
    for last in (1, 2, 255, 256, 300, 511, 699, 700):
        bit_by_bit.add(last)
    for where in (at_once, bit_by_bit):
        done = audit(where.log.folder)
        assert (done.findings, done.size, done.positions) == ([], 701, 700)
        tiles = Tiles(where.log.folder, 701)
        assert done.root == head_of(leaf_hash(tiles.entry(index)) for index in range(701))
        assert [tiles.entry(index) for index in range(1, 701)] == [one.data for one in entries(1, 700)]


def test_partial_tiles_stay_until_the_full_one_is_there(tmp_path: Path) -> None:
    where = place(tmp_path)
    where.add(10)
    where.add(20)
    kept = {one.name for one in (where.folder / "tile/0/000.p").iterdir()}
    assert kept == {"1", "11", "21"}
    where.add(300)
    assert not (where.folder / "tile/0/000.p").exists()
    assert not (where.folder / "tile/entries/000.p").exists()
    assert audit(where.log.folder).sound


def test_a_writer_that_is_killed_leaves_a_log_that_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = place(tmp_path)
    where.add(250)
    before, note = where.log.state(), note_of(where)
    real = Path.rename
    for files_in_place in range(8):
        done = 0

        def killed(self: Path, target: Path, limit: int = files_in_place) -> Path:
            nonlocal done
            if done == limit:
                raise KeyboardInterrupt
            done += 1
            return real(self, target)

        with monkeypatch.context() as patched:
            patched.setattr(Path, "rename", killed)
            with pytest.raises(KeyboardInterrupt):
                where.add(600)
        if where.log.state() == before:
            assert audit(where.log.folder).sound, files_in_place
            assert note_of(where) == note
    where.add(600)
    done_at_last = audit(where.log.folder, since=note)
    assert (done_at_last.findings, done_at_last.positions) == ([], 600)


def test_no_position_is_left_out_or_logged_twice(tmp_path: Path) -> None:
    where = place(tmp_path)
    where.add(5)
    for position in (5, 7):
        with pytest.raises(Refusal) as refused, where.log.held():
            where.log.append(entries(position, position))
        assert refused.value.code == "GS-PROOF-031"
    assert where.log.state().position == 5


def test_work_goes_on_while_the_key_is_locked_and_is_signed_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE, "open sesame")
    where = place(tmp_path)
    where.add(3)
    note = note_of(where)
    for words in ("", "another"):
        monkeypatch.setenv(PASSPHRASE, words)
        with pytest.raises(Refusal) as refused:
            where.add(where.log.state().position + 300)
        assert refused.value.code == "GS-PROOF-011"
        assert note_of(where) == note
        assert audit(where.log.folder).sound  # what is not signed yet is nobody's claim
    assert (where.log.state().position, where.log.unsigned()) == (603, 600)
    monkeypatch.setenv(PASSPHRASE, "open sesame")
    where.add(603)
    assert where.log.unsigned() == 0
    assert audit(where.log.folder, since=note).sound
    assert b"ENCRYPTED" in where.ring.current.read_bytes()
    assert where.ring.current.stat().st_mode & 0o077 == 0


def test_a_new_key_takes_over_and_old_checkpoints_stay_good(tmp_path: Path) -> None:
    where = place(tmp_path)
    where.add(5)
    first, old = where.log.state().keys[0][1], note_of(where)
    private = where.ring.current.read_bytes()
    with where.log.held():
        second = rotate(where.log, where.ring, DAY)
    where.add(9)
    done = audit(where.log.folder, since=old, trusted=first)
    assert (done.findings, [entry.key for _, entry in done.keys.links]) == ([], [first, second])
    assert audit(where.log.folder, trusted=second).sound
    assert where.ring.current.read_bytes() != private
    assert [where.log.state().index_of(position) for position in (1, 5, 6, 9)] == [1, 5, 7, 10]
    # The old key cannot sign for the time after it, even if somebody kept it.
    where.ring.current.write_bytes(private)
    with pytest.raises(Refusal) as refused:
        where.add(10)
    assert refused.value.code == "GS-PROOF-032"


@pytest.mark.parametrize("steps", range(9))
def test_a_change_of_keys_that_is_killed_is_ended_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    where = place(tmp_path)
    where.add(5)
    first, old, done = where.log.state().keys[0][1], note_of(where), 0
    real = {name: getattr(Path, name) for name in ("rename", "replace")}

    def stopping(name: str) -> object:
        def stopped(self: Path, target: Path) -> Path:
            nonlocal done
            done += 1
            if done > steps:
                raise KeyboardInterrupt
            moved = real[name](self, target)
            assert isinstance(moved, Path)
            return moved

        return stopped

    with monkeypatch.context() as patched:
        for name in real:
            patched.setattr(Path, name, stopping(name))
        try:
            with where.log.held():
                rotate(where.log, where.ring, DAY)
        except KeyboardInterrupt:
            pass
    where.add(8)
    found = audit(where.log.folder, since=old, trusted=first)
    assert (found.findings, found.positions) == ([], 8)
    assert len(found.keys.links) == (1 if steps == 0 else 2)
    assert not where.ring.coming.exists()


def test_after_a_loss_the_log_says_so(tmp_path: Path) -> None:
    where = place(tmp_path)
    where.add(5)
    first, old = where.log.state().keys[0][1], note_of(where)
    where.ring.current.unlink()
    for lost, name in ((False, ""), (True, "other.example/log")):
        with pytest.raises(Refusal) as refused, where.log.held():
            begin(where.log, where.ring, name, DAY, lost=lost)
        assert refused.value.code == "GS-PROOF-014"
    with where.log.held():
        second = begin(where.log, where.ring, "", DAY, lost=True)
    where.add(7)
    assert audit(where.log.folder, trusted=second).sound
    for since, trusted in ((None, first), (old, None), (old, first)):
        found = audit(where.log.folder, since=since, trusted=trusted).findings
        assert [(one.code, str(second) in one.what) for one in found] == [("GS-PROOF-056", True)]
    assert audit(where.log.folder, since=note_of(where)).sound


def test_a_log_is_not_begun_twice(tmp_path: Path) -> None:
    where = place(tmp_path)
    where.add(5)
    with pytest.raises(Refusal) as refused, where.log.held():
        begin(where.log, where.ring, "credit.example/log", DAY)
    assert refused.value.code == "GS-PROOF-013"
    (where.log.kept / "state.json").unlink()
    with pytest.raises(Refusal) as refused:
        where.add(6)
    assert refused.value.code == "GS-PROOF-030"


def test_a_log_whose_newest_files_were_changed_does_not_go_on(tmp_path: Path) -> None:
    where = place(tmp_path)
    where.add(5)
    tile = where.folder / "tile/0/000.p/6"
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
    with pytest.raises(Refusal) as refused:
        where.add(6)
    assert refused.value.code == "GS-PROOF-030"


def test_nobody_signs_with_a_key_that_the_log_does_not_name(tmp_path: Path) -> None:
    where, other = place(tmp_path / "one"), place(tmp_path / "other")
    where.add(2)
    with pytest.raises(Refusal) as refused, where.log.held():
        sign(where.log, other.ring, DAY)
    assert refused.value.code == "GS-PROOF-032"


def test_the_edge_is_that_of_a_tree_of_any_size(tmp_path: Path) -> None:
    log = Log(tmp_path / "log", tmp_path / "kept")
    with log.held():
        edge, hashes = Edge(0, [], []), list[bytes]()
        for entry in entries(1, 600):
            writing = Writing(log.kept)
            edge.add(entry.data, writing, log.folder)
            hashes.append(leaf_hash(entry.data))
            if len(hashes) in (1, 255, 256, 257, 512, 600):
                edge.write(writing, log.folder)
            writing.settle()
            if len(hashes) in (1, 255, 256, 257, 512, 600):
                again = Edge.read(log.folder, len(hashes))
                assert again is not None
                assert again.head() == edge.head() == head_of(hashes)


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    where = place(tmp_path)
    with where.log.held() as mine, where.log.held(wait=False) as other:
        assert (mine, other) == (True, False)


def test_a_checkpoint_is_not_signed_twice(tmp_path: Path) -> None:
    where = place(tmp_path)
    where.add(2)
    note = note_of(where)
    where.add(2)
    assert note_of(where) == note
    assert Checkpoint.parse(note.text).size == 3
