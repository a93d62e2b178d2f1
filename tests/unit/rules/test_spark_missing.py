"""Without Spark, without Java, or with a wrong master: a refusal that says what to do, and no traceback."""

from __future__ import annotations

import builtins
import socket
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.rules.engines import spark
from goodstanding.rules.engines.duckdb.emit import emit


def refused(master: str) -> str:
    """The code of the refusal."""
    with pytest.raises(Refusal) as caught, spark.opened(master):
        pass
    assert caught.value.remedy
    return caught.value.code


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As if Spark and Java were here."""
    monkeypatch.setitem(sys.modules, "pyspark", ModuleType("pyspark"))
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.touch()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))


def test_without_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def lacking(name: str, *rest: Any, **more: Any) -> ModuleType:
        if name.partition(".")[0] == "pyspark":
            raise ImportError("No module named 'pyspark'")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", lacking)
    assert refused("local[2]") == "GS-RULES-065"


@pytest.mark.usefixtures("installed")
def test_without_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "elsewhere"))
    assert refused("local[2]") == "GS-RULES-066"
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused("local[2]") == "GS-RULES-066"


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("master", ["", "localhost", "local[two]", "spark://host", "http://host:7077"])
def test_what_is_no_master(master: str) -> None:
    assert refused(master) == "GS-RULES-067"


@pytest.mark.usefixtures("installed")
def test_a_master_that_does_not_answer() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: whoever calls is turned away
        assert refused(f"spark://127.0.0.1:{taken.getsockname()[1]}") == "GS-RULES-067"


def test_a_wide_quotient_is_never_cut_to_64_bits() -> None:
    """Spark's DIV of decimals gives a BIGINT, and of what is larger another number."""
    assert " DIV " in emit("SELECT a // b", "spark")
    wide = emit("SELECT (a::HUGEINT * 10 + 1) // b, -((-(a::HUGEINT)) // 3) FROM t", "spark")
    assert " DIV " not in wide
    assert "INT128" not in wide
    assert wide.count("%") == 2
