"""Every small change of a rulebook: each threshold, number of points, comparison, window and value in turn."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from math import gcd
from typing import Any

from goodstanding.core.errors import Refusal
from goodstanding.rules import model as m
from goodstanding.rules.checks.sums import reach_of_section
from goodstanding.rules.model import Rulebook

# Fields that hold numbers of the law, by node.
NUMBERS: dict[type, tuple[str, ...]] = {
    m.Each: ("points",),
    m.Once: ("points",),
    m.Per: ("points", "unit"),
    m.Bracket: ("points",),
    m.NotStated: ("at_most",),
    m.Start: ("points",),
    m.Rule: ("cap",),
    m.Section: ("at_least", "at_most"),
    m.Window: ("months",),
    m.Rulebook: ("floor", "ceiling"),
    m.JudgedRule: ("points",),
    m.MeasuredRule: ("cap",),
    m.PerUnit: ("points", "unit", "over"),
    m.AtLeastOf: ("number",),
    m.RatioOf: ("per", "if_whole_is_zero"),
    m.Weight: ("numerator",),
}
# Fields that hold days of the law.
DAYS: dict[type, tuple[str, ...]] = {
    m.DatedTest: ("from_day", "to_day"),
    m.Amendment: ("from_day", "to_day"),
}
# Fields that hold one of a few words of the law.
CHOICES: dict[type, tuple[str, ...]] = {
    m.DatedTest: ("used", "outside"),
    m.PerUnit: ("started",),
    m.RatioOf: ("rounding",),
    m.WeightedOf: ("rounding",),
    m.ResultOf: ("day",),
    m.Quota: ("ties_in",),  # `best` and `among_grade` make the cut-offs, which an example states
    m.Amendment: ("by",),
}
SHOWN_ONLY = {
    *("examples", "untranslatable", "notes", "title", "basis", "grade_titles", "reason", "tiers", "covers"),
    *("of_list", "maximum"),
}


def _step(rulebook: Rulebook) -> int:
    """The smallest difference between two totals that the rulebook can lead to, in hundredths."""
    numbers = [one.points for one in rulebook.start]
    numbers += [points for rule in rulebook.rules for points in rule.all_points if abs(points) > 1]
    return gcd(*numbers) or 1


def _bounds(node: m.Range, step: int) -> Iterator[tuple[str, object]]:
    for name in ("low", "high"):
        value = getattr(node, name)
        for change in (-step, step) if value is not None else ():
            if (moved := _changed(node, name, value + change)) is not None:
                yield f"{name} {value} to {value + change}", moved


def _others(value: object) -> Iterator[object]:
    """The other values that a choice may have."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, Enum):
        yield from (one for one in type(value) if one is not value)


def _own(node: object) -> Iterator[tuple[str, object]]:
    """Changes of a node itself."""
    for name in NUMBERS.get(type(node), ()):
        value = getattr(node, name)
        for change in (-1, 1) if value is not None else ():
            yield f"{name} {value} to {value + change}", _changed(node, name, value + change)
    for name in DAYS.get(type(node), ()):
        day = getattr(node, name)
        for shift in (-1, 1) if day is not None else ():
            moved = day + timedelta(days=shift)
            yield f"{name} {day} to {moved}", _changed(node, name, moved)
    for name in CHOICES.get(type(node), ()):
        value = getattr(node, name)
        if isinstance(node, m.WeightedOf) and all(one.denominator == 1 for one in node.parts):
            continue  # whole weights leave nothing to round
        if isinstance(node, m.PerUnit) and node.unit == 1:
            continue  # a whole number has no unit of 1 that is only begun
        for other in _others(value):
            yield f"{name} {value} to {other}", _changed(node, name, other)
    if isinstance(node, m.Count) and node.distinct is not None:
        yield "not distinct", dataclasses.replace(node, distinct=None)
    if isinstance(node, m.Count | m.Sum | m.Largest | m.Latest):
        for tie in node.group:
            rest = tuple(one for one in node.group if one != tie)
            yield f"without {tie}", dataclasses.replace(node, group=rest)
    if isinstance(node, m.Quota):
        yield "otherwise another", dataclasses.replace(node, otherwise="another")
    if isinstance(node, m.Not):
        yield "not to so", node.of
    if isinstance(node, m.CodeTest | m.FactIs):
        for value in node.values:
            rest = tuple(one for one in node.values if one != value) or ("no such value",)
            yield f"without {value}", dataclasses.replace(node, values=rest)
    if isinstance(node, m.All):
        yield "all to any", m.Any(node.of)
    if isinstance(node, m.Any):
        yield "any to all", m.All(node.of)
    if isinstance(node, m.Window) and node.span is not m.Span.MONTHS:
        other = m.Span.CURRENT_YEAR if node.span is m.Span.PREVIOUS_YEAR else m.Span.PREVIOUS_YEAR
        yield f"{node.span} to {other}", dataclasses.replace(node, span=other)
    if isinstance(node, m.Override):
        yield "another grade", dataclasses.replace(node, grade="another")


