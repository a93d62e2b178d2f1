"""What a bare machine may lack, and what a test does without it.

A test that needs such a thing says so by :func:`require_or_skip`. On a developer's machine it is skipped and
listed at the end of the run; where ``GOODSTANDING_REQUIRE`` names the thing (or says ``all``), it fails.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import NoReturn

import pytest


@dataclass(frozen=True)
class Thing:
    """Something outside the project that some tests use."""

    title: str
    installable: bool  # whether .ci/run adds it


THINGS = {
    "shared": Thing("the real data, which lie beside the project (GOODSTANDING_SHARED)", installable=False),
    "server": Thing("a PostgreSQL server besides ours, named by GOODSTANDING_TEST_SERVER", installable=True),
    "chromium": Thing("Chromium, which reads the pages as people do", installable=True),
    "spark": Thing("Spark and Java, the engine for more than one machine", installable=True),
    "root": Thing("to be run as root: only root can give up its rights", installable=False),
}

_MARK = re.compile(r"needs (\w+): ")


def required() -> frozenset[str]:
    """The things without which the run fails; a name that is not known is an error, not ignored."""
    words = {word.strip() for word in os.environ.get("GOODSTANDING_REQUIRE", "").split(",") if word.strip()}
    unknown = words - THINGS.keys() - {"all"}
    if unknown:
        raise pytest.UsageError(
            f"GOODSTANDING_REQUIRE names {', '.join(sorted(unknown))}; known: all, {', '.join(THINGS)}"
        )
    return frozenset(THINGS) if "all" in words else frozenset(words)


def nothing_may_be_skipped() -> bool:
    """Whether any skip at all, for whatever reason, fails the run."""
    return required() == frozenset(THINGS)


def require_or_skip(thing: str, reason: str) -> NoReturn:
    """End the test that lacks `thing` (a key of THINGS): skipped, or failed where the thing is required."""
    if thing not in THINGS:
        raise KeyError(f"{thing!r} is not in tests/needs.py; known: {', '.join(THINGS)}")
    message = f"needs {thing}: {reason}"
    if thing in required():
        pytest.fail(f"{message} (and GOODSTANDING_REQUIRE asks for it)", pytrace=False)
    pytest.skip(message)


def thing_of(message: str) -> str | None:
    """The thing that a skip message was about; None for a skip of another kind."""
    found = _MARK.search(message)
    return found.group(1) if found and found.group(1) in THINGS else None


def table(skips: list[str]) -> list[str]:
    """The lines printed at the end of a run, from the messages of all skips: how many for want of what, and
    the one command that adds it."""
    counts: dict[str, int] = {}
    for message in skips:
        thing = thing_of(message)
        title = THINGS[thing].title if thing else message.removeprefix("Skipped: ")
        key = f"{thing or 'other':<9} {title}"
        counts[key] = counts.get(key, 0) + 1
    lines = ["tests  skipped for want of"]
    lines += [
        f"{count:>5}  {key}" for key, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    lacking = {thing for thing in map(thing_of, skips) if thing}
    addable = sorted(thing for thing in lacking if THINGS[thing].installable)
    if addable:
        command = (
            ".ci/run" if addable == sorted(lacking) else f"GOODSTANDING_REQUIRE={','.join(addable)} .ci/run"
        )
        lines.append("")
        lines.append(
            "One command installs what is missing (Debian or Ubuntu, with sudo) and runs everything:"
        )
        lines.append(f"    {command}")
    if "shared" in lacking:
        lines.append(
            "The real data cannot be installed: put them beside the clone, or set GOODSTANDING_SHARED."
        )
    return lines
