"""Public ids are version 7 and come in the order in which they were made."""

from __future__ import annotations

import threading
import time
from uuid import RFC_4122, UUID

import duckdb
import pytest

from goodstanding.core import uuid7 as module
from goodstanding.core.uuid7 import millis_of, uuid7, uuid7_at_sql, uuid7_sql


def test_version_variant_and_time_are_those_of_rfc_9562() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid7()
    assert made.version == 7 and made.variant == RFC_4122
    assert before <= millis_of(made) <= time.time_ns() // 1_000_000 + 1000


def test_the_published_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    """RFC 9562, appendix A.6."""
    monkeypatch.setattr(module, "_last", 0)
    random_bits = 0xCC3 << 62 | 0x18C4DC0C0C07398F
    monkeypatch.setattr("os.urandom", lambda size: (random_bits << 6).to_bytes(size, "big"))
    assert uuid7(0x017F22E279B0) == UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")


def test_each_is_larger_than_the_last_even_if_the_clock_stands_or_goes_back() -> None:
    now = time.time_ns() // 1_000_000 + 5
    made = [uuid7(now) for _ in range(5000)] + [uuid7(now - 1000) for _ in range(100)]
    assert made == sorted(set(made))
    assert {each.version for each in made} == {7}


def test_threads_make_no_two_alike() -> None:
    made: list[UUID] = []
    threads = [threading.Thread(target=lambda: made.extend([uuid7() for _ in range(2000)])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8000


def test_the_engine_makes_them_too() -> None:
    before = time.time_ns() // 1_000_000
    rows = duckdb.execute(f"SELECT {uuid7_sql()} FROM range(20000)").fetchall()
    ids = {row[0] for row in rows}
    assert len(ids) == 20000
    assert {each.version for each in ids} == {7} and {each.variant for each in ids} == {RFC_4122}
    assert all(before <= millis_of(each) <= time.time_ns() // 1_000_000 for each in ids)


def test_the_engine_makes_them_for_a_given_instant() -> None:
    rows = duckdb.execute(
        f"SELECT {uuid7_at_sql('m')}, m FROM (SELECT 1 + i AS m FROM range(2000) r(i))"
    ).fetchall()
    assert all(each.version == 7 and each.variant == RFC_4122 and millis_of(each) == m for each, m in rows)
    rows = duckdb.execute(f"SELECT {uuid7_at_sql('1645557742000')} FROM range(20000)").fetchall()
    assert len({row[0] for row in rows}) == 20000
    assert {millis_of(row[0]) for row in rows} == {1645557742000}
