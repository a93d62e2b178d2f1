"""`rules`: points for records, for who meets a condition, and by a fact's number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypedDict

from goodstanding.catalogue.model import Basis, Title

from ..model import (
    Amount,
    AnyRule,
    Award,
    Bracket,
    CountOfRecords,
    Each,
    FactTable,
    JudgedRule,
    MeasuredRule,
    NotStated,
    Number,
    Once,
    Per,
    PerUnit,
    Range,
    Rule,
    Table,
    Window,
)
from .nodes import Fields, Value, refusal
from .scalars import (
    basis,
    covers,
    currency,
    flag,
    identifier,
    money,
    points,
    span,
    title,
    truth,
    whole,
)
from .selecting import read_condition, read_select, read_window


def _measure(value: Value) -> Amount | Number | CountOfRecords:
    if value.is_scalar:
        if value.text() != "count":
            raise value.wrong("count, {amount: CNY} or {number: field}")
        return CountOfRecords()
    fields = value.fields()
    found = fields.one_of("amount", "number")
    if found is None:
        raise value.wrong("count, {amount: CNY} or {number: field}")
    fields.done()
    return Amount(currency(found[1])) if found[0] == "amount" else Number(found[1].text())


def _per(value: Value) -> Per:
    """`per: {amount: 10000 CNY, points: -1}` or `per: {number: days, unit: 10, points: -0.5}`."""
    fields = value.fields()
    found = fields.one_of("amount", "number")
    if found is None:
        raise refusal(4, "per: of what?", value.source, remedy="add amount: 10000 CNY, or number and unit")
    measure: Amount | Number
    if found[0] == "amount":
        unit, code = money(found[1])
        measure = Amount(code)
    else:
        measure = Number(found[1].text())
        unit = whole(fields.need("unit"))
    given = points(fields.need("points"))
    started = fields.get("started")
    fields.done()
    return Per(measure, unit, given, truth(started) if started else False)


def _table(value: Value) -> Table:
    fields = value.fields()
    measure = _measure(fields.need("by"))

    def bound(one: Value) -> int:
        if not isinstance(measure, Amount):
            return whole(one)
        return money(one.saying(f"{one.text()} {measure.currency}"))[0]

    brackets = _brackets(fields.need("brackets"), bound)
    fields.done()
    return Table(measure, tuple(Bracket(bracket, points(one)) for bracket, one in brackets))


def _brackets(value: Value, read: Callable[[Value], int]) -> Iterator[tuple[Range, Value]]:
    """The ranges of a table and what each gives, in the order of the file."""
    table = value.fields()
    for key_node, _ in value.node.value:
        key = Value(key_node, value.file, "a bracket")
        yield span(key, read), table.rest()[key.text()]


def _not_stated(value: Value) -> NotStated:
    """`each: {not_stated: deduction, at_most: 30}`."""
    fields = value.fields()
    which, most = fields.need("not_stated"), fields.get("at_most")
    fields.done()
    if which.text() not in ("deduction", "addition"):
        raise which.wrong("deduction or addition")
    return NotStated(which.text() == "deduction", points(most) if most else None)


def _award(fields: Fields) -> Award:
    found = fields.one_of("each", "once", "per", "table")
    if found is None:
        raise refusal(4, "a rule gives no points", fields.source, remedy="add one of each, once, per, table")
    key, said = found
    with said.placed():
        match key:
            case "each":
                return _not_stated(said) if said.is_mapping else Each(points(said))
            case "once":
                return Once(points(said))
            case "per":
                return _per(said)
            case _:
                return _table(said)


def read_rule(value: Value, pack: str, period: Window) -> AnyRule:
    """One rule that gives or takes points: by records, by a condition, or by a fact's number."""
    fields = value.fields()
    about = fields.one_of("select", "when", "measure")
    if about is None:
        raise refusal(4, "a rule is about nothing", value.source, remedy="add one of select, when, measure")
    key, said = about
    with value.placed():
        rule: AnyRule
        if key == "select":
            rule = _selecting(said, fields, pack, period)
        elif key == "when":
            rule = _judged(said, fields, pack, period)
        else:
            rule = _measured(said, fields)
    fields.done()
    return rule


class _Common(TypedDict):
    """What rules of every kind have."""

    id: str
    title: Title
    basis: tuple[Basis, ...]
    section: str | None
    uncertain: bool
    covers: tuple[str, ...]


def _common(fields: Fields) -> _Common:
    section = fields.get("section")
    return {
        "id": identifier(fields.need("id")),
        "title": title(fields.need("title")),
        "basis": basis(fields.need("basis", "every rule rests on a law")),
        "section": identifier(section) if section else None,
        "uncertain": flag(fields, "uncertain"),
        "covers": covers(fields),
    }


def _selecting(said: Value, fields: Fields, pack: str, period: Window) -> Rule:
    cap, window = fields.get("cap"), fields.get("window")
    return Rule(
        **_common(fields),
        select=read_select(said, pack),
        window=read_window(window) if window else period,
        award=_award(fields),
        cap=points(cap) if cap else None,
    )


def _judged(said: Value, fields: Fields, pack: str, period: Window) -> JudgedRule:
    given = fields.need("once", "a condition is met or not: it gives its points once")
    return JudgedRule(**_common(fields), when=read_condition(said, pack, period), points=points(given))


def _measured(said: Value, fields: Fields) -> MeasuredRule:
    found = fields.one_of("per", "table")
    if found is None:
        raise refusal(4, "a rule gives no points", fields.source, remedy="add per or table")
    with found[1].placed():
        award = _per_unit(found[1]) if found[0] == "per" else _fact_table(found[1])
    cap = fields.get("cap")
    return MeasuredRule(
        **_common(fields), fact=identifier(said), award=award, cap=points(cap) if cap else None
    )


def _per_unit(value: Value) -> PerUnit:
    """`per: {unit: 10, points: -0.1, over: 100}`."""
    fields = value.fields()
    over = fields.get("over")
    award = PerUnit(
        whole(fields.need("unit")),
        points(fields.need("points")),
        whole(over) if over else 0,
        flag(fields, "started"),
    )
    fields.done()
    return award


def _fact_table(value: Value) -> FactTable:
    """`table: {0..5: 3, 5..10: 1}`."""
    return FactTable(tuple(Bracket(bracket, points(one)) for bracket, one in _brackets(value, whole)))
