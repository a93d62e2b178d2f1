"""What a check is and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from goodstanding.catalogue.model import Pack


@dataclass(frozen=True)
class Finding:
    """A breach: what it is, which part of the pack (`<kind> <path>`), what to do."""

    what: str
    mark: str
    remedy: str


@dataclass(frozen=True)
class Check:
    """One clause, checked: `says` is the promise in a sentence."""

    code: str
    clause: str
    says: str
    run: Callable[[Pack], Iterator[Finding]]
