"""Section 1 of the design as checks: a pack that breaks a clause does not load, and says which.

Each check belongs to one clause and has one code, `GS-PACK-1<clause><number>`, or `GS-PACK-2<clause><number>` where ten
were not enough. They run over the typed
view; `marks` gives file and line of each part.
"""

from __future__ import annotations

from collections.abc import Mapping

from goodstanding.catalogue.checks import (
    ends,
    instruments,
    matters,
    measures,
    memoranda,
    pledges,
    process,
    subjects,
    ways_off,
)
from goodstanding.catalogue.checks.finding import Check, Finding
from goodstanding.catalogue.model import Pack
from goodstanding.core.errors import Refusal

CHECKS: tuple[Check, ...] = (
    *subjects.CHECKS,
    *matters.CHECKS,
    *instruments.CHECKS,
    *process.CHECKS,
    *pledges.CHECKS,
    *measures.CHECKS,
    *memoranda.CHECKS,
    *ends.CHECKS,
    *ways_off.CHECKS,
)
"""All checks, in the order of the clauses."""


def check_pack(pack: Pack, marks: Mapping[str, str]) -> None:
    """Raise GS-PACK-1NN for the first clause of section 1 that the pack breaks."""
    for check in CHECKS:
        for found in check.run(pack):
            raise Refusal(
                check.code,
                found.what,
                where=marks.get(found.mark, pack.name),
                why=f"Clause {check.clause}: {check.says}",
                remedy=found.remedy,
            )


__all__ = ["CHECKS", "Check", "Finding", "check_pack"]
