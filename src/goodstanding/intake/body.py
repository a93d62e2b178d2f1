"""The material content of a row as canonical JSON (RFC 8785), written by DuckDB.

Keys are sorted here, once for the contract; absent values and empty objects are left out. Dates, numbers
and identifiers need no escaping, and text is escaped by `sql.json_text`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from goodstanding.catalogue.model import ColumnType, FieldType, Item, Target
from goodstanding.intake import sql
from goodstanding.intake.mapping import items, per_item, written
from goodstanding.intake.plan import Plan


@dataclass(frozen=True)
class Member:
    """A member of an object: its key and the SQL of its JSON text, NULL if absent."""

    key: str
    json: str
    always: bool = False  # never NULL


def body(plan: Plan) -> str:
    """SQL of the body over the batch's columns; NULL for a row that only names a subject."""
    target = plan.contract.target
    if target is Target.RECORDS:
        return f"CASE WHEN NOT subject_only THEN {_object(_record(plan))} END"
    if target is Target.ROLES:
        return _object([_dates("from_on", "to_on"), _text("person"), _text("role"), _subject()])
    if target is Target.TIES:
        other = _object([_text("identifier", "other_identifier", always=True), _text("scheme", "other_scheme", always=True)])
        return _object([_dates("from_on", "to_on"), Member("other", other, True), _subject(), _text("tie")])
    return _object([Member("subject", _object(_described(plan)), True)])


def _object(members: list[Member]) -> str:
    """A JSON object of the members, which may be NULL; NULL if all may be and are."""
    ordered = sorted(members, key=lambda one: one.key.encode("utf-16-be"))
    if ordered and ordered[0].always:
        # the usual case: no comma has to be taken away again
        parts = [sql.text("{" + _key(ordered[0])), ordered[0].json]
        for one in ordered[1:]:
            parts += _following(one)
        return f"concat({', '.join([*parts, sql.text('}')])})"
    parts = []
    for one in ordered:
        parts += _following(one)
    inner = f"concat({', '.join(parts)})"
    written_out = f"'{{' || substr({inner}, 2) || '}}'"
    if any(one.always for one in ordered):
        return written_out
    return f"CASE WHEN {' OR '.join(f'({one.json}) IS NOT NULL' for one in ordered)} THEN {written_out} END"


def _following(member: Member) -> list[str]:
    key = sql.text("," + _key(member))
    if member.always:
        return [key, member.json]
    return [f"({key} || {member.json})"]  # NULL takes the key with it; concat leaves NULL out


def _key(member: Member) -> str:
    return json.dumps(member.key, ensure_ascii=False) + ":"


def _text(key: str, column: str = "", *, always: bool = False) -> Member:
    return Member(key, sql.json_text(column or key), always)


def _day(column: str) -> str:
    return f"""('"' || {column}::VARCHAR || '"')"""


def _dates(*names: str) -> Member:
    return Member("dates", _object([Member(name, _day(name)) for name in names]))


def _subject() -> Member:
    return Member(
        "subject",
        _object([_text("identifier", always=True), _text("scheme", always=True)]),
        True,
    )


def _record(plan: Plan) -> list[Member]:
    record = plan.contract.record
    members = [_text("item"), _subject()]
    members[0] = Member("item", sql.json_text("item"), True)
    if record.amount:
        amount = _object([Member("currency", sql.json_text("currency")), Member("minor", "amount::VARCHAR", True)])
        members.append(Member("amount", f"CASE WHEN amount IS NOT NULL THEN {amount} END"))
    days = [one for one in ("decided_on", "effective_from", "effective_to", "occurred_on") if getattr(record, one)]
    if days:
        members.append(_dates(*days))
    if record.seriousness:
        members.append(Member("seriousness", "seriousness::VARCHAR"))
    fields = {one.path: made for one in items(plan) if (made := _fields(plan, one))}
    if fields:
        members.append(Member("fields", per_item(plan, fields, "NULL")))
    members.append(Member("instrument", _instrument(plan), True))
    return members


def _fields(plan: Plan, item: Item) -> str:
    members = []
    for name, column in plan.contract.record.fields:
        field = item.field_named(name)
        if field is None:
            continue
        numeric = plan.contract.column(column).type in (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.MONEY)
        if field.type is FieldType.NUMBER and numeric:
            members.append(Member(name, f"{plan.value(column)}::VARCHAR"))
        else:
            members.append(Member(name, sql.json_text(written(plan, column))))
    return _object(members) if members else ""


def _instrument(plan: Plan) -> str:
    mapping = plan.contract.instrument
    register = """'{"register":true}'"""
    if not mapping.number:
        return register
    members = [
        Member("article", sql.json_text("instrument_article")),
        Member("authority", sql.json_text("instrument_authority"), True),
        Member("dated", _day("instrument_date")),
        Member("number", sql.json_text("instrument_number"), True),
    ]
    return f"CASE WHEN instrument_number IS NULL THEN {register} ELSE {_object(members)} END"


def _described(plan: Plan) -> list[Member]:
    subject = plan.contract.subject
    members = [_text("identifier", always=True), _text("scheme", always=True), _text("kind")]
    members += [_text(one) for one in ("name", "name_en", "former_names", "division") if getattr(subject, one)]
    if subject.registered_on:
        members.append(Member("registered_on", _day("registered_on")))
    legacy = [
        Member(scheme, sql.json_text(f"legacy_{number}")) for number, (scheme, _) in enumerate(subject.legacy, 1)
    ]
    if legacy:
        members.append(Member("legacy", _object(legacy)))
    return members
