"""One rulebook out of its versions and amendments, for a day: composed before anything runs.

Where a rulebook states that a record is judged by the law of the record's own day, the rules of earlier
versions stand beside those of the version in force, each bound to the days of its version. What is not about
a single record (start, sections, judged and measured rules, facts, grades, overrides, bars) is the frame, and
comes from the version in force on the day of the assessment. A record that is older than every version is
judged by none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from goodstanding.catalogue.model import Title
from goodstanding.core.errors import Refusal

from .model import (
    All,
    Amendment,
    Any,
    AnyRule,
    AtLeastOf,
    Bar,
    Condition,
    DatedTest,
    DateUsed,
    Exists,
    FactIn,
    FactIs,
    MeasuredRule,
    Not,
    Override,
    Rule,
    Rulebook,
    Select,
    VersionedBy,
    invalid,
    leaves,
)

_Ground = TypeVar("_Ground", Override, Bar)

WHY = {
    VersionedBy.OCCURRED_ON: Title("in force on the day of the act", "适用行为发生之日施行的规定"),
    VersionedBy.DECIDED_ON: Title("in force on the day of the decision", "适用作出决定之日施行的规定"),
    VersionedBy.EFFECTIVE_FROM: Title("in force on the day of effect", "适用生效之日施行的规定"),
}


def in_force(versions: Sequence[Rulebook], day: date) -> Rulebook | None:
    """The version that is in force on a day."""
    for one in versions:
        if one.in_force_from <= day and (one.in_force_to is None or day < one.in_force_to):
            return one
    return None


def parts_of(versions: Sequence[Rulebook], frame: Rulebook) -> tuple[Rulebook, ...]:
    """The released versions that the composed rulebook is made of: the frame, and then the earlier ones."""
    if frame.versioned_by is VersionedBy.ASSESSMENT:
        return (frame,)
    return (frame, *(one for one in versions if one.in_force_from < frame.in_force_from))


def composed(versions: Sequence[Rulebook], frame: Rulebook, on: date) -> Rulebook:
    """The rulebook that a day is assessed by; a version that stands alone and is not amended, as it is.

    Args:
        versions: every version of the rulebook, oldest first.
        frame: the one of them that is in force on the day.
        on: the day of the assessment.

    Raises:
        Refusal: GS-RULES-050 an earlier version does not fit the frame; GS-RULES-052 an amendment of what is
            not there; GS-RULES-053 an amendment that no date of a record can bound.
    """
    whole, *earlier = (_amended(one, on) for one in parts_of(versions, frame))
    if not earlier:
        return whole
    if not whole.has_points:
        raise invalid(
            50,
            f"{frame.path} of {frame.in_force_from} has no points, and a version for each record",
            why="only rules that give points judge single records",
            remedy="leave out versioned_by",
        )
    by = frame.versioned_by
    sections = {one.id for one in whole.sections}
    rules = [_bound(one, whole, by) if isinstance(one, Rule) else one for one in whole.rules]
    for version in earlier:
        for rule in version.selecting:
            if rule.section is not None and rule.section not in sections:
                raise invalid(
                    50,
                    f"{frame.path} of {frame.in_force_from} has no section {rule.section}",
                    why=f"rule {rule.id} of {version.in_force_from} still judges the records of its time",
                    remedy="give the section the same id in both versions",
                )
            name = f"{rule.id}@{version.in_force_from.isoformat()}"
            rules.append(replace(_bound(rule, version, by), id=name))
    return replace(whole, rules=tuple(rules))


def composed_all(versions: Sequence[Rulebook]) -> Iterator[Rulebook]:
    """Every rulebook that some day is assessed by: few, since only versions and amendments tell days apart."""
    for frame in versions:
        days = {frame.in_force_from}
        for part in parts_of(versions, frame):
            for one in part.amendments:
                if one.by is VersionedBy.ASSESSMENT:
                    days |= {day for day in (one.from_day, one.to_day) if day is not None}
        for day in sorted(days):
            if in_force((frame,), day):
                yield composed(versions, frame, day)


def _bound(rule: Rule, version: Rulebook, by: VersionedBy) -> Rule:
    """A rule for the records of its version's time; its title names the version and why it applies."""
    test = DatedTest(DateUsed(by.value), version.in_force_from, version.in_force_to)
    since, why = version.in_force_from.isoformat(), WHY[by]
    title = Title(
        f"{rule.title.en} (version of {since}: {why.en})", f"{rule.title.zh}（{since}版，{why.zh}）"
    )
    return replace(rule, title=title, select=_dated(rule.select, test))


