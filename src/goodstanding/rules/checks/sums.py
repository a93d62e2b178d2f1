"""What totals the rules can lead to, and whether published sums come out."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Rulebook, Section, written
from .findings import Finding, finding

Reach = tuple[int | None, int | None]


def _added(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def reach_of_section(rulebook: Rulebook, section: str | None, *, whole_law: bool = False) -> Reach:
    """The lowest and the highest sum of a section's rules before its bounds, in hundredths; None is unbounded.

    With `whole_law` also what the law gives and the rulebook does not evaluate, as far as it is stated.
    """
    low: int | None = 0
    high: int | None = 0
    for rule in rulebook.rules:
        if rule.section == section:
            if rule.deducts:
                low = _added(low, None if rule.reach is None else -rule.reach)
            else:
                high = _added(high, rule.reach)
    for one in rulebook.untranslatable if whole_law else ():
        if one.section == section and one.points is not None:
            low, high = _added(low, min(one.points, 0)), _added(high, max(one.points, 0))
    return low, high


def reach_of_total(rulebook: Rulebook, *, whole_law: bool = False) -> Reach:
    """The lowest and the highest total that the rules can lead to, in hundredths; None is without bound."""
    starts = [one.points for one in rulebook.start]
    low: int | None = min(starts, default=0)
    high: int | None = max(starts, default=0)
    sections: list[Section | None] = [None, *rulebook.sections]
    for section in sections:
        part = reach_of_section(rulebook, section.id if section else None, whole_law=whole_law)
        bounds = (section.at_least, section.at_most) if section else (None, None)
        kept = _kept(part, *bounds)
        low, high = _added(low, kept[0]), _added(high, kept[1])
    return _kept((low, high), rulebook.floor, rulebook.ceiling)


def _kept(reach: Reach, at_least: int | None, at_most: int | None) -> Reach:
    low, high = reach
    if at_least is not None:
        low = at_least if low is None else max(low, at_least)
        high = None if high is None else max(high, at_least)
    if at_most is not None:
        high = at_most if high is None else min(high, at_most)
        low = None if low is None else min(low, at_most)
    return low, high


def sums(rulebook: Rulebook) -> Iterator[Finding]:
    """The bounds of a section, and the published sum of an index, are what the rules add up to."""
    for section in rulebook.sections:
        low, high = reach_of_section(rulebook, section.id, whole_law=True)
        if section.at_most is not None and high is not None and high < section.at_most:
            yield finding(
                35,
                section.id,
                f"its rules give {written(high)} at most, and it states {written(section.at_most)}",
                "mend the points, or state what is not evaluated under `untranslatable` with its points",
            )
        if section.at_least is not None and low is not None and low > section.at_least:
            yield finding(
                35,
                section.id,
                f"its rules lead to {written(low)} at least, and it states {written(section.at_least)}",
                "mend the points, or state what is not evaluated under `untranslatable` with its points",
            )
    if rulebook.maximum is not None:
        highest = reach_of_total(rulebook, whole_law=True)[1]
        if highest != rulebook.maximum:
            reached = "any sum" if highest is None else written(highest)
            yield finding(
                35,
                "maximum",
                f"the rules reach {reached}, and the law states {written(rulebook.maximum)}",
                "mend the points or the caps; what is not evaluated counts with its `points`",
            )
