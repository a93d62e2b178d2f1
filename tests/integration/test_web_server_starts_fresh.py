"""What serves pages goes by the environment that it is given, and not by what the command was before.

The command works as the role that writes; the public pages are served as the one that reads.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.integration.test_stopping_the_web_server import BUSY, waited

ROLE = """\
import os

ROLE = os.environ["ROLE"]

def application(environ, start_response):
    start_response("200 OK", [])
    return [ROLE.encode()]
"""
COMMAND = """\
import os, sys
sys.path.insert(0, "")
os.environ["ROLE"] = "writes"
import role
os.environ["ROLE"] = "reads"
from goodstanding.cli.webserver import serve_application
serve_application("role:application", "127.0.0.1", {port})
"""


def test_the_worker_is_no_copy_of_the_command(tmp_path: Path) -> None:
    (tmp_path / "role.py").write_text(ROLE, encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    run = [sys.executable, "-c", COMMAND.format(port=port)]
    process = subprocess.Popen(run, cwd=tmp_path, start_new_session=True)

    def said() -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            return ""

    try:
        assert waited(lambda: said() != "", 60)
        assert said() == "reads"
        process.send_signal(signal.SIGINT)
        process.wait(BUSY)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
