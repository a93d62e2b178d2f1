"""The names that someone may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

LIKE = 0.6  # of 1; below it, names share letters by chance


def nearest(name: str, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """The known names that are most like this one, the nearest first; none if nothing is like it.

    Paths are compared as a whole, and by their last part: who leaves out or mistakes a folder has most likely
    written the end well.
    """
    wanted, end = name.casefold(), _end(name)
    if not wanted:
        return ()
    ranked = []
    for one in dict.fromkeys(known):
        like = max(_like(wanted, one.casefold()), _like(end, _end(one)))
        if like >= LIKE:
            ranked.append((-like, -_like(wanted, one.casefold()), one))
    return tuple(one for *_, one in sorted(ranked)[:most])


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A question to begin a remedy with, ended by a space; empty if nothing is like the name."""
    found = nearest(name, known)
    return f"Did you mean {' or '.join(found)}? " if found else ""


def _end(name: str) -> str:
    return name.casefold().rpartition("/")[2]


def _like(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
