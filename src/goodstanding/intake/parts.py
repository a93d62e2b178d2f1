"""What the mappings are made of: SQL of the batch's columns, and findings over a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from goodstanding.intake import sql
from goodstanding.intake.plan import Plan


@dataclass(frozen=True)
class Finding:
    """A rule over a row: the column to name ('' for the row), when it is broken, and its code."""

    column: str
    when: str
    rule: str


@dataclass
class Mapped:
    """The parts of the rows as SQL over the values of the plan.

    Args:
        outputs: SQL by name of the batch's column.
        derived: names whose SQL refers to other outputs only: not stored, worked out by the batch's view.
        faults, notes: findings over `outputs`.
    """

    outputs: dict[str, str] = field(default_factory=dict)
    derived: set[str] = field(default_factory=set)
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


def written(plan: Plan, column: str) -> str:
    """The value as text: dates as ISO 8601, numbers as digits, text as it is."""
    return f"{plan.value(column)}::VARCHAR"


def words(plan: Plan, column: str, pairs: Iterable[tuple[str, object]]) -> str:
    cases = " ".join(
        f"WHEN {sql.text(word)} THEN {sql.text(made) if isinstance(made, str) else made}"
        for word, made in pairs
    )
    return f"CASE {written(plan, column)} {cases} END"


def stated(
    plan: Plan, found: Mapped, column: str, output: str, rule: str, *, free: str = "", needed: bool = True
) -> None:
    """A word that the contract maps: one it does not know, and (if the row needs it) none at all."""
    text = plan.text(column)
    found.faults.append(Finding(column, f"{text} IS NOT NULL AND {output} IS NULL", rule))
    if needed and not plan.contract.column(column).required:
        found.faults.append(Finding(column, f"{free}{text} IS NULL", "required"))
