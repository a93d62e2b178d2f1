"""The supervisor's parts that need no server: locks, signals, settings."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.postgres import configuration, locks, processes, sockets, state
from goodstanding.postgres.account import account_of


def test_a_lock_is_shared_or_held_alone(tmp_path: Path) -> None:
    one, two, three = (locks.open_lock(tmp_path / "lock") for _ in range(3))
    assert locks.try_shared(one)
    assert locks.try_shared(two)
    assert not locks.try_exclusive(three)
    os.close(one)
    locks.release(two)
    assert locks.try_exclusive(three)
    assert not locks.try_shared(two)
    os.close(two)
    os.close(three)


def test_a_lock_file_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("")
    (tmp_path / "lock").symlink_to(tmp_path / "victim")
    with pytest.raises(OSError, match="symbolic links"):
        locks.open_lock(tmp_path / "lock")


def test_a_killed_holder_frees_the_lock(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom goodstanding.postgres import locks\n"
        "print(locks.try_shared(locks.open_lock(Path(sys.argv[1]))), flush=True)\nsys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "True\n"
    lock = locks.open_lock(tmp_path / "lock")
    assert not locks.try_exclusive(lock)
    holder.kill()
    holder.communicate()
    assert locks.try_exclusive(lock)
    os.close(lock)


def test_a_process_is_signalled_only_when_it_is_postgres_in_that_folder(tmp_path: Path) -> None:
    stranger = subprocess.Popen(["/bin/sleep", "30"], cwd=tmp_path)
    try:
        assert not processes.send_if_in(stranger.pid, tmp_path, signal.SIGKILL)
        assert stranger.poll() is None
        assert processes.occupants(tmp_path) == []
    finally:
        stranger.kill()
        stranger.wait()
    assert not processes.send_if_in(stranger.pid, tmp_path, signal.SIGKILL), "gone"


def test_the_log_is_told_to_keep_content_out(tmp_path: Path) -> None:
    settings = configuration.server_settings(tmp_path / "it's")
    for line in (
        "log_min_messages = log",
        "log_min_error_statement = panic",
        "log_statement = none",
        "log_min_duration_statement = -1",
        "log_parameter_max_length_on_error = 0",
        "log_error_verbosity = terse",
        "listen_addresses = ''",
        "wal_recycle = off",
        "fsync = on",
    ):
        assert f"\n{line}\n" in f"\n{settings}"
    assert "it''s'" in settings


@pytest.mark.parametrize(("mebibytes", "shared"), [(512, 128), (2048, 512), (24 * 1024, 1024)])
def test_memory_is_used_in_proportion(
    mebibytes: int, shared: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(configuration, "memory_bytes", lambda: mebibytes << 20)
    assert f"shared_buffers = {shared}MB\n" in configuration.server_settings(tmp_path)


def test_nobody_is_trusted_and_only_the_admitted_are_mapped(tmp_path: Path) -> None:
    configuration.write_configuration(tmp_path, tmp_path, ["alice"])
    rules = [line for line in (tmp_path / "pg_hba.conf").read_text().splitlines() if not line.startswith("#")]
    assert len(rules) == 1
    assert rules[0].startswith("local all goodstanding_admin,")
    assert rules[0].endswith(" peer map=goodstanding")
    idents = [line.split() for line in (tmp_path / "pg_ident.conf").read_text().splitlines()[1:]]
    assert {words[1] for words in idents} == {'"alice"'}
    assert len(idents) == 4


@pytest.mark.parametrize("name", ["/.*", 'x" goodstanding_admin', "x\ny"])
def test_a_user_name_that_would_be_a_pattern_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a name of a user"):
        configuration.write_configuration(tmp_path, tmp_path, [name])


def test_a_folder_is_private_only_with_its_owner_and_mode(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    assert not sockets.is_private(folder, os.geteuid())
    folder.mkdir(mode=0o700)
    assert sockets.is_private(folder, os.geteuid())
    assert not sockets.is_private(folder, os.geteuid() + 1)
    folder.chmod(0o710)
    assert not sockets.is_private(folder, os.geteuid())
    folder.chmod(0o700)
    (tmp_path / "link").symlink_to(folder)
    assert not sockets.is_private(tmp_path / "link", os.geteuid())


def test_a_half_written_state_is_no_state(tmp_path: Path) -> None:
    assert state.State.read(tmp_path) is None
    (tmp_path / "state").write_text("")
    assert state.State.read(tmp_path) is None
    (tmp_path / "state").write_text('{"phase": "ready"}')
    assert state.State.read(tmp_path) is None
    told = state.State(state.FAILED, "t", Refusal("GS-POSTGRES-020", "what", why="why").as_dict())
    told.write(tmp_path)
    assert state.State.read(tmp_path) == told
    assert told.refusal().why == "why"


def test_a_user_without_a_name_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        account_of(4_000_000_000)
    assert refused.value.code == "GS-POSTGRES-001"
