"""The results of a file in the order in which a reader needs them: by kind, what speaks against it first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goodstanding.portal.filepage.grades import GradeView
from goodstanding.rules.model import Kind

_NAMED = 5
_UNFOLDED = 2


@dataclass(frozen=True)
class OfKind:
    """The results of one kind of rulebook."""

    kind: Kind
    results: tuple[GradeView, ...]


@dataclass(frozen=True)
class Results:
    """All results of a file. `named` are those that the box at the top names; the others stand below."""

    kinds: tuple[OfKind, ...]
    named: tuple[GradeView, ...]

    @property
    def all(self) -> int:
        """How many there are."""
        return sum(len(one.results) for one in self.kinds)

    @property
    def against(self) -> int:
        """In how many of them something speaks against the organisation."""
        return sum(each.against for one in self.kinds for each in one.results)

    @property
    def untold(self) -> int:
        """How many cannot be told or are not shown."""
        return sum(not each.told for one in self.kinds for each in one.results)

    @property
    def further(self) -> int:
        """How many the box at the top does not name."""
        return self.all - len(self.named)

    @property
    def unfolded(self) -> bool:
        """Whether they are so few that their details need not be folded."""
        return self.all <= _UNFOLDED


def results_of(grades: Iterable[GradeView]) -> Results:
    """The results by kind; in each, first what speaks against it, last what cannot be told."""
    ordered = sorted(grades, key=_urgency)
    kinds = sorted(
        (
            OfKind(kind, found)
            for kind in Kind
            if (found := tuple(one for one in ordered if one.kind is kind))
        ),
        key=lambda one: _urgency(one.results[0]),
    )
    named = [one for one in ordered if one.against] if len(ordered) > _NAMED else ordered
    return Results(tuple(kinds), tuple(named[:_NAMED]))


def _urgency(one: GradeView) -> int:
    return 0 if one.against else 1 if one.told else 2