def _amended(rulebook: Rulebook, on: date) -> Rulebook:
    """A version with what its amendments leave of it on a day."""
    there = _suspendable(rulebook)
    for one in rulebook.amendments:
        if one.suspends not in there:
            raise invalid(
                52,
                f"amendment {one.id} suspends {one.suspends}, which {rulebook.path} does not have",
                remedy="name a rule, an override or a bar of the same file",
            )
        if one.by is VersionedBy.ASSESSMENT:
            if one.from_day <= on and (one.to_day is None or on < one.to_day):
                rulebook = _suspended(rulebook, one)
        else:
            rulebook = replace(
                rulebook,
                rules=tuple(_spared(each, one) for each in rulebook.rules),
                overrides=tuple(_spared_ground(each, one) for each in rulebook.overrides),
                bars=tuple(_spared_ground(each, one) for each in rulebook.bars),
            )
    strange = [one for one in rulebook.bars if one.at_best not in rulebook.grades]
    if rulebook.amendments and strange:
        raise invalid(
            52,
            f"with its amendments, {rulebook.path} has no grade {strange[0].at_best}",
            why=f"bar {strange[0].id} names it, and only what is suspended gives it",
            remedy="name the grade in the table of grades",
        )
    return rulebook


def _suspendable(rulebook: Rulebook) -> set[str]:
    rules = {one.id for one in rulebook.rules}
    return rules | {one.id for one in rulebook.overrides} | {one.id for one in rulebook.bars}


def _suspended(rulebook: Rulebook, amendment: Amendment) -> Rulebook:
    """Without the thing, and with a note that says so."""
    until = amendment.to_day.isoformat() if amendment.to_day else None
    since = amendment.from_day.isoformat()
    note = Title(
        f"{amendment.suspends} does not apply from {since}"
        + (f" until {until} (that day not included)" if until else "")
        + f": {amendment.title.en}.",
        f"{amendment.suspends}自{since}起"
        + (f"至{until}前" if until else "")
        + f"不适用：{amendment.title.zh}。",
    )
    return replace(
        rulebook,
        rules=tuple(one for one in rulebook.rules if one.id != amendment.suspends),
        overrides=tuple(one for one in rulebook.overrides if one.id != amendment.suspends),
        bars=tuple(one for one in rulebook.bars if one.id != amendment.suspends),
        notes=(*rulebook.notes, note),
    )


def _spared(rule: AnyRule, amendment: Amendment) -> AnyRule:
    """A rule that passes over the records dated while it is suspended; any other rule as it is."""
    if rule.id != amendment.suspends:
        return rule
    if isinstance(rule, MeasuredRule):
        raise _unbounded(amendment, f"{rule.id} looks at no record of its own")
    if isinstance(rule, Rule):
        return replace(rule, select=_dated(rule.select, _outside(amendment)))
    return replace(rule, when=_passing_over(rule.when, amendment))


def _spared_ground(ground: _Ground, amendment: Amendment) -> _Ground:
    """The same of an override or a bar."""
    if ground.id != amendment.suspends:
        return ground
    return replace(ground, when=_passing_over(ground.when, amendment))


def _outside(amendment: Amendment) -> DatedTest:
    return DatedTest(DateUsed(amendment.by.value), amendment.from_day, amendment.to_day, outside=True)


def _passing_over(condition: Condition, amendment: Amendment) -> Condition:
    """A condition that looks at no record dated while it is suspended."""
    if not any(isinstance(one, Exists) for one in leaves(condition)):
        raise _unbounded(amendment, "its condition looks at no record of its own")
    return _without(condition, amendment)


def _without(condition: Condition, amendment: Amendment) -> Condition:
    match condition:
        case Exists():
            return replace(condition, select=_dated(condition.select, _outside(amendment)))
        case FactIn() | FactIs():
            raise _unbounded(amendment, f"fact {condition.fact} counts every record, whatever its date")
        case All() | Any() | AtLeastOf():
            return replace(condition, of=tuple(_without(one, amendment) for one in condition.of))
        case Not():
            if any(isinstance(one, Exists | FactIn | FactIs) for one in leaves(condition.of)):
                raise _unbounded(amendment, "fewer records would meet what asks for none")
    return condition


def _dated(select: Select, test: DatedTest) -> Select:
    return replace(select, dated=(*select.dated, test))


def _unbounded(amendment: Amendment, why: str) -> Refusal:
    return invalid(
        53,
        f"amendment {amendment.id} cannot go by a date of the record",
        why=why,
        remedy="let it go by the day of the assessment, or write the dates into the conditions",
    )
