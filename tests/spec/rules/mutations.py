"""Every small change of a rulebook: each threshold, number of points, comparison, window and value in turn."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from math import gcd
from typing import Any

from goodstanding.rules import model as m
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
}
SHOWN_ONLY = {"examples", "untranslatable", "notes", "title", "basis", "grade_titles", "reason"}


def _step(rulebook: Rulebook) -> int:
    """The smallest difference between two totals that the rulebook can lead to, in hundredths."""
    numbers = [one.points for one in rulebook.start]
    numbers += [points for rule in rulebook.rules for points in rule.all_points if abs(points) > 1]
    return gcd(*numbers) or 1


def _bounds(node: m.Range, step: int) -> Iterator[tuple[str, m.Range]]:
    for name in ("low", "high"):
        value = getattr(node, name)
        for change in (-step, step) if value is not None else ():
            yield f"{name} {value} to {value + change}", dataclasses.replace(node, **{name: value + change})


def _own(node: object) -> Iterator[tuple[str, object]]:
    """Changes of a node itself."""
    for name in NUMBERS.get(type(node), ()):
        value = getattr(node, name)
        for change in (-1, 1) if value is not None else ():
            yield f"{name} {value} to {value + change}", _changed(node, name, value + change)
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
    return dataclasses.replace(node, **{name: value})


def _moved_bands(node: m.Bands, step: int) -> Iterator[tuple[str, m.Bands]]:
    """Each threshold between two bands moved, in both bands."""
    for value in sorted({one.range.low for one in node.bands if one.range.low is not None}):
        for change in (-step, step):
            bands = tuple(
                dataclasses.replace(
                    one,
                    range=m.Range(
                        value + change if one.range.low == value else one.range.low,
                        value + change if one.range.high == value else one.range.high,
                    ),
                )
                for one in node.bands
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
    if isinstance(node, tuple):
        for number, child in enumerate(node):
            name = getattr(child, "id", getattr(child, "grade", number))
            for what, one in _walk(child, f"{place}/{name}", step):
                yield what, (*node[:number], one, *node[number + 1 :])
        return
    if not dataclasses.is_dataclass(node) or isinstance(node, type):
        return
    for what, changed in _own(node):
        yield f"{place}: {what}", changed
    for field in dataclasses.fields(node):
        if field.name in SHOWN_ONLY:
            continue
        for what, one in _walk(getattr(node, field.name), f"{place}/{field.name}", step):
            yield what, _changed(node, field.name, one)


def mutants(rulebook: Rulebook) -> Iterator[tuple[str, Rulebook]]:
    """Every change, with what it is. Every number of a shipped rulebook can be moved by one step."""
    return _walk(rulebook, "", _step(rulebook))
