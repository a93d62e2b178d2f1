"""Ctrl-C ends the web server within seconds, whoever is still waiting for a page."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from goodstanding.cli.listening import answers, told_when
from goodstanding.cli.webserver import PATIENCE

SLOW = """\
import pathlib, time

def application(environ, start_response):
    pathlib.Path("asked").touch()
    time.sleep(300)
"""
BUSY = 20  # seconds more, for a machine with much to do


def waited(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition came true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_an_address_is_told_when_it_answers_and_once() -> None:
    told: list[str] = []
    looks = iter([False, False, True, True])
    with told_when(lambda: next(looks), lambda: told.append("here")):
        assert waited(lambda: bool(told), 20)
        time.sleep(0.5)
    assert told == ["here"]
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert not answers("127.0.0.1", unused.getsockname()[1])


def test_a_page_that_never_ends_does_not_keep_it_waiting(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(SLOW, encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = f"serve_application('slow:application', '127.0.0.1', {port}, stopping=Path('told').touch)"
    run = (
        "import signal, sys; from pathlib import Path; signal.signal(signal.SIGINT, lambda *_: sys.exit(130));"
        f"from goodstanding.cli.webserver import serve_application; {serve}"
    )
    process = subprocess.Popen([sys.executable, "-c", run], cwd=tmp_path, start_new_session=True)
    try:
        reader = socket.socket()

        def answers() -> bool:
            return reader.connect_ex(("127.0.0.1", port)) == 0

        with reader:
            assert waited(answers, 60), "the server listens"
            reader.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert waited((tmp_path / "asked").exists, 60), "somebody waits for a page"
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE + BUSY)
            assert time.monotonic() - began < PATIENCE + BUSY
            assert process.returncode == 130, "the command that serves was stopped, and says so"
            assert (tmp_path / "told").exists(), "and what stands beside it was told at once"
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)  # its worker too
            process.wait()
