"""Which engine runs a rulebook over everyone, and where. The results are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from . import duckdb
from .duckdb import Run


@dataclass(frozen=True)
class Engine:
    """An engine that is ready: `assess` is called as `engines.duckdb.assess_all`."""

    name: str
    assess: Callable[..., Run]


DUCKDB = Engine("duckdb", duckdb.assess_all)


@contextmanager
def chosen(name: str, master: str) -> Iterator[Engine]:
    """The engine of that name, duckdb or spark; `master` is Spark's.

    Raises:
        Refusal: GS-RULES-065, 066, 067 if Spark cannot start.
    """
    if name == DUCKDB.name:
        yield DUCKDB
        return
    from . import spark

    with spark.opened(master) as session:
        yield Engine(name, partial(spark.assess_all, session=session))
