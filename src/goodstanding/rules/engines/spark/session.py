"""A Spark session on a master, or a refusal that says what is missing."""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from goodstanding.core.errors import Refusal

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = re.compile(r"local(\[(\d+|\*)(, *\d+)?\])?")
STANDALONE = re.compile(r"spark://([^/:]+):(\d+)(,[^/:]+:\d+)*")
CLUSTER = re.compile(r"yarn|k8s://.+")
WAIT = 10  # seconds for a master to answer


@contextmanager
def opened(master: str, settings: Mapping[str, str] | None = None) -> Iterator[SparkSession]:
    """A session of its own, stopped at the end.

    Args:
        master: `local[2]`, `spark://host:7077`, `yarn`, `k8s://…`.
        settings: of Spark; what is not named comes from `spark-defaults.conf`.

    Raises:
        Refusal: GS-RULES-065 Spark or GS-RULES-066 Java is not installed; GS-RULES-067 for the master.
    """
    _check_installed()
    _check_java()
    _check_master(master)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("goodstanding")
    mine = {"spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
    if LOCAL.fullmatch(master):  # nothing of it is reached from elsewhere
        mine |= {
            "spark.ui.enabled": "false",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
        }
    for name, value in (mine | dict(settings or {})).items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, Py4JError, RuntimeError) as error:
        raise _no_master(master, _first_line(error)) from error
    try:
        yield session
    finally:
        session.stop()


def _check_installed() -> None:
    try:
        import pyspark  # noqa: F401
    except ImportError as error:
        raise Refusal(
            "GS-RULES-065",
            "Spark is not installed.",
            why=str(error),
            remedy="Install it: pip install 'goodstanding[spark]', or make spark in a checkout.",
        ) from error


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    found = (Path(home) / "bin" / "java").is_file() if home else shutil.which("java") is not None
    if not found:
        raise Refusal(
            "GS-RULES-066",
            "Java is not installed, and Spark runs on it.",
            where=f"JAVA_HOME={home}" if home else "the commands on PATH",
            remedy="Install Java 17 (on Debian: sudo apt-get install default-jre-headless), or set JAVA_HOME.",
        )


def _check_master(master: str) -> None:
    if LOCAL.fullmatch(master) or CLUSTER.fullmatch(master):
        return
    named = STANDALONE.fullmatch(master)
    if named is None:
        raise _no_master(master, "this is no address of a master")
    why = ""
    for one in master.removeprefix("spark://").split(","):  # any of several is enough
        host, _, port = one.partition(":")
        try:
            socket.create_connection((host, int(port)), timeout=WAIT).close()
        except OSError as error:
            why = str(error)
        else:
            return
    raise _no_master(master, why)  # Spark itself would try for a minute, and then stop


def _no_master(master: str, why: str) -> Refusal:
    return Refusal(
        "GS-RULES-067",
        "No Spark session on this master.",
        where=master,
        why=why,
        remedy="Name one that runs: local[2], spark://host:7077, yarn or k8s://…",
    )


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
