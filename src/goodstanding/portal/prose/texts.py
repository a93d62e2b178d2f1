"""The pieces of a page of law."""

from __future__ import annotations

from dataclasses import dataclass

from goodstanding.catalogue.model import Basis


@dataclass(frozen=True)
class RuleText:
    """A rule, an override, a bar, a quota or an amendment in words; `brackets` are (range, points)."""

    id: str
    title: str
    about: str
    gives: str
    basis: tuple[Basis, ...]
    brackets: tuple[tuple[str, str], ...] = ()
    cap: str = ""
    uncertain: bool = False
