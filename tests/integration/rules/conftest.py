"""Spark for the tests: a driver on this machine, in a Java process that ends with the tests that use it."""

from __future__ import annotations

import gc
import importlib.util
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from goodstanding.rules.engines import spark
from tests.needs import require_or_skip

SMALL = {
    "spark.driver.memory": "1g",
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
}


def need_spark() -> None:
    """Skip, or fail where Spark is required, if a part of it is not here."""
    if importlib.util.find_spec("pyspark") is None:
        require_or_skip("spark", "pyspark is not installed")
    if shutil.which("java") is None:
        require_or_skip("spark", "there is no java")


@contextmanager
def no_java_left() -> Iterator[None]:
    """Whatever Spark started for its driver is gone afterwards."""
    try:
        yield
    finally:
        if importlib.util.find_spec("pyspark") is not None:
            from pyspark import SparkContext

            gateway = SparkContext._gateway
            SparkContext._gateway = SparkContext._jvm = None
            if gateway is not None:
                gateway.shutdown()
                gateway.proc.stdin.close()
                gateway.proc.wait(120)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # py4j leaves sockets to the garbage collector
                gc.collect()


@contextmanager
def driver(master: str, **settings: str) -> Iterator[Any]:
    """A session on a master."""
    need_spark()
    with no_java_left(), spark.opened(master, SMALL | settings) as session:
        yield session


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """A session on two cores of this machine."""
    with driver("local[2]") as opened:
        yield opened
