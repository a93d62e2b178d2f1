"""Checks of names: each id once, and every fact and section that is named exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from goodstanding.core.errors import Refusal

from ..model import (
    Bands,
    Derived,
    FactIn,
    FactIs,
    MeasuredRule,
    PointsIn,
    Recorded,
    ResultDay,
    ResultOf,
    Rulebook,
    VersionedBy,
    is_code,
    leaves,
)
from .findings import Finding, finding


def unique(rulebook: Rulebook) -> Iterator[Finding]:
    """An id stands for one entry: lines and missing facts are named by it."""
    ids = [one.id for one in rulebook.entries()]
    ids += [one.id for one in rulebook.untranslatable] + [one.id for one in rulebook.amendments]
    for name, times in Counter(ids).items():
        if times > 1:
            yield finding(14, name, f"the id stands {times} times", "give each entry an id of its own")


def known(rulebook: Rulebook) -> Iterator[Finding]:
    """Facts and sections that are named exist, and are of the right type."""
    facts = {one.id: is_code(one) for one in rulebook.facts}
    sections = {one.id for one in rulebook.sections}
    for rule in (*rulebook.rules, *rulebook.untranslatable):
        if rule.section is not None and rule.section not in sections:
            yield finding(15, rule.id, f"there is no section {rule.section!r}")
    wanted: list[tuple[str, str, bool]] = []
    for fact in rulebook.facts:
        if isinstance(fact, Derived):
            wanted += [(fact.id, one, False) for one in fact.facts]
    wanted += [(one.id, one.fact, False) for one in rulebook.measured]
    wanted += [(one.id, one.by, False) for one in rulebook.quotas if one.by is not None]
    before = {"start", *(one.id for one in rulebook.judged)}
    for owner, condition in rulebook.conditions():
        for leaf in leaves(condition):
            if isinstance(leaf, FactIn | FactIs):
                wanted.append((owner, leaf.fact, isinstance(leaf, FactIs)))
            if isinstance(leaf, PointsIn) and (owner in before or not rulebook.has_points):
                yield finding(15, owner, "asks for a total that does not exist there")
    for quota in rulebook.quotas:
        if quota.by is None and not rulebook.has_points:
            yield finding(15, quota.id, "ranks by a total that does not exist there", "rank by a fact")
    if isinstance(rulebook.grading, Bands) and rulebook.grading.of is not None:
        wanted.append(("grades", rulebook.grading.of, False))
    for owner, name, code in wanted:
        if name not in facts:
            yield finding(15, owner, f"there is no fact {name!r}", "name a fact of the rulebook")
        elif facts[name] != code:
            yield finding(15, owner, f"{name} is a {'code' if facts[name] else 'number'}")


def amended(rulebook: Rulebook) -> Iterator[Finding]:
    """What an amendment suspends is there, and can be suspended by the day that it names."""
    there = {one.id: one for one in (*rulebook.rules, *rulebook.overrides, *rulebook.bars)}
    for one in rulebook.amendments:
        suspended = there.get(one.suspends)
        if suspended is None:
            yield finding(
                15, one.id, f"there is no {one.suspends!r} to suspend", "name a rule, an override or a bar"
            )
        elif isinstance(suspended, MeasuredRule) and one.by is not VersionedBy.ASSESSMENT:
            yield finding(
                15,
                one.id,
                f"{one.suspends} looks at a fact, and at no date of a record",
                "suspend it by: assessment",
            )


def given(rulebook: Rulebook) -> Iterator[Finding]:
    """What examples state of other rulebooks and of other subjects is asked for somewhere."""
    results = {one.id: is_code(one) for one in rulebook.facts if isinstance(one, ResultOf)}
    ties = {tie for one in rulebook.facts if isinstance(one, Recorded) for tie in one.group}
    for example in rulebook.examples:
        for result in example.results:
            if result.fact not in results or results[result.fact] != (result.points is None):
                yield finding(
                    15,
                    example.place or "example",
                    f"{result.fact} is no result of that type",
                    "name a fact `result`, and give its grade or its points as it asks",
                )
        for member in example.members:
            if member.tie not in ties:
                yield finding(
                    15,
                    example.place or "example",
                    f"no fact looks along {member.tie}",
                    "name a tie of a group",
                )


def circles(rulebook: Rulebook) -> Iterator[Finding]:
    """No fact rests on itself, and no rulebook on its own result of the same day."""
    for fact in rulebook.facts:
        if isinstance(fact, ResultOf) and fact.rulebook == rulebook.path and fact.day is ResultDay.SAME_DAY:
            yield finding(
                30, fact.id, "the rulebook rests on its own result of that day", "use on: last_year_end"
            )
    names = {one.id for one in rulebook.facts}
    if any(one not in names for fact in rulebook.facts if isinstance(fact, Derived) for one in fact.facts):
        return  # `known` says so
    try:
        rulebook.facts_in_order()
    except Refusal as error:
        yield finding(30, "facts", error.what)
