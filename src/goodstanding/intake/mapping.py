"""From columns to the parts of a record, a role, a tie or a subject, with what can be wrong across cells."""

from __future__ import annotations

import re

from goodstanding.catalogue.model import Column, ColumnType, FieldType, Item, Target
from goodstanding.core.identifiers.sql import fault_sql, normalise_sql
from goodstanding.intake import sql
from goodstanding.intake.keys import folds, key_cell
from goodstanding.intake.parts import Finding, Mapped, stated, words, written
from goodstanding.intake.plan import Plan
from goodstanding.intake.relations import map_role, map_tie
from goodstanding.intake.values import LAST_DAY

SLOTS = 4
_LITERAL = re.compile(r"NULL::\w+|NULL|true|false|'(?:[^']|'')*'|NULL::(?:DATE|BIGINT|VARCHAR)")


def mapped(plan: Plan) -> Mapped:
    """The parts of a row under the contract's mappings; every column of the batch is there."""
    found = Mapped()
    _subject(plan, found)
    target = plan.contract.target
    if target is Target.RECORDS:
        _record(plan, found)
        _instrument(plan, found)
    elif target is Target.ROLES:
        map_role(plan, found)
    elif target is Target.TIES:
        map_tie(plan, found)
    _key(plan, found)
    for name, kind in _COLUMNS.items():
        found.outputs.setdefault(name, f"NULL::{kind}")
    return found


def shown(plan: Plan, parts: Mapped) -> dict[str, str]:
    """The batch's columns as its view selects them from the stage.

    What is the same in every row, or the same as another column, is not stored: half of the columns of most
    contracts, and memory is what five million rows cost most.
    """
    found: dict[str, str] = {}
    stored: dict[str, str] = {}
    for name in columns(plan):
        made = parts.outputs[name]
        if name in parts.derived or _LITERAL.fullmatch(made):
            found[name] = made
        else:
            found[name] = stored.setdefault(made, name)
    return found


_COLUMNS = {
    "item": "VARCHAR",
    "occurred_on": "DATE",
    "decided_on": "DATE",
    "effective_from": "DATE",
    "effective_to": "DATE",
    "amount": "BIGINT",
    "currency": "VARCHAR",
    "seriousness": "TINYINT",
    **{f"number_{slot}": "BIGINT" for slot in range(1, SLOTS + 1)},
    **{f"code_{slot}": "VARCHAR" for slot in range(1, SLOTS + 1)},
    "instrument_authority": "VARCHAR",
    "instrument_number": "VARCHAR",
    "instrument_article": "VARCHAR",
    "instrument_date": "DATE",
    "person": "VARCHAR",
    "role": "VARCHAR",
    "other_scheme": "VARCHAR",
    "other_identifier": "VARCHAR",
    "tie": "VARCHAR",
    "from_on": "DATE",
    "to_on": "DATE",
}


def columns(plan: Plan) -> list[str]:
    """The columns of the batch's table after `row`, in their order, without `body`."""
    legacy = [f"legacy_{number}" for number, _ in enumerate(plan.contract.subject.legacy, 1)]
    first = ["scheme", "identifier", "kind", "name", "name_en", "former_names", "division", "registered_on"]
    return [*first, *legacy, "subject_only", "source_key", *_COLUMNS]


def _day(plan: Plan, found: Mapped, name: str, column: str, *, past: bool) -> None:
    found.outputs[name] = f"{plan.value(column)}::DATE"
    if past and column:
        found.faults.append(Finding(column, _future(plan, name), "date-in-future"))


def _future(plan: Plan, name: str) -> str:
    """Whether a day lies in the future; what no plausible day is has been told already."""
    return f"({name} > DATE '{plan.today}' AND {name} <= DATE '{LAST_DAY}')"


