"""Pseudo-random numbers as SQL: a pure function of (seed, stream, i), so rows need no state and no order.

The mixer is the 32-bit finaliser of MurmurHash3 (Appleby, public domain), applied twice with constants that
come from the seed and the stream's name. It needs only UBIGINT products below 2**64, so it gives the same
numbers in every version of DuckDB (whose own `hash` and `random` promise nothing of the kind). Everything
stays in integers: no float can round differently on another machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from math import gcd

import duckdb

_MASK = f"{(1 << 32) - 1}::UBIGINT"


def count_rows(connection: duckdb.DuckDBPyConnection, start: int, stop: int) -> None:
    """Make the temporary table `numbered(i)` of start … stop - 1: DuckDB scans a table on every core, in its
    order, while `range` runs on one."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE numbered AS SELECT i FROM range({start}, {stop}) AS t(i)"
    )


@dataclass(frozen=True)
class Chance:
    """Draws of one seed. A stream names what is drawn, so that draws for different things are independent."""

    seed: int

    def constants(self, stream: str) -> tuple[int, int]:
        """The two 32-bit constants of a stream."""
        digest = hashlib.sha256(f"{self.seed}/{stream}".encode()).digest()
        return int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:8], "big")

    def drawn(self, source: str, purpose: str, names: Iterable[str], index: str = "i") -> str:
        """SQL of `source` with a column `w_<name>` for each name: a word, a UBIGINT from 0 to 2**32 - 1.

        For one stream (purpose and name) a word is a bijection of the index. Each step of the mixer is a
        projection of its own: as one expression it would double at every step, and so would planning it.

        Args:
            source: a table or a query in parentheses.
            index: a column of it, a whole number that is not negative.
        """
        streams = {f"w_{name}": self.constants(f"{purpose}/{name}") for name in names}
        first = ", ".join(
            f"({index}::UBIGINT + {a}::UBIGINT) & {_MASK} AS {word}" for word, (a, _) in streams.items()
        )
        query = f"SELECT *, {first} FROM {source}"
        for second in (False, True):
            for bits, odd in ((16, 2246822507), (13, 3266489909)):
                query = _step(
                    query,
                    {word: f"(xor({word}, {word} >> {bits}) * {odd}::UBIGINT) & {_MASK}" for word in streams},
                )
            last = {
                word: f"xor({word}, {word} >> 16)"
                if second
                else f"(xor({word}, {word} >> 16) + {b}::UBIGINT) & {_MASK}"
                for word, (_, b) in streams.items()
            }
            query = _step(query, last)
        return query


def _step(query: str, words: dict[str, str]) -> str:
    return f"SELECT * REPLACE ({', '.join(f'{value} AS {word}' for word, value in words.items())}) FROM ({query})"


def below(word: str, limit: int | str) -> str:
    """SQL of a BIGINT from 0 to limit - 1; `limit` is a number or an integer expression."""
    return f"({word} % ({limit})::UBIGINT)::BIGINT"


def pick(word: str, texts: tuple[str, ...]) -> str:
    """SQL of one of the texts, each equally likely."""
    return literal(texts[0]) if len(texts) == 1 else f"{array(texts)}[{below(word, len(texts))} + 1]"


def weighted(word: str, choices: tuple[tuple[str, int], ...]) -> str:
    """SQL of one of the SQL constants, by their whole-number weights (1,000 steps where they sum to more)."""
    return slots(below(word, sum(slot_counts(choices))), choices)


def slot_counts(choices: tuple[tuple[str, int], ...]) -> list[int]:
    """How many slots of a wheel each choice has: its weight, or its share of 1,000, at least one."""
    total = sum(weight for _, weight in choices)
    return [weight if total <= 1000 else max(1, weight * 1000 // total) for _, weight in choices]


def slots(drawn: str, choices: tuple[tuple[str, int], ...]) -> str:
    """SQL that looks up a drawn slot: a constant list, because a long CASE costs a comparison per choice."""
    wheel = [
        value for (value, _), many in zip(choices, slot_counts(choices), strict=True) for _ in range(many)
    ]
    return f"[{', '.join(wheel)}][{drawn} + 1]"


OCTAVES = 10


def skewed_rank(octave: str, within: str, population: int) -> str:
    """SQL of a rank from 0 to population - 1, Zipf-like with exponent 1, in integers only.

    The ranks are cut into octaves (the upper half, the next quarter, …) that are equally likely, so the
    frequency of a rank falls as 1 / rank; the innermost octave is flat, as in Zipf and Mandelbrot's law.

    Args:
        octave, within: names of columns with two independent words (an expression would be computed again
            for each use).
    """
    number = f"(({octave}) % {OCTAVES + 1}::UBIGINT)::INTEGER"
    ends = [population >> step for step in range(OCTAVES + 1)]
    lows = [*ends[1:], 0]
    sizes = [max(end - low, 1) for end, low in zip(ends, lows, strict=True)]
    low = f"([{', '.join(map(str, lows))}]::BIGINT[])"
    size = f"([{', '.join(map(str, sizes))}]::UBIGINT[])"
    return f"({low}[{number} + 1] + ({within} % {size}[{number} + 1])::BIGINT)"


def spread(index: str, population: int, offset: int = 0) -> str:
    """SQL of a bijection of 0 … population - 1, so that neighbours in rank are strangers in the register."""
    return f"(({index} * {stride(population)} + {offset % max(population, 1)}) % {population})"


def stride(population: int) -> int:
    """A multiplier near the golden section of the population and coprime with it."""
    candidate = max(1, population * 618034 // 1_000_000)
    while gcd(candidate, population) != 1:
        candidate += 1
    return candidate


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def array(texts: tuple[str, ...] | list[str]) -> str:
    """Texts as an SQL list."""
    return "[" + ", ".join(literal(text) for text in texts) + "]"