def _changed(node: Any, name: str, value: object) -> object:
    """The node with another value; None if there is no such node, so that nothing could pass for it."""
    try:
        return dataclasses.replace(node, **{name: value})
    except Refusal:
        return None


def _moved_brackets(node: m.Table | m.FactTable) -> Iterator[tuple[str, object]]:
    """Each threshold of a table moved, in both brackets that meet there; and the points of each bracket."""
    bounds = {one.range.low for one in node.brackets} | {one.range.high for one in node.brackets}
    for value in sorted(one for one in bounds if one is not None):
        for change in (-1, 1):
            try:
                moved = tuple(
                    dataclasses.replace(one, range=_moved(one.range, value, value + change))
                    for one in node.brackets
                )
            except Refusal:
                continue  # a bracket that would hold nothing
            yield f"threshold {value} to {value + change}", _changed(node, "brackets", moved)
    for place, one in enumerate(node.brackets):
        for change in (-1, 1):
            other = dataclasses.replace(one, points=one.points + change)
            brackets = (*node.brackets[:place], other, *node.brackets[place + 1 :])
            yield f"points {one.points} to {other.points}", _changed(node, "brackets", brackets)


def _moved(node: m.Range, threshold: int, to: int) -> m.Range:
    return m.Range(to if node.low == threshold else node.low, to if node.high == threshold else node.high)


def _moved_bands(node: m.Bands, step: int) -> Iterator[tuple[str, m.Bands]]:
    """Each threshold between two bands moved, in both bands."""
    for value in sorted({one.range.low for one in node.bands if one.range.low is not None}):
        for change in (-step, step):
            bands = tuple(
                dataclasses.replace(one, range=_moved(one.range, value, value + change)) for one in node.bands
            )
            yield f"threshold {value} to {value + change}", dataclasses.replace(node, bands=bands)


def _walk(node: Any, place: str, step: int) -> Iterator[tuple[str, Any]]:
    if isinstance(node, m.Range):
        yield from ((f"{place}: {what}", one) for what, one in _bounds(node, 1))
        return
    if isinstance(node, m.Bands):
        moved = _moved_bands(node, step if node.of is None else 1)
        yield from ((f"{place}: {what}", one) for what, one in moved)
        return
    if isinstance(node, m.Table | m.FactTable):
        yield from ((f"{place}: {what}", one) for what, one in _moved_brackets(node) if one is not None)
        return
    if isinstance(node, tuple):
        for number, child in enumerate(node):
            name = getattr(child, "id", getattr(child, "grade", number))
            for what, one in _walk(child, f"{place}/{name}", step):
                yield what, (*node[:number], one, *node[number + 1 :])
        return
    if not dataclasses.is_dataclass(node) or isinstance(node, type):
        return
    for what, changed in _own(node):
        if changed is not None:
            yield f"{place}: {what}", changed
    for field in dataclasses.fields(node):
        if field.name in SHOWN_ONLY:
            continue
        for what, one in _walk(getattr(node, field.name), f"{place}/{field.name}", step):
            if (whole := _changed(node, field.name, one)) is not None:
                yield what, whole


def _out_of_reach(rulebook: Rulebook) -> Iterator[str]:
    """Bounds of sections that no sum of their rules can pass: moving them changes nothing."""
    for section in rulebook.sections:
        low, high = reach_of_section(rulebook, section.id)
        for name, bound, end, sign in (
            ("at_most", section.at_most, high, 1),
            ("at_least", section.at_least, low, -1),
        ):
            for change in (-1, 1):
                if bound is not None and end is not None:
                    tightest = min(sign * bound, sign * (bound + change))
                    if tightest >= sign * end:
                        yield f"/sections/{section.id}: {name} {bound} to {bound + change}"


def mutants(rulebook: Rulebook) -> Iterator[tuple[str, Rulebook]]:
    """Every change that can change something, with what it is."""
    nothing = set(_out_of_reach(rulebook))
    for what, changed in _walk(rulebook, "", _step(rulebook)):
        if what not in nothing:
            yield what, changed
