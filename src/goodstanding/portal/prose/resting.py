"""What rests on what: the facts and rules of a rulebook that would give away a fact or rule that is not shown."""

from __future__ import annotations

from collections.abc import Collection

from goodstanding.rules.model import Derived, FactIn, FactIs, JudgedRule, MeasuredRule, Rule, Rulebook, leaves


def resting_on(book: Rulebook, hidden: Collection[str]) -> frozenset[str]:
    """These ids, and those of the facts and rules whose values are worked out from them."""
    found = set(hidden)
    for fact in book.facts_in_order():
        if isinstance(fact, Derived) and found & set(fact.facts):
            found.add(fact.id)
    for rule in book.rules:
        if not isinstance(rule, Rule) and found & _facts(rule):
            found.add(rule.id)
    return frozenset(found)


def _facts(rule: JudgedRule | MeasuredRule) -> set[str]:
    if isinstance(rule, MeasuredRule):
        return {rule.fact}
    return {one.fact for one in leaves(rule.when) if isinstance(one, FactIn | FactIs)}
