"""Whatever is changed in a published log is found, and named; so is a log that took something back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.proof.auditing import audit
from goodstanding.proof.entries import KeyEntry
from goodstanding.proof.keys import Signer
from goodstanding.proof.notes import Note
from goodstanding.proof.published import Folder, published
from tests.unit.proof.logs import DAY, NAME, Place, place


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A key and one entry, signed at both sizes: with partial tiles of each."""
    where = place(tmp_path_factory.mktemp("small"))
    where.add(1)
    return where


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Two full tiles and a partial one."""
    where = place(tmp_path_factory.mktemp("larger"))
    where.add(600)
    return where


def codes_after(where: Place, folder: Path, change: Callable[[Path], None]) -> list[tuple[str, str]]:
    shutil.copytree(where.folder, folder)
    change(folder)
    return [(one.code, one.about) for one in audit(Folder(folder)).findings]


def flip(path: str, place_in_it: int) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        data = bytearray((folder / path).read_bytes())
        data[place_in_it] ^= 1
        (folder / path).write_bytes(data)

    return change


def test_every_byte_of_a_log_is_watched(small: Place, tmp_path: Path) -> None:
    folder = tmp_path / "log"
    shutil.copytree(small.folder, folder)
    assert audit(Folder(folder)).sound
    files = [one for one in sorted(folder.rglob("*")) if one.is_file()]
    assert len(files) == 5  # the checkpoint, and bundle and tile of two sizes
    for path in files:
        whole, name = path.read_bytes(), path.relative_to(folder).as_posix()
        for at in range(len(whole)):
            changed = bytearray(whole)
            changed[at] ^= 1 << at % 8
            path.write_bytes(changed)
            findings = audit(Folder(folder)).findings
            assert findings, (name, at)
            # What is named is the file, or the entry in it.
            said = " ".join(one.about for one in findings)
            assert name in said or (name.startswith("tile/entries") and "entry" in said), (name, at, findings)
        for cut in (whole[:-1], whole + b"\0", b""):
            path.write_bytes(cut)
            assert audit(Folder(folder)).findings, name
        path.write_bytes(whole)
    assert audit(Folder(folder)).sound


@pytest.mark.parametrize(
    ("path", "at", "found"),
    [
        ("tile/entries/001", 9000, ("GS-PROOF-067", "entry 326 in tile/entries/001")),
        ("tile/0/001", 32 * 5, ("GS-PROOF-068", "hash 5 in tile/0/001")),
        ("tile/0/002.p/89", 0, ("GS-PROOF-068", "hash 0 in tile/0/002.p/89")),
        ("tile/1/000.p/2", 40, ("GS-PROOF-069", "hash 1 in tile/1/000.p/2")),
    ],
)
def test_what_was_changed_is_named(
    larger: Place, tmp_path: Path, path: str, at: int, found: tuple[str, str]
) -> None:
    named = codes_after(larger, tmp_path / "log", flip(path, at))
    assert found in named
    assert {about for _, about in named if about.startswith("hash")} <= {found[1]}


def test_an_entry_of_the_last_bundle_is_named_too(larger: Place, tmp_path: Path) -> None:
    named = codes_after(larger, tmp_path / "log", flip("tile/entries/002.p/89", 20))
    assert ("GS-PROOF-067", "entry 512 in tile/entries/002.p/89") in named


def test_missing_and_foreign_files_are_named(larger: Place, tmp_path: Path) -> None:
    def without(path: str) -> Callable[[Path], None]:
        return lambda folder: (folder / path).unlink()

    for number, path in enumerate(
        ("tile/entries/000", "tile/0/001", "tile/1/000.p/2", "tile/0/002.p/89", "tile/entries/002.p/89")
    ):
        assert ("GS-PROOF-063", path) in codes_after(larger, tmp_path / str(number), without(path))

    def more(folder: Path) -> None:
        (folder / "names.csv").touch()

    assert codes_after(larger, tmp_path / "foreign", more) == [("GS-PROOF-061", "names.csv")]


def test_entry_and_tile_changed_together_do_not_match_what_was_signed(larger: Place, tmp_path: Path) -> None:
    """Whoever writes the whole log anew, but has not the key."""
    other = place(tmp_path / "other")
    other.add(600)
    shutil.copy(larger.folder / "checkpoint", other.folder / "checkpoint")
    assert [one.code for one in audit(other.log.folder).findings] == ["GS-PROOF-066", "GS-PROOF-054"]


def test_a_log_that_took_something_back_is_found_by_who_kept_a_checkpoint(tmp_path: Path) -> None:
    """Whoever writes the whole log anew, and has the key."""
    where = place(tmp_path / "one")
    where.add(300)
    kept = where.log.checkpoint()
    assert kept is not None
    key = where.log.state().keys[0][1]
    shorter = place(tmp_path / "shorter", begun=False)
    shutil.copy(where.ring.current, shorter.ring.coming)
    shorter.add(200)
    assert audit(shorter.log.folder, trusted=key).sound
    assert {one.code for one in audit(shorter.log.folder, trusted=key, since=kept).findings} >= {
        "GS-PROOF-059"
    }
    shorter.add(400)
    found = audit(shorter.log.folder, trusted=key, since=kept).findings
    assert [one.code for one in found] == ["GS-PROOF-060"]
    where.add(400)
    assert audit(where.log.folder, trusted=key, since=kept).sound


def test_a_checkpoint_that_was_kept_must_be_the_logs_own(small: Place, tmp_path: Path) -> None:
    forger = Signer.new(NAME)
    note = small.log.checkpoint()
    assert note is not None
    forged = Note(note.text).signed(forger.key, NAME)
    assert [one.code for one in audit(small.log.folder, since=forged).findings] == ["GS-PROOF-054"]
    assert [one.code for one in audit(small.log.folder, trusted=forger.public()).findings] == ["GS-PROOF-055"]


def test_a_key_that_nobody_vouched_for_is_found(tmp_path: Path) -> None:
    """Somebody who can write the log's files, and signs with a key of their own."""
    forger = Signer.new(NAME)
    for number, (previous, code) in enumerate(((True, "GS-PROOF-050"), (False, "GS-PROOF-051"))):
        where = place(tmp_path / str(number))
        where.add(2)
        key = where.log.state().keys[0][1]
        entry = KeyEntry.signed(
            NAME, forger.key, DAY, previous=key if previous else None, by=forger.key if previous else None
        )
        with where.log.held():
            where.log.append([entry])
            where.log.sign(forger)
        assert [one.code for one in audit(where.log.folder).findings] == [code]


def test_what_is_no_log_is_refused(tmp_path: Path) -> None:
    for where in (str(tmp_path / "nowhere"), "ftp://127.0.0.1/", "file:///etc"):
        with pytest.raises(Refusal) as refused:
            published(where)
        assert refused.value.code == "GS-PROOF-020"
    with pytest.raises(Refusal) as refused:
        audit(published(str(tmp_path)))
    assert refused.value.code == "GS-PROOF-023"
