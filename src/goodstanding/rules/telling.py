"""What a rule that runs can tell: that it is evaluated does not mean that anybody learns anything from it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from goodstanding.catalogue.model import Absence, Item

from .model import Derived, FactIn, FactIs, NotStated, Rule, Rulebook, leaves


class Told(StrEnum):
    """What a rule tells.

    `definite`: an answer, also where nothing is recorded. `of_input`: only of whom its input was delivered; of all
    its items, no record means that nothing is known. `range`: never how many points, because the text does not say.
    """

    DEFINITE = "definite"
    OF_INPUT = "of_input"
    RANGE = "range"


def told(book: Rulebook, entry: str, items: Mapping[str, Item]) -> Told:
    """What the entry of a rulebook (a rule, an override, a bar, a quota) tells.

    Args:
        items: of the catalogue, by path; what is not there is taken for known.
    """
    rule = next((one for one in book.rules if one.id == entry), None)
    if isinstance(rule, Rule) and isinstance(rule.award, NotStated):
        return Told.RANGE
    looked_at = items_of(book, entry)
    unknown = [path in items and items[path].absence is Absence.UNKNOWN for path in looked_at]
    return Told.OF_INPUT if unknown and all(unknown) else Told.DEFINITE


def items_of(book: Rulebook, entry: str) -> set[str]:
    """The items that an entry looks at, itself or through its facts."""
    names, resting = {entry}, {one.id: one.facts for one in book.facts if isinstance(one, Derived)}
    left = _facts(book, entry)
    while left:
        names |= left
        left = {each for one in left for each in resting.get(one, ())} - names
    return {select.item for owner, select, _ in book.selects() if owner in names}


def _facts(book: Rulebook, entry: str) -> set[str]:
    named = {one.fact for one in book.measured if one.id == entry}
    named |= {one.by for one in book.quotas if one.id == entry and one.by is not None}
    for owner, condition in book.conditions():
        if owner == entry:
            named |= {one.fact for one in leaves(condition) if isinstance(one, FactIn | FactIs)}
    return named
