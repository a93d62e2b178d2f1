"""A standalone Spark cluster on 127.0.0.1: a master and workers, each a process that is stopped by its id."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

MASTER = "org.apache.spark.deploy.master.Master"
WORKER = "org.apache.spark.deploy.worker.Worker"
STARTED = re.compile(r"Starting Spark master at (spark://\S+)")
PATIENCE = 180  # seconds for a process to say that it has started: the machine may be busy


@contextmanager
def standalone(folder: Path, workers: int) -> Iterator[str]:
    """The address of a master with so many workers of one core."""
    found = find_spec("pyspark")
    java = shutil.which("java")
    assert found is not None and found.origin is not None and java is not None
    home = Path(found.origin).parent
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_SCALA_VERSION": "2.12",
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": str(folder),
    }

    def start(name: str, of: str, *words: str) -> tuple[subprocess.Popen[bytes], Path]:
        log = folder / f"{name}.log"
        command = [java, "-Xmx192m", "-cp", f"{home}/jars/*", of]
        command += ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0", *words]
        with log.open("wb") as out:
            process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, cwd=folder)
        return process, log

    processes = []
    try:
        master, log = start("master", MASTER)
        processes.append(master)
        address = said(log, STARTED, master).group(1)
        for number in range(workers):
            worker, log = start(f"worker{number}", WORKER, "--cores", "1", "--memory", "600m", address)
            processes.append(worker)
            said(log, re.compile("Successfully registered with master"), worker)
        yield address
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in reversed(processes):
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def said(log: Path, what: re.Pattern[str], process: subprocess.Popen[bytes]) -> re.Match[str]:
    """What a process has written, once it has."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        found = what.search(log.read_text(encoding="utf-8", errors="replace"))
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(
        f"{log.stem} did not start: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}"
    )
