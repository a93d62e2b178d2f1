"""The result for a subject on a day: the grade, the points, and a line for every reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from goodstanding.core.reader import Access

from .model import Interval


class Status(StrEnum):
    """What a line says.

    `met`: the record counts. `unknown`: whether or how much it counts cannot be told. `absent`: no record,
    and the item says that this means nothing is known. `closed`: the reader may not see what it rests on.
    """

    MET = "met"
    UNKNOWN = "unknown"
    ABSENT = "absent"
    CLOSED = "closed"


@dataclass(frozen=True)
class Line:
    """One reason. `rule` is the id of an entry of the rulebook; points in hundredths, [low, high].

    Lines of facts, overrides and bars carry no points (0). A bound None is unbounded. Without a record it says
    that nothing is recorded (`absent`), or what a rule gives by a condition or a fact: then it is as closed as
    the most closed record behind it.
    """

    rule: str
    record_id: int | None
    points: Interval | None
    status: Status
    access: int = Access.PUBLIC


@dataclass(frozen=True)
class Assessment:
    """The result of a rulebook for one subject on one day.

    `grade` is None for "cannot tell": then `possible` holds what it may be ("" for no grade at all) and
    `missing` names the entries that are not known. `points` is None where the rulebook has no total.
    `access` is that of the most closed record that it rests on.
    """

    subject_id: int
    grade: str | None
    possible: tuple[str, ...]
    points: Interval | None
    missing: tuple[str, ...]
    lines: tuple[Line, ...]
    access: int = Access.PUBLIC


def raised(assessment: Assessment, records: Collection[int], access: Access) -> Assessment:
    """The assessment with the lines on these records at least so closed: they are no longer public, say."""
    lines = tuple(
        replace(one, access=max(one.access, access)) if one.record_id in records else one
        for one in assessment.lines
    )
    return replace(assessment, lines=lines, access=max((assessment.access, *(one.access for one in lines))))


def closed_to(assessment: Assessment, readable: Access) -> Assessment:
    """The assessment as a reader up to this access class may see it.

    A line that rests on a more closed record shows its rule alone; then grade and total, which would give
    the line away, are not shown either.
    """
    if assessment.access <= readable:
        return assessment
    lines = tuple(
        one if one.access <= readable else replace(one, record_id=None, points=None, status=Status.CLOSED)
        for one in assessment.lines
    )
    return replace(assessment, grade=None, possible=(), points=None, missing=(), lines=lines)


def shut_off(assessment: Assessment) -> Assessment:
    """The assessment closed as a whole: each rule that has lines is shown once and alone, and not how many."""
    rules = dict.fromkeys(one.rule for one in assessment.lines)
    lines = tuple(Line(rule, None, None, Status.CLOSED) for rule in rules)
    return replace(assessment, grade=None, possible=(), points=None, missing=(), lines=lines)
