"""The material content of a row as canonical JSON: what of the contract's mapping goes where."""

from __future__ import annotations

from dataclasses import dataclass, field

from goodstanding.catalogue.model import ColumnType, FieldType, Item, Target
from goodstanding.intake import sql
from goodstanding.intake.canonical import (
    Member,
    Piece,
    concat,
    constant,
    document,
    either,
    nested,
    plain,
    quoted,
    text,
)
from goodstanding.intake.mapping import items, per_item
from goodstanding.intake.parts import written
from goodstanding.intake.plan import Plan

_NUMBERS = (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.MONEY)
_ALWAYS = ("identifier", "person", "role", "tie", "kind", "other_identifier", "item", "currency")
"""What every good row of its target has (an amount's currency, where there is an amount)."""


@dataclass
class Body:
    """The SQL of the body.

    Args:
        texts: SQL of escaped texts, by the name under which `written_out` uses them: a projection before.
        written_out: SQL of the body over the batch's columns and `texts`; NULL for a subject alone. It is
            right for good rows only.
    """

    plan: Plan
    texts: dict[str, str] = field(default_factory=dict)
    written_out: str = ""

    def __post_init__(self) -> None:
        target = self.plan.contract.target
        subject = self.plan.contract.subject
        known = [constant("scheme", subject.scheme), self._text("identifier")]
        if target is Target.RECORDS:
            made = document([*self._record(), nested("subject", known)])
            self.written_out = f"CASE WHEN NOT subject_only THEN {made} END" if self._alone() else made
        elif target is Target.SUBJECTS:
            self.written_out = document([nested("subject", [*known, *self._described()])])
        elif target is Target.ROLES:
            members = [self._text("person"), self._text("role"), nested("subject", known)]
            self.written_out = document([*members, *self._dates("from_on", "to_on")])
        else:
            other = [
                constant("scheme", self.plan.contract.tie.scheme),
                self._text("identifier", "other_identifier"),
            ]
            members = [self._text("tie"), nested("other", other), nested("subject", known)]
            self.written_out = document([*members, *self._dates("from_on", "to_on")])

    def _alone(self) -> bool:
        return bool(self.plan.contract.subject_only_when_blank)

    def _absent(self, column: str, output: str) -> str:
        """When an output is there, '' if every good row has it."""
        always = output in _ALWAYS or (column and self.plan.contract.column(column).required)
        return "" if always else f"{output} IS NOT NULL"

    def _text(self, key: str, output: str = "", column: str = "") -> Member:
        output = output or key
        self.texts[f"j_{output}"] = sql.json_text(output)
        return text(key, f"j_{output}", self._absent(column, output))

    def _dates(self, *names: str) -> list[Member]:
        contract = self.plan.contract
        mapping = {Target.ROLES: contract.role, Target.TIES: contract.tie}.get(
            contract.target, contract.record
        )
        stated = [(name, getattr(mapping, name)) for name in names]
        days = [quoted(name, name, self._absent(column, name)) for name, column in stated if column]
        return [nested("dates", days)] if days else []

    def _record(self) -> list[Member]:
        plan, record = self.plan, self.plan.contract.record
        members = [constant("item", record.item) if record.item else self._text("item"), self._instrument()]
        if record.amount:
            currency = self._text("currency") if record.currency else constant("currency", plan.currency)
            present = self._absent(record.amount, "amount")
            members.append(nested("amount", [currency, plain("minor", "amount")], present))
        members += self._dates("decided_on", "effective_from", "effective_to", "occurred_on")
        if record.seriousness:
            members.append(
                plain("seriousness", "seriousness", self._absent(record.seriousness, "seriousness"))
            )
        fields = {one.path: made for one in items(plan) if (made := self._fields(one)) is not None}
        if fields:
            members.append(self._by_item(fields))
        return members

    def _by_item(self, fields: dict[str, Member]) -> Member:
        if len(fields) == len(items(self.plan)) and len(set(fields.values())) == 1:
            return next(iter(fields.values()))
        made = per_item(self.plan, {path: concat(one.pieces) for path, one in fields.items()}, "NULL")
        present = per_item(self.plan, {path: one.present or "true" for path, one in fields.items()}, "false")
        guarded = f"CASE WHEN {present} THEN {made} END"
        return Member("fields", (Piece(value=guarded),), present)

    def _fields(self, item: Item) -> Member | None:
        members = []
        for name, column in self.plan.contract.record.fields:
            known = item.field_named(name)
            if known is None:
                continue
            declared, value = self.plan.contract.column(column), self.plan.value(column)
            present = "" if declared.required else f"{value} IS NOT NULL"
            if known.type is FieldType.NUMBER and declared.type in _NUMBERS:
                members.append(plain(name, value, present))
            else:
                escaped = f"j{self.plan.numbers[column]}"
                self.texts[escaped] = sql.json_text(written(self.plan, column))
                members.append(text(name, escaped, present))
        return nested("fields", members) if members else None

    def _instrument(self) -> Member:
        mapping = self.plan.contract.instrument
        register = nested("instrument", [Member("register", (Piece("true"),))])
        if not mapping.number:
            return register
        for output in ("instrument_authority", "instrument_number"):
            self.texts[f"j_{output}"] = sql.json_text(output)
        members = [text("authority", "j_instrument_authority"), text("number", "j_instrument_number")]
        if mapping.article:
            members.append(self._text("article", "instrument_article", mapping.article))
        if mapping.dated:
            members.append(quoted("dated", "instrument_date", self._absent(mapping.dated, "instrument_date")))
        stated = nested("instrument", members)
        if not mapping.register:
            return stated
        return either("instrument", "instrument_number IS NULL", register, stated)

    def _described(self) -> list[Member]:
        subject = self.plan.contract.subject
        members = [self._text("kind")]
        for one in ("name", "name_en", "former_names", "division"):
            if getattr(subject, one):
                members.append(self._text(one, column=getattr(subject, one)))
        if subject.registered_on:
            present = self._absent(subject.registered_on, "registered_on")
            members.append(quoted("registered_on", "registered_on", present))
        others = [
            self._text(scheme, f"legacy_{number}") for number, (scheme, _) in enumerate(subject.legacy, 1)
        ]
        return [*members, nested("legacy", others)] if others else members
