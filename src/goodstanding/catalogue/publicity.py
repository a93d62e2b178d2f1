"""How long anyone may read a record: the maximum periods of publicity that a pack states (publicity.yaml).

When the maximum is over, the record is no longer public. Authorities with whom it is shared, and the rulebooks,
still have it until its retention ends. Only what is certain is applied: a rule names the items that it is for,
and it cannot name any if it is marked as uncertain or counts from a day that nobody records (docs/adr/0007).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.model import PublicityRule
from goodstanding.core.dates import add_months

LEVELS = {"minor": 1, "general": 2, "serious": 3}
CLOCKS = ("document", "publication")
"""What a period can count from here: the day of the decision; the day on which the record was taken in, as the
latest on which it can have been published."""


@dataclass(frozen=True)
class End:
    """The first day on which a record is no longer public, and the rule that says so."""

    day: date
    rule: PublicityRule


def public_until(
    rules: Sequence[PublicityRule], *, decided_on: date | None, seriousness: int | None, taken_in: date
) -> End | None:
    """When a record stops being public; None where no rule says so for sure.

    The rule that was in force on the day of the decision governs. Where several do, the first end holds.

    Args:
        rules: those that name the record's item.
        decided_on: the day of the decision; without it no rule is known to govern.
        seriousness: 1 minor, 2 general, 3 serious; None is not stated, and then only rules for any level apply.
        taken_in: the day on which the ledger took the record in.
    """
    if decided_on is None:
        return None
    ends = [
        End(add_months(decided_on if one.clock == "document" else taken_in, one.maximum_months), one)
        for one in rules
        if one.maximum_months is not None
        and one.valid_from <= decided_on
        and (one.valid_to is None or decided_on < one.valid_to)
        and (one.level == "any" or LEVELS.get(one.level) == seriousness)
    ]
    return min(ends, key=lambda one: one.day, default=None)


def applicable(rule: PublicityRule) -> bool:
    """Whether a rule can be applied: nothing about it is in doubt, and all that it needs is recorded."""
    known = rule.level == "any" or rule.level in LEVELS
    return rule.maximum_months is not None and not rule.uncertain and rule.clock in CLOCKS and known
