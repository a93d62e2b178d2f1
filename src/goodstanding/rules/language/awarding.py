"""`rules` and `facts`: points for records, and numbers worked out from records."""

from __future__ import annotations

from goodstanding.catalogue.model import Title

from ..model import (
    Amount,
    Award,
    Bracket,
    Code,
    Count,
    CountOfRecords,
    Each,
    Fact,
    Largest,
    LargestOf,
    Latest,
    NotStated,
    Number,
    Once,
    Per,
    Rule,
    Select,
    Sum,
    SumOf,
    Table,
    Window,
)
from .nodes import Fields, Value, refusal
from .scalars import basis, currency, identifier, money, points, span, title, truth, whole
from .selecting import read_select, read_window


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

    table = fields.need("brackets").fields()
    brackets = []
    for key_node, _ in table.value.node.value:
        key = Value(key_node, value.file, "a bracket")
        brackets.append(Bracket(span(key, bound), points(table.rest()[key.text()])))
    fields.done()
    return Table(measure, tuple(brackets))


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


def read_rule(value: Value, pack: str, period: Window) -> Rule:
    """One rule that gives or takes points."""
    fields = value.fields()
    cap, section = fields.get("cap"), fields.get("section")
    uncertain, window = fields.get("uncertain"), fields.get("window")
    with value.placed():
        rule = Rule(
            id=identifier(fields.need("id")),
            title=title(fields.need("title")),
            basis=basis(fields.need("basis", "every rule rests on a law")),
            select=read_select(fields.need("select"), pack),
            window=read_window(window) if window else period,
            award=_award(fields),
            cap=points(cap) if cap else None,
            section=identifier(section) if section else None,
            uncertain=truth(uncertain) if uncertain else False,
        )
    fields.done()
    return rule


def _of(fields: Fields, *, codes: bool) -> Number | Amount | Code:
    found = fields.one_of("number", "amount", "code") if codes else fields.one_of("number", "amount")
    if found is None:
        names = "number, amount or code" if codes else "number or amount"
        raise refusal(4, "a fact takes no value", fields.source, remedy=f"add {names}")
    if found[0] == "amount":
        return Amount(currency(found[1]))
    return Number(found[1].text()) if found[0] == "number" else Code(found[1].text())


def read_fact(value: Value, pack: str, period: Window) -> Fact:
    """One named number or code."""
    fields = value.fields()
    name, titled = identifier(fields.need("id")), title(fields.need("title"))
    found = fields.one_of("latest", "count", "sum", "largest", "sum_of", "largest_of")
    if found is None:
        raise refusal(
            4,
            f"fact {name} is worked out from nothing",
            value.source,
            remedy="add one of latest, count, sum, largest, sum_of, largest_of",
        )
    key, said = found
    if key in ("sum_of", "largest_of"):
        others = tuple(identifier(one) for one in said.items())
        if not others:
            raise said.wrong("a list of facts")
        fields.done()
        return SumOf(name, titled, others) if key == "sum_of" else LargestOf(name, titled, others)
    select = read_select(said, pack)
    given = fields.get("window")
    window = read_window(given) if given else period
    with value.placed():
        fact = _recorded(key, name, fields, select, window, titled)
    fields.done()
    return fact


def _recorded(key: str, name: str, fields: Fields, select: Select, window: Window, titled: Title) -> Fact:
    if key == "count":
        return Count(name, titled, select, window)
    of = _of(fields, codes=key == "latest")
    if key == "sum":
        assert not isinstance(of, Code)
        return Sum(name, titled, select, window, of)
    none = fields.get("if_none")
    if key == "latest":
        if none is None:
            default: int | str | None = None
        else:
            default = none.text() if isinstance(of, Code) else _amount_or_whole(none, of)
        return Latest(name, titled, select, window, of, default)
    assert not isinstance(of, Code)
    return Largest(name, titled, select, window, of, _amount_or_whole(none, of) if none else None)


def _amount_or_whole(value: Value, of: Number | Amount) -> int:
    return money(value)[0] if isinstance(of, Amount) else whole(value)
