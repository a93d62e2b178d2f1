"""Which keys each kind of rulebook has, and the fixed frame of a list."""

from __future__ import annotations

from goodstanding.catalogue.model import Title

from ..model import CANDIDATE, MEASURED, NONE, Kind, Ladder, Override, Step, Window
from .grading import read_overrides
from .nodes import Fields, refusal

LIST_TITLES = ((CANDIDATE, Title("Candidate", "候选")), (NONE, Title("Criteria not met", "不符合列入条件")))
TOTAL_TITLES = ((MEASURED, Title("Measured", "已得出总分")),)
LIST_FRAME = Ladder((Step(NONE, None),))

GRADED = ("grades", "grade_by", "grade_titles", "overrides", "bars", "quotas")
POINTED = ("start", "rules", "sections", "floor", "ceiling", "maximum")
LISTED = ("list", "except", "criteria")
_NOT: dict[Kind, tuple[str, ...]] = {
    Kind.GRADE: (*LISTED, "tiers"),
    Kind.TIER: LISTED,
    Kind.INDEX: (*LISTED, "tiers"),
    Kind.LIST: (*GRADED, *POINTED, "tiers"),
}
_WHY = {
    Kind.LIST: "whoever meets the criteria of a list is a candidate: a list has no points and no grades",
    Kind.GRADE: "criteria belong to kind: list, shares inspected to kind: tier",
    Kind.TIER: "criteria belong to kind: list",
    Kind.INDEX: "criteria belong to kind: list, shares inspected to kind: tier",
}


def only_keys_of(kind: Kind, fields: Fields) -> None:
    """Refuse a key that a rulebook of this kind does not have (GS-RULES-033)."""
    for key, value in fields.found.items():
        if key in _NOT[kind]:
            raise refusal(
                33,
                f"a rulebook of kind {kind.value} has no {key!r}",
                value.source,
                why=_WHY[kind],
                remedy="drop the key, or choose another kind",
            )


def read_criteria(fields: Fields, pack: str, period: Window) -> tuple[Override, ...]:
    """`except`, then `criteria`: the first one met decides."""
    exceptions = fields.get("except")
    criteria = fields.need("criteria", "a list without known criteria says so: criteria: []")
    spared = read_overrides(exceptions, pack, period, NONE) if exceptions else ()
    return (*spared, *read_overrides(criteria, pack, period, CANDIDATE))