def _subject(plan: Plan, found: Mapped) -> None:
    subject = plan.contract.subject
    found.outputs["scheme"] = sql.text(subject.scheme)
    found.outputs["identifier"] = written(plan, subject.identifier)
    found.faults.append(
        Finding(subject.identifier, f"{plan.text(subject.identifier)} IS NULL", "required"),
    )
    if subject.kind_column:
        found.outputs["kind"] = words(plan, subject.kind_column, subject.kinds)
        stated(plan, found, subject.kind_column, "kind", "kind-unknown", needed=not subject.kind)
        if subject.kind:
            found.outputs["kind"] = (
                f"CASE WHEN {plan.text(subject.kind_column)} IS NULL THEN {sql.text(subject.kind)} "
                f"ELSE {found.outputs['kind']} END"
            )
    else:
        found.outputs["kind"] = sql.text(subject.kind)
    for name in ("name", "name_en", "former_names", "division"):
        found.outputs[name] = f"{plan.value(getattr(subject, name))}::VARCHAR"
    _day(plan, found, "registered_on", subject.registered_on, past=True)
    for number, (scheme, column) in enumerate(subject.legacy, 1):
        text, known = plan.text(column), plan.schemes[scheme]
        fault = f"CASE WHEN {text} IS NOT NULL THEN {fault_sql(known, text)} END"
        found.outputs[f"legacy_{number}"] = f"CASE WHEN {fault} IS NULL THEN {normalise_sql(known, text)} END"
        found.notes.append(
            Finding(column, f"{text} IS NOT NULL AND legacy_{number} IS NULL", "legacy-identifier")
        )
    blank = [f"{plan.text(one)} IS NULL" for one in plan.contract.subject_only_when_blank]
    found.outputs["subject_only"] = " AND ".join(blank) if blank else "false"
    if plan.contract.target is Target.SUBJECTS:
        found.outputs["subject_only"] = "false"


def _record(plan: Plan, found: Mapped) -> None:
    record = plan.contract.record
    if record.item_column:
        found.outputs["item"] = words(plan, record.item_column, record.items)
        stated(plan, found, record.item_column, "item", "item-unknown", free="NOT subject_only AND ")
    elif plan.contract.subject_only_when_blank:
        found.outputs["item"] = f"CASE WHEN NOT subject_only THEN {sql.text(record.item)} END"
        found.derived.add("item")
    else:
        found.outputs["item"] = sql.text(record.item)
    _day(plan, found, "occurred_on", record.occurred_on, past=True)
    _day(plan, found, "decided_on", record.decided_on, past=True)
    _day(plan, found, "effective_from", record.effective_from, past=False)
    _day(plan, found, "effective_to", record.effective_to, past=False)
    if record.to_is_last_day:
        found.outputs["effective_to"] = f"({plan.value(record.effective_to)}::DATE + 1)"
    if record.effective_to and record.effective_from:
        least = "effective_from + 1" if record.to_is_last_day else "effective_from"
        found.faults.append(Finding(record.effective_to, f"effective_to < {least}", "date-order"))
    if record.decided_on and record.occurred_on:
        found.notes.append(Finding(record.decided_on, "decided_on < occurred_on", "decided-before-occurred"))
    if record.amount:
        _amount(plan, found)
    if record.seriousness:
        pairs = record.seriousness_values or (("1", 1), ("2", 2), ("3", 3))
        found.outputs["seriousness"] = f"({words(plan, record.seriousness, pairs)})::TINYINT"
        missing = f"{plan.text(record.seriousness)} IS NOT NULL AND seriousness IS NULL"
        found.faults.append(Finding(record.seriousness, missing, "seriousness-unknown"))
    for kind, name in ((FieldType.NUMBER, "number"), (FieldType.CODE, "code")):
        for slot in range(1, SLOTS + 1):
            _slot(plan, found, kind, slot, f"{name}_{slot}")


def _amount(plan: Plan, found: Mapped) -> None:
    record = plan.contract.record
    found.outputs["amount"] = f"{plan.value(record.amount)}::BIGINT"
    if not record.currency:
        found.outputs["currency"] = f"CASE WHEN amount IS NOT NULL THEN {sql.text(plan.currency)} END"
        found.derived.add("currency")
        return
    stated = written(plan, record.currency)
    default = f"coalesce({stated}, {sql.text(plan.currency)})" if plan.currency else stated
    found.outputs["currency"] = f"CASE WHEN {plan.value(record.amount)} IS NOT NULL THEN {default} END"
    odd = "amount IS NOT NULL AND NOT regexp_full_match(coalesce(currency, ''), '[A-Z]{3}')"
    found.faults.append(Finding(record.currency, odd, "currency-unknown"))


def items(plan: Plan) -> list[Item]:
    """The items that the contract's rows may become."""
    record = plan.contract.record
    paths = [record.item] if record.item else [path for _, path in record.items]
    return [plan.items[path] for path in dict.fromkeys(paths)]


