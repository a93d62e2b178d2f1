"""Which measures stand where a benefit meets a restriction. Pure.

The highest instrument that meets at the counter decides for its whole side: what stands with it stands, what stands
against it yields, and each is told which measure prevailed. At one rank a benefit gives way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goodstanding.catalogue.measure import Effect


@dataclass(frozen=True)
class Met:
    """A measure that applies at a counter. `precedence` as in the pack: the smaller prevails."""

    key: str
    path: str
    effect: Effect
    precedence: int


@dataclass(frozen=True)
class Standing:
    """Whether a measure stands; `over` are those that it prevails over, `yields_to` the one that prevails over it."""

    met: Met
    over: tuple[Met, ...] = ()
    yields_to: Met | None = None

    @property
    def stands(self) -> bool:
        """Whether it is applied."""
        return self.yields_to is None


def _rank(one: Met) -> tuple[int, bool, str, str]:
    return (one.precedence, one.effect is Effect.BENEFIT, one.path, one.key)


def resolve(met: Iterable[Met]) -> tuple[Standing, ...]:
    """What stands and what yields, the highest first."""
    ordered = sorted(met, key=_rank)
    if not ordered:
        return ()
    lead = ordered[0]
    against = tuple(one for one in ordered if one.effect is not lead.effect)
    return tuple(
        Standing(one, yields_to=lead)
        if one in against
        else Standing(one, over=against if one == lead else ())
        for one in ordered
    )
