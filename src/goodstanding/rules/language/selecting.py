"""`select`, `window` and `when`: which records, which days, which questions."""

from __future__ import annotations

from ..model import (
    SERIOUSNESS,
    All,
    AmountTest,
    Any,
    AtLeastOf,
    CodeTest,
    Condition,
    DatedTest,
    DateUsed,
    Exists,
    FactIn,
    FactIs,
    Not,
    NumberTest,
    PointsIn,
    Range,
    RegisteredFor,
    Select,
    Span,
    Window,
)
from .nodes import Fields, Value, refusal
from .scalars import bounds, day, flag, identifier, money, path, points, truth, whole

ASKED = ("exists", "listed", "fact", "points", "registered", "all", "any", "at_least_of", "not")


def _date_used(value: Value) -> DateUsed:
    if value.text() not in set(DateUsed):
        raise value.wrong("one of " + ", ".join(DateUsed))
    return DateUsed(value.text())


def read_window(value: Value) -> Window:
    """`all`, or a mapping with one of calendar_year, months, years, all; and `date`."""
    if value.is_scalar:
        if value.text() != "all":
            raise value.wrong("all, or a mapping such as {months: 6}")
        return Window(Span.ALL)
    fields = value.fields()
    used = fields.get("date")
    date_used = _date_used(used) if used else DateUsed.DECIDED_ON
    found = fields.one_of("calendar_year", "months", "years", "all")
    if found is None:
        raise refusal(
            4, "a window says no span", value.source, remedy="add calendar_year, months, years or all"
        )
    fields.done()
    key, said = found
    with said.placed():
        if key == "calendar_year":
            years = {"previous": Span.PREVIOUS_YEAR, "current": Span.CURRENT_YEAR}
            if said.text() not in years:
                raise said.wrong("previous or current")
            return Window(years[said.text()], used=date_used)
        if key == "all":
            if not truth(said):
                raise said.wrong("true")
            return Window(Span.ALL, used=date_used)
        return Window(Span.MONTHS, whole(said) * (12 if key == "years" else 1), date_used)


def _amount(value: Value) -> AmountTest:
    currencies: list[str] = []

    def read(one: Value) -> int:
        minor, currency = money(one)
        currencies.append(currency)
        return minor

    fields = value.fields()
    bound = bounds(fields, read)
    fields.done()
    if bound is None:
        raise refusal(4, "an amount is compared with nothing", value.source, remedy="add at_least or below")
    if len(set(currencies)) > 1:
        raise refusal(8, "two currencies in one comparison", value.source, remedy="use one")
    return AmountTest(currencies[0], bound)


def _field_tests(value: Value) -> tuple[tuple[CodeTest, ...], tuple[NumberTest, ...]]:
    codes: list[CodeTest] = []
    numbers: list[NumberTest] = []
    for name, one in value.fields().rest().items():
        with one.placed():
            if one.is_mapping:
                fields = one.fields()
                bound = bounds(fields, whole)
                fields.done()
                if bound is None:
                    raise refusal(4, f"{name} is compared with nothing", one.source, remedy="add at_least")
                numbers.append(NumberTest(name, bound))
            else:
                codes.append(CodeTest(name, tuple(each.text() for each in one.items_or_one())))
    return tuple(codes), tuple(numbers)


def _dated(value: Value) -> DatedTest:
    """`{date: occurred_on, from: 2020-01-23, to: 2020-07-01}`; with `not: true`, outside of it."""
    fields = value.fields()
    first, end = fields.get("from"), fields.get("to")
    with value.placed():
        test = DatedTest(
            _date_used(fields.need("date")),
            day(first) if first else None,
            day(end) if end else None,
            flag(fields, "not"),
        )
    fields.done()
    return test


def read_select(value: Value, pack: str) -> Select:
    """A selection of records of one item."""
    fields = value.fields()
    item = path(fields.need("item"), pack)
    where, amount = fields.get("where"), fields.get("amount")
    serious, effect = fields.get("seriousness"), fields.get("in_effect")
    dated = fields.get("dated")
    fields.done()
    codes, numbers = _field_tests(where) if where else ((), ())
    levels = []
    for one in serious.items_or_one() if serious else []:
        if one.text() not in SERIOUSNESS:
            raise one.wrong("one of " + ", ".join(SERIOUSNESS))
        levels.append(SERIOUSNESS[one.text()])
    with value.placed():
        return Select(
            item,
            codes,
            numbers,
            _amount(amount) if amount else None,
            tuple(sorted(set(levels))),
            truth(effect) if effect else False,
            tuple(_dated(one) for one in dated.items_or_one()) if dated else (),
        )


def read_condition(value: Value, pack: str, period: Window) -> Condition:
    """A question: one of `ASKED`."""
    fields = value.fields()
    found = fields.one_of(*ASKED)
    if found is None:
        raise refusal(
            4,
            "a condition asks nothing",
            value.source,
            remedy="use one of " + ", ".join(ASKED),
        )
    key, said = found
    with value.placed():
        condition = _condition(key, said, fields, pack, period)
    fields.done()
    return condition


def _condition(key: str, said: Value, fields: Fields, pack: str, period: Window) -> Condition:
    match key:
        case "exists":
            window = fields.get("window")
            return Exists(read_select(said, pack), read_window(window) if window else period)
        case "listed":
            return _listed(said, pack)
        case "at_least_of":
            inner = said.fields()
            number = whole(inner.need("number"))
            of = tuple(read_condition(one, pack, period) for one in inner.need("of").items())
            inner.done()
            return AtLeastOf(number, of)
        case "fact":
            one_of = fields.get("one_of")
            if one_of is not None:
                return FactIs(identifier(said), tuple(each.text() for each in one_of.items_or_one()))
            return FactIn(identifier(said), _compared(said, bounds(fields, whole)))
        case "points":
            inner = said.fields()
            bound = bounds(inner, points)
            inner.done()
            return PointsIn(_compared(said, bound))
        case "registered":
            inner = said.fields()
            months = inner.need("months").fields()
            bound = bounds(months, whole)
            months.done()
            inner.done()
            return RegisteredFor(_compared(said, bound))
        case "not":
            return Not(read_condition(said, pack, period))
        case _:
            parts = tuple(read_condition(one, pack, period) for one in said.items())
            return All(parts) if key == "all" else Any(parts)


def _listed(said: Value, pack: str) -> Condition:
    """There is an entry of a listing, or of one of several, in effect on the day."""
    ever = Window(Span.ALL, used=DateUsed.EFFECTIVE_FROM)
    found = tuple(Exists(Select(path(one, pack), in_effect=True), ever) for one in said.items_or_one())
    return found[0] if len(found) == 1 else Any(found)


def _compared(said: Value, bound: Range | None) -> Range:
    if bound is None:
        raise refusal(
            4, "a condition compares with nothing", said.source, remedy="add at_least, at_most, is …"
        )
    return bound
