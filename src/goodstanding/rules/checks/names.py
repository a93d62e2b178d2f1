"""Checks of names: each id once, and every fact and section that is named exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from goodstanding.core.errors import Refusal

from ..model import Bands, Derived, FactIn, FactIs, PointsIn, Rulebook, is_code, leaves
from .findings import Finding, finding


def unique(rulebook: Rulebook) -> Iterator[Finding]:
    """An id stands for one entry: lines and missing facts are named by it."""
    ids = [one.id for one in rulebook.entries()] + [one.id for one in rulebook.unknown]
    for name, times in Counter(ids).items():
        if times > 1:
            yield finding(14, name, f"the id stands {times} times", "give each entry an id of its own")


def known(rulebook: Rulebook) -> Iterator[Finding]:
    """Facts and sections that are named exist, and are of the right type."""
    facts = {one.id: is_code(one) for one in rulebook.facts}
    sections = {one.id for one in rulebook.sections}
    for rule in rulebook.rules:
        if rule.section is not None and rule.section not in sections:
            yield finding(15, rule.id, f"there is no section {rule.section!r}")
    wanted: list[tuple[str, str, bool]] = []
    for fact in rulebook.facts:
        if isinstance(fact, Derived):
            wanted += [(fact.id, one, False) for one in fact.facts]
    for owner, condition in rulebook.conditions():
        for leaf in leaves(condition):
            if isinstance(leaf, FactIn | FactIs):
                wanted.append((owner, leaf.fact, isinstance(leaf, FactIs)))
            if isinstance(leaf, PointsIn) and (owner == "start" or not rulebook.has_points):
                yield finding(15, owner, "asks for a total that does not exist there")
    if isinstance(rulebook.grading, Bands) and rulebook.grading.of is not None:
        wanted.append(("grades", rulebook.grading.of, False))
    for owner, name, code in wanted:
        if name not in facts:
            yield finding(15, owner, f"there is no fact {name!r}", "name a fact of the rulebook")
        elif facts[name] != code:
            yield finding(15, owner, f"{name} is a {'code' if facts[name] else 'number'}")


def circles(rulebook: Rulebook) -> Iterator[Finding]:
    """No fact rests on itself."""
    names = {one.id for one in rulebook.facts}
    if any(one not in names for fact in rulebook.facts if isinstance(fact, Derived) for one in fact.facts):
        return  # `known` says so
    try:
        rulebook.facts_in_order()
    except Refusal as error:
        yield finding(30, "facts", error.what)
