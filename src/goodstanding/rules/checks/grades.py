"""Checks of the grades: gaps, overlaps, grades that cannot be reached."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..model import (
    CANDIDATE,
    All,
    Any,
    Bands,
    Bracket,
    Condition,
    FactIn,
    FactIs,
    Kind,
    Ladder,
    MeasuredRule,
    PerUnit,
    PointsIn,
    Range,
    RegisteredFor,
    Rule,
    Rulebook,
    Table,
    leaves,
    written,
)
from .findings import Finding, finding
from .sums import reach_of_total


def _shown(rulebook: Rulebook, value: int | None) -> str:
    assert isinstance(rulebook.grading, Bands)
    if value is None:
        return "open"
    return str(value) if rulebook.grading.of else written(value)


def bands(rulebook: Rulebook) -> Iterator[Finding]:
    """Bands meet without gap or overlap; a band of the total leaves no number without a grade."""
    grading = rulebook.grading
    if not isinstance(grading, Bands):
        return
    infinite = -(10**30)
    order = sorted(grading.bands, key=lambda one: infinite if one.range.low is None else one.range.low)
    for lower, upper in pairwise(order):
        ends, begins = lower.range.high, upper.range.low
        if ends is None or begins is None or begins < ends:
            yield finding(12, upper.grade, f"overlaps {lower.grade}", "end each band where the next begins")
        elif begins > ends:
            gap = f"{_shown(rulebook, ends)}..{_shown(rulebook, begins)}"
            yield finding(13, upper.grade, f"no grade for {gap}", "let the bands meet")
    if grading.of is None:
        lowest, highest = reach_of_total(rulebook)
        if (low := grading.reach.low) is not None and (lowest is None or lowest < low):
            yield finding(13, order[0].grade, f"no grade below {written(low)}", "leave the lowest band open")
        if (high := grading.reach.high) is not None and (highest is None or highest >= high):
            yield finding(
                13, order[-1].grade, f"no grade from {written(high)}", "leave the highest band open"
            )


def _apart(one: Range, other: Range) -> bool:
    return (one.high is not None and other.low is not None and other.low >= one.high) or (
        one.low is not None and other.high is not None and other.high <= one.low
    )


def reachable(rulebook: Rulebook) -> Iterator[Finding]:
    """Every band of the total, and every condition on it, can be reached by some sum of the rules."""
    grading = rulebook.grading
    by_total = isinstance(grading, Bands) and grading.of is None
    if by_total and not rulebook.has_points:
        yield finding(4, "grades", "bands of a total that has no start", "add start, or grade_by a fact")
        return
    low, high = reach_of_total(rulebook)
    total = Range(low, None if high is None else high + 1)
    if isinstance(grading, Bands) and by_total:
        for band in grading.bands:
            if _apart(total, band.range):
                yield finding(29, band.grade, "no sum of points reaches this grade", "mend points or band")
    for owner, condition in rulebook.conditions() if rulebook.has_points else ():
        for leaf in leaves(condition):
            if isinstance(leaf, PointsIn) and _apart(total, leaf.range):
                yield finding(29, owner, "no sum of points meets this condition", "mend points or condition")


def _inside(inner: Range, outer: Range) -> bool:
    return (outer.low is None or (inner.low is not None and inner.low >= outer.low)) and (
        outer.high is None or (inner.high is not None and inner.high <= outer.high)
    )


def implies(later: Condition, earlier: Condition) -> bool:
    """Whether whoever meets `later` surely meets `earlier`, as far as their form tells."""
    if later == earlier:
        return True
    match later, earlier:
        case (FactIn(), FactIn()):
            return later.fact == earlier.fact and _inside(later.range, earlier.range)
        case (FactIs(), FactIs()):
            return later.fact == earlier.fact and set(later.values) <= set(earlier.values)
        case (PointsIn(), PointsIn()):
            return _inside(later.range, earlier.range)
        case (RegisteredFor(), RegisteredFor()):
            return _inside(later.months, earlier.months)
    if isinstance(earlier, All):
        return all(implies(later, one) for one in earlier.of)
    if isinstance(later, Any):
        return all(implies(one, earlier) for one in later.of)
    if isinstance(earlier, Any) and any(implies(later, one) for one in earlier.of):
        return True
    return isinstance(later, All) and any(implies(one, earlier) for one in later.of)


def repeated(rulebook: Rulebook) -> Iterator[Finding]:
    """A step of the table that an earlier one always takes can never be reached."""
    if isinstance(rulebook.grading, Ladder):
        seen: list[Condition] = []
        for step in rulebook.grading.steps:
            if step.when is None:
                continue
            if step.when in seen:
                yield finding(23, step.grade, "its condition stands earlier in the table", "drop it")
            elif any(implies(step.when, one) for one in seen):
                yield finding(
                    23, step.grade, "whoever meets its condition meets an earlier one", "reorder them"
                )
            seen.append(step.when)


def _tables(rulebook: Rulebook) -> Iterator[tuple[str, tuple[Bracket, ...]]]:
    for rule in rulebook.rules:
        if isinstance(rule, Rule) and isinstance(rule.award, Table):
            yield rule.id, rule.award.brackets
        if isinstance(rule, MeasuredRule) and not isinstance(rule.award, PerUnit):
            yield rule.id, rule.award.brackets


def brackets(rulebook: Rulebook) -> Iterator[Finding]:
    """Between the brackets of a table no value is left without its points."""
    for owner, found in _tables(rulebook):
        for one, after in pairwise(found):
            if one.range.high != after.range.low:
                gap = f"{one.range.high}..{after.range.low}"
                yield finding(13, owner, f"no points for {gap}", "write a bracket of 0 points if so meant")


def named(rulebook: Rulebook) -> Iterator[Finding]:
    """Bars, quotas, tiers and titles name grades that exist, and each grade of a tier says what it means."""
    graded = rulebook.grading.grades
    wanted = [(one.id, one.at_best) for one in rulebook.bars]
    wanted += [(one.id, grade) for one in rulebook.quotas for grade in (one.grade, one.otherwise)]
    wanted += [("tiers", one.grade) for one in rulebook.tiers]
    for owner, grade in wanted:
        if grade not in (rulebook.grades if owner == "tiers" else graded):
            yield finding(15, owner, f"there is no grade {grade!r}", "name a grade of `grades`")
    for quota in rulebook.quotas:
        if (
            quota.grade in graded
            and quota.otherwise in graded
            and (graded.index(quota.otherwise) < graded.index(quota.grade))
        ):
            yield finding(
                15, quota.id, f"{quota.otherwise} is better than {quota.grade}", "name a lower grade"
            )
    told = {one.grade for one in rulebook.tiers}
    for grade in rulebook.grades if rulebook.kind is Kind.TIER else ():
        if grade not in told:
            yield finding(
                15, "tiers", f"nothing is said of {grade!r}", "say its share, or that it is not known"
            )
    for grade, _ in rulebook.grade_titles:
        if grade not in (*rulebook.grades, CANDIDATE):
            yield finding(15, "grade_titles", f"there is no grade {grade!r}")