def per_item(plan: Plan, wanted: dict[str, str], otherwise: str) -> str:
    """SQL that depends on the row's item; `wanted` by item path. One expression if all items agree."""
    if len(set(wanted.values())) == 1 and len(wanted) == len(items(plan)):
        return next(iter(wanted.values()))
    record = plan.contract.record
    by_word = [(word, wanted[path]) for word, path in record.items if path in wanted]
    cases = " ".join(f"WHEN {sql.text(word)} THEN {made}" for word, made in by_word)
    return f"CASE {written(plan, record.item_column)} {cases} ELSE {otherwise} END" if cases else otherwise


def _slot(plan: Plan, found: Mapped, kind: FieldType, slot: int, name: str) -> None:
    column_of = dict(plan.contract.record.fields)
    wanted = {}
    for item in items(plan):
        for one in item.fields:
            if one.type is kind and one.slot == slot and one.name in column_of:
                sort = "BIGINT" if kind is FieldType.NUMBER else "VARCHAR"
                wanted[item.path] = f"TRY_CAST({plan.value(column_of[one.name])} AS {sort})"
    if wanted:
        found.outputs[name] = per_item(plan, wanted, f"NULL::{_COLUMNS[name]}")


def _instrument(plan: Plan, found: Mapped) -> None:
    mapping = plan.contract.instrument
    if not mapping.number:
        for name in ("authority", "article"):
            if not mapping.register and getattr(mapping, name):
                found.outputs[f"instrument_{name}"] = f"{plan.value(getattr(mapping, name))}::VARCHAR"
        if not mapping.register:
            found.faults.append(Finding("", "NOT subject_only", "instrument-missing"))
        return
    number = written(plan, mapping.number)
    authority = sql.text(plan.contract.authority)
    if mapping.authority:
        authority = f"coalesce({written(plan, mapping.authority)}, {authority})"
    parts = {
        "instrument_authority": authority,
        "instrument_article": f"{plan.value(mapping.article)}::VARCHAR",
        "instrument_date": f"{plan.value(mapping.dated)}::DATE",
    }
    found.outputs["instrument_number"] = number
    for name, made in parts.items():
        # with a register to fall back on, a row without a number rests on the register alone
        found.outputs[name] = f"CASE WHEN {number} IS NOT NULL THEN {made} END" if mapping.register else made
    if mapping.dated:
        found.faults.append(Finding(mapping.dated, _future(plan, "instrument_date"), "date-in-future"))
    if not mapping.register:
        missing = "NOT subject_only AND instrument_number IS NULL"
        found.faults.append(Finding(mapping.number, missing, "instrument-missing"))


def _key(plan: Plan, found: Mapped) -> None:
    cells, unread = [], []
    for name, fold in zip(plan.contract.key, folded_columns(plan), strict=True):
        column, cell = plan.contract.column(name), written(plan, name)
        if column.type not in (ColumnType.TEXT, ColumnType.CODE):
            unread.append(f"({plan.value(name)} IS NULL AND {plan.text(name)} IS NOT NULL)")
        cell = key_cell(column, cell) if fold else cell
        cells.append(cell if column.required else f"coalesce({cell}, '')")
    made = cells[0] if len(cells) == 1 else "concat(" + ", chr(31), ".join(cells) + ")"
    # a row whose key cannot be read has none
    found.outputs["source_key"] = f"CASE WHEN NOT ({' OR '.join(unread)}) THEN {made} END" if unread else made
    empty = " AND ".join(f"{plan.text(one)} IS NULL" for one in plan.contract.key)
    found.faults.append(Finding(plan.contract.key[0], empty, "key-missing"))


def folded_columns(plan: Plan) -> list[bool]:
    """For each column of the key, whether its cells are folded: not where the contract lists the words."""
    contract = plan.contract
    words = {contract.record.item_column, contract.subject.kind_column}
    words |= {contract.role.role} if contract.role.roles else set()
    words |= {contract.tie.kind} if contract.tie.kinds else set()
    return [
        name in plan.places
        and name not in words
        and folds(contract.column(name), identifier=plan.scheme_of(name) is not None)
        for name in contract.key
    ]


def exempt(plan: Plan, column: Column) -> bool:
    """Whether a row that only names a subject may leave a required column empty."""
    subject = plan.contract.subject
    names = {subject.identifier, subject.name, subject.name_en, subject.former_names, subject.division}
    names |= {subject.registered_on, subject.kind_column}
    return bool(plan.contract.subject_only_when_blank) and column.name not in names
