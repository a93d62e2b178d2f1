"""Draws are functions of seed, stream and index: no state, no order, no float."""

from __future__ import annotations

import duckdb
import pytest

from goodstanding.generator.chance import OCTAVES, Chance, count_rows, skewed_rank, spread, stride, weighted

ROWS = 20_000


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect(":memory:")
    count_rows(made, 0, ROWS)
    return made


def _mixed(index: int, first: int, second: int) -> int:
    """The mixer in Python, from its description."""
    mask = 0xFFFFFFFF
    word = (index + first) & mask
    for last in (False, True):
        word = ((word ^ word >> 16) * 2246822507) & mask
        word = ((word ^ word >> 13) * 3266489909) & mask
        word ^= word >> 16
        if not last:
            word = (word + second) & mask
    return word


def test_a_word_is_what_the_mixer_says(connection: duckdb.DuckDBPyConnection) -> None:
    chance = Chance(7)
    rows = connection.execute(
        f"SELECT i, w_a, w_b FROM ({chance.drawn('numbered', 'x', ('a', 'b'))}) LIMIT 500"
    ).fetchall()
    for i, a, b in rows:
        assert a == _mixed(i, *chance.constants("x/a"))
        assert b == _mixed(i, *chance.constants("x/b"))


def test_words_of_one_stream_never_repeat_and_streams_and_seeds_differ(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    query = f"""
        SELECT count(DISTINCT one.w_a), count(*) FILTER (one.w_a = one.w_b), count(*) FILTER (one.w_a = two.w_a)
        FROM ({Chance(1).drawn("numbered", "x", ("a", "b"))}) AS one
        JOIN ({Chance(2).drawn("numbered", "x", ("a",))}) AS two USING (i)"""
    assert connection.execute(query).fetchall() == [(ROWS, 0, 0)]


def test_words_are_even(connection: duckdb.DuckDBPyConnection) -> None:
    query = f"SELECT count(*) FROM ({Chance(3).drawn('numbered', 'x', ('a',))}) GROUP BY w_a % 20"
    counts = [many for (many,) in connection.execute(query).fetchall()]
    assert len(counts) == 20
    assert sum((many - 1000) ** 2 / 1000 for many in counts) < 50  # chi-squared, 19 degrees: p < 0.0002


def test_two_streams_are_independent(connection: duckdb.DuckDBPyConnection) -> None:
    drawn = Chance(3).drawn("numbered", "x", ("a", "b"))
    query = f"SELECT count(*) FROM ({drawn}) GROUP BY w_a % 5, w_b % 5"
    counts = [many for (many,) in connection.execute(query).fetchall()]
    assert len(counts) == 25
    assert sum((many - 800) ** 2 / 800 for many in counts) < 56


@pytest.mark.parametrize("population", [1, 2, 7, 16, 100, 50_000, 73_728])
def test_a_spread_rank_is_still_everyone_once(population: int) -> None:
    found = (
        duckdb.connect(":memory:")
        .execute(
            f"SELECT count(DISTINCT s), min(s), max(s) FROM (SELECT {spread('i', population, 12_345)} AS s "
            f"FROM range({population}) AS t(i))"
        )
        .fetchall()
    )
    assert found == [(population, 0, population - 1)]
    assert stride(population) >= 1


@pytest.mark.parametrize("population", [1, 2, 3, 101, 1000])
def test_a_skewed_rank_stays_within_its_population(
    connection: duckdb.DuckDBPyConnection, population: int
) -> None:
    rank = skewed_rank("w_octave", "w_within", population)
    query = (
        f"SELECT min(r), max(r) FROM (SELECT {rank} AS r "
        f"FROM ({Chance(1).drawn('numbered', 'x', ('octave', 'within'))}))"
    )
    low, high = connection.execute(query).fetchall()[0]
    assert (low, high) == (0, population - 1)


def test_each_octave_of_ranks_is_drawn_as_often_as_the_next(connection: duckdb.DuckDBPyConnection) -> None:
    rank = skewed_rank("w_octave", "w_within", 1 << 14)
    query = f"""
        SELECT count(*) FROM (SELECT {rank} AS r FROM ({Chance(5).drawn("numbered", "x", ("octave", "within"))}))
        GROUP BY greatest(length(bin(r)), 4)"""
    counts = [many for (many,) in connection.execute(query).fetchall()]
    assert len(counts) == OCTAVES + 1
    assert min(counts) > ROWS / (OCTAVES + 1) * 0.85
    assert max(counts) < ROWS / (OCTAVES + 1) * 1.15


def test_weights_are_kept(connection: duckdb.DuckDBPyConnection) -> None:
    choice = weighted("w_a", (("'often'", 9000), ("'seldom'", 1000), ("'hardly'", 1)))
    query = (
        f"SELECT c, count(*) FROM (SELECT {choice} AS c FROM ({Chance(1).drawn('numbered', 'x', ('a',))})) "
        "GROUP BY c"
    )
    counts = dict(connection.execute(query).fetchall())
    assert 17_700 < counts["often"] < 18_300
    assert 1_800 < counts["seldom"] < 2_200
    assert counts["hardly"] >= 1
