"""Roles and ties: who holds an office in a subject, and which subject belongs to which."""

from __future__ import annotations

from goodstanding.intake import sql
from goodstanding.intake.parts import Finding, Mapped, stated, words, written
from goodstanding.intake.plan import Plan


def map_role(plan: Plan, found: Mapped) -> None:
    """A person's role in the subject."""
    role = plan.contract.role
    found.outputs["person"] = f"{plan.value(role.person)}::VARCHAR"
    found.faults.append(Finding(role.person, f"{plan.text(role.person)} IS NULL", "required"))
    if not plan.is_column(role.role):
        found.outputs["role"] = sql.text(role.role)
    else:
        found.outputs["role"] = words(plan, role.role, role.roles) if role.roles else written(plan, role.role)
        stated(plan, found, role.role, "role", "role-unknown")
    _span(plan, found, role.from_on, role.to_on)


def map_tie(plan: Plan, found: Mapped) -> None:
    """A tie of the subject to another."""
    tie = plan.contract.tie
    found.outputs["other_scheme"] = sql.text(tie.scheme)
    found.outputs["other_identifier"] = written(plan, tie.other)
    found.faults.append(Finding(tie.other, f"{plan.text(tie.other)} IS NULL", "required"))
    same = "scheme = other_scheme AND identifier = other_identifier"
    found.faults.append(Finding(tie.other, same, "tie-to-itself"))
    if not plan.is_column(tie.kind):
        found.outputs["tie"] = sql.text(tie.kind)
    else:
        found.outputs["tie"] = words(plan, tie.kind, tie.kinds) if tie.kinds else written(plan, tie.kind)
        stated(plan, found, tie.kind, "tie", "tie-unknown")
    _span(plan, found, tie.from_on, tie.to_on)


def _span(plan: Plan, found: Mapped, start: str, end: str) -> None:
    found.outputs["from_on"] = f"{plan.value(start)}::DATE"
    found.outputs["to_on"] = f"{plan.value(end)}::DATE"
    if start and end:
        found.faults.append(Finding(end, "to_on < from_on", "date-order"))
