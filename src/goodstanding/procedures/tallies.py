"""Counts of decisions that are published by class of organisation without telling of any one of them. Pure.

A group of fewer than `FEWEST` is never told, nor can it be worked out from what is told: classes with few cases are
counted together, with the smallest other class where that is still too few, and every table of one authority has the
same total.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

FEWEST = 5
"""Classes with fewer decided cases are counted together."""
FEW = "few"
"""Stands for the classes that are counted together."""
_Z = 1.96


@dataclass(frozen=True)
class Decided:
    """One decided case, as far as it is counted: classes of the organisation, and what came of it.

    `ownership` and `size` are values of the register of classes, empty where it states none. `came` is one of
    `listed`, `at_review`, `after_notice`, `unproposed`; `why` the code of the reason for deciding otherwise.
    """

    authority: str
    procedure: str
    kind: str
    ownership: str
    size: str
    came: str
    why: str = ""


@dataclass(frozen=True)
class Use:
    """What an authority did with the candidates of a list, or of all its lists, by a class of organisations.

    Attributes:
        procedure: of the list; empty for all lists that are told of.
        subjects: the class; empty where the register states none, `few` for several together.
        listed: as proposed. not_listed: departed from in favour of the organisation, `at_review` before a notice,
            `after_notice` by a decision. unproposed: listed although no rulebook proposed it.
    """

    authority: str
    procedure: str
    subjects: str
    listed: int
    at_review: int
    after_notice: int
    unproposed: int

    @property
    def decided(self) -> int:
        """All cases that were decided one way or another."""
        return self.listed + self.at_review + self.after_notice + self.unproposed

    @property
    def departures(self) -> int:
        """Cases decided otherwise than proposed."""
        return self.at_review + self.after_notice + self.unproposed

    @property
    def percent(self) -> int:
        """Departures in a hundred cases, rounded."""
        return round(100 * self.departures / self.decided)

    @property
    def between(self) -> tuple[int, int]:
        """Percent, low and high, between which the habit behind the count lies with 95 % (Wilson's interval)."""
        n, share = self.decided, self.departures / self.decided
        middle = (share + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
        half = _Z * sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n)) / (1 + _Z * _Z / n)
        return max(0, int(100 * (middle - half))), min(100, -int(-100 * (middle + half) // 1))


@dataclass(frozen=True)
class Why:
    """How often an authority gave a reason for not listing whom a rulebook proposed.

    `code` is empty where none was given, and `few` for several together.
    """

    authority: str
    code: str
    times: int


@dataclass(frozen=True)
class Tallies:
    """The tables that are published: by list and kind of organisation, by type of registration, by size, by reason."""

    by_kind: tuple[Use, ...]
    by_ownership: tuple[Use, ...]
    by_size: tuple[Use, ...]
    by_reason: tuple[Why, ...] = ()


def tally(decided: Iterable[Decided]) -> Tallies:
    """Count what may be told. Lists on which an authority decided few cases are in no table."""
    known = list(decided)
    many = Counter((one.authority, one.procedure) for one in known)
    told = [one for one in known if many[one.authority, one.procedure] >= FEWEST]
    return Tallies(
        _table(told, lambda one: (one.authority, one.procedure), lambda one: one.kind),
        _table(told, lambda one: (one.authority, ""), lambda one: one.ownership),
        _table(told, lambda one: (one.authority, ""), lambda one: one.size),
        _reasons(told),
    )


def _reasons(told: list[Decided]) -> tuple[Why, ...]:
    """Reasons by authority. One with fewer departures than are told of in any class has no row: for which reason a
    single organisation was spared is nobody's business."""
    counted: dict[str, dict[str, Counter[str]]] = {}
    for one in told:
        if one.came in ("at_review", "after_notice"):
            counted.setdefault(one.authority, {}).setdefault(one.why, Counter())["times"] += 1
    return tuple(
        Why(authority, code, times["times"])
        for authority, codes in sorted(counted.items())
        for code, times in sorted(_together(codes).items())
        if times["times"] >= FEWEST
    )


def _table(
    told: list[Decided], parent: Callable[[Decided], tuple[str, str]], of: Callable[[Decided], str]
) -> tuple[Use, ...]:
    counted: dict[tuple[str, str], dict[str, Counter[str]]] = {}
    for one in told:
        counted.setdefault(parent(one), {}).setdefault(of(one), Counter())[one.came] += 1
    return tuple(
        Use(
            *above,
            subjects=name,
            listed=counts["listed"],
            at_review=counts["at_review"],
            after_notice=counts["after_notice"],
            unproposed=counts["unproposed"],
        )
        for above, classes in sorted(counted.items())
        for name, counts in sorted(_together(classes).items())
    )


def _together(classes: Mapping[str, Counter[str]]) -> dict[str, Counter[str]]:
    """Classes with few cases as one group, which takes in the smallest others until it is large enough."""
    found = dict(classes)
    few: Counter[str] = Counter()
    for name in sorted(found, key=lambda one: (found[one].total(), one)):
        if found[name].total() >= FEWEST and (not few or few.total() >= FEWEST):
            break
        few.update(found.pop(name))
    if few:
        found[FEW] = few
    return found
