"""Checks of the grades: gaps, overlaps, grades that cannot be reached."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..model import Bands, Ladder, Range, Rulebook, Table, all_points, written
from .findings import Finding, finding


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


def reach_of_total(rulebook: Rulebook) -> tuple[int | None, int | None]:
    """The lowest and the highest total that the rules can lead to, in hundredths; None is without bound."""
    starts = [one.points for one in rulebook.start]
    low: int | None = min(starts, default=0)
    high: int | None = max(starts, default=0)
    for name in (None, *(one.id for one in rulebook.sections)):
        part_low: int | None = 0
        part_high: int | None = 0
        for rule in rulebook.rules:
            if rule.section != name:
                continue
            if min(all_points(rule.award)) < 0:
                part_low = None if rule.reach is None or part_low is None else part_low - rule.reach
            else:
                part_high = None if rule.reach is None or part_high is None else part_high + rule.reach
        section = next((one for one in rulebook.sections if one.id == name), None)
        if section is not None and section.at_least is not None:
            part_low = section.at_least if part_low is None else max(part_low, section.at_least)
        if section is not None and section.at_most is not None:
            part_high = section.at_most if part_high is None else min(part_high, section.at_most)
        low = None if low is None or part_low is None else low + part_low
        high = None if high is None or part_high is None else high + part_high
    if rulebook.floor is not None:
        low = rulebook.floor if low is None else max(low, rulebook.floor)
    if rulebook.ceiling is not None:
        high = rulebook.ceiling if high is None else min(high, rulebook.ceiling)
    return low, high


def reachable(rulebook: Rulebook) -> Iterator[Finding]:
    """Every band of the total can be reached by some sum of the rules."""
    grading = rulebook.grading
    if isinstance(grading, Bands) and grading.of is None:
        if not rulebook.has_points:
            yield finding(4, "grades", "bands of a total that has no start", "add start, or grade_by a fact")
            return
        low, high = reach_of_total(rulebook)
        total = Range(low, None if high is None else high + 1)
        for band in grading.bands:
            if (total.high is not None and band.range.low is not None and band.range.low >= total.high) or (
                total.low is not None and band.range.high is not None and band.range.high <= total.low
            ):
                yield finding(29, band.grade, "no sum of points reaches this grade", "mend points or band")


def repeated(rulebook: Rulebook) -> Iterator[Finding]:
    """A step of the table that repeats an earlier condition can never be reached."""
    if isinstance(rulebook.grading, Ladder):
        seen = []
        for step in rulebook.grading.steps:
            if step.when in seen:
                yield finding(23, step.grade, "its condition stands earlier in the table", "drop it")
            seen.append(step.when)


def brackets(rulebook: Rulebook) -> Iterator[Finding]:
    """Between the brackets of a table no value is left without its points."""
    for rule in rulebook.rules:
        if isinstance(rule.award, Table):
            for one, after in pairwise(rule.award.brackets):
                if one.range.high != after.range.low:
                    gap = f"{one.range.high}..{after.range.low}"
                    yield finding(
                        13, rule.id, f"no points for {gap}", "write a bracket of 0 points if so meant"
                    )


def named(rulebook: Rulebook) -> Iterator[Finding]:
    """Bars and titles name grades that exist."""
    for bar in rulebook.bars:
        if bar.at_best not in rulebook.grading.grades:
            yield finding(15, bar.id, f"there is no grade {bar.at_best!r}", "name a grade of `grades`")
    for grade, _ in rulebook.grade_titles:
        if grade not in rulebook.grades:
            yield finding(15, "grade_titles", f"there is no grade {grade!r}")
