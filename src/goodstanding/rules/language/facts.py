"""`facts`: numbers and codes worked out from records, from each other, and from other rulebooks."""

from __future__ import annotations

from goodstanding.catalogue.model import Title

from ..model import (
    Amount,
    Code,
    Count,
    Fact,
    Largest,
    LargestOf,
    Latest,
    Number,
    RatioOf,
    ResultDay,
    ResultOf,
    Rounding,
    Select,
    Sum,
    SumOf,
    Weight,
    WeightedOf,
    Window,
)
from .nodes import Fields, Value, refusal
from .scalars import currency, fraction, identifier, money, path, title, whole
from .selecting import read_select, read_window

RECORDED = ("latest", "count", "sum", "largest")
WORKED_OUT = (*RECORDED, "sum_of", "largest_of", "ratio_of", "weighted_of", "result")


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
    found = fields.one_of(*WORKED_OUT)
    if found is None:
        raise refusal(
            4,
            f"fact {name} is worked out from nothing",
            value.source,
            remedy="add one of " + ", ".join(WORKED_OUT),
        )
    key, said = found
    if key not in RECORDED:
        with value.placed():
            worked_out = _worked_out(key, name, said, titled, pack)
        fields.done()
        return worked_out
    select = read_select(said, pack)
    given = fields.get("window")
    window = read_window(given) if given else period
    with value.placed():
        fact = _recorded(key, name, fields, select, window, titled)
    fields.done()
    return fact


def _worked_out(key: str, name: str, said: Value, titled: Title, pack: str) -> Fact:
    match key:
        case "ratio_of":
            return _ratio(name, said, titled)
        case "weighted_of":
            return _weighted(name, said, titled)
        case "result":
            return _result(name, said, titled, pack)
        case _:
            others = tuple(identifier(one) for one in said.items())
            if not others:
                raise said.wrong("a list of facts")
            return SumOf(name, titled, others) if key == "sum_of" else LargestOf(name, titled, others)


def _rounding(fields: Fields) -> Rounding:
    said = fields.need("round", "a fraction is rounded as the law says, once")
    if said.text() not in set(Rounding):
        raise said.wrong("one of " + ", ".join(Rounding))
    return Rounding(said.text())


def _ratio(name: str, said: Value, titled: Title) -> RatioOf:
    """`{part: a, whole: b, per: 10000, round: down, if_whole_is_zero: 0}`."""
    fields = said.fields()
    nothing = fields.get("if_whole_is_zero")
    ratio = RatioOf(
        name,
        titled,
        identifier(fields.need("part")),
        identifier(fields.need("whole")),
        whole(fields.need("per")),
        _rounding(fields),
        whole(nothing) if nothing else None,
    )
    fields.done()
    return ratio


def _weighted(name: str, said: Value, titled: Title) -> WeightedOf:
    """`{parts: [{fact: a, weight: 3/10}, …], round: half_up}`."""
    fields = said.fields()
    parts = []
    for one in fields.need("parts").items():
        part = one.fields()
        with one.placed():
            parts.append(Weight(identifier(part.need("fact")), *fraction(part.need("weight"))))
        part.done()
    if not parts:
        raise said.wrong("parts with their weights")
    rounding = _rounding(fields)
    fields.done()
    return WeightedOf(name, titled, tuple(parts), rounding)


def _result(name: str, said: Value, titled: Title, pack: str) -> ResultOf:
    """`{of: cn/tax-credit, what: grade, on: last_year_end}`."""
    fields = said.fields()
    what, day = fields.need("what"), fields.get("on")
    if what.text() not in ("grade", "points"):
        raise what.wrong("grade or points")
    if day is not None and day.text() not in set(ResultDay):
        raise day.wrong("one of " + ", ".join(ResultDay))
    result = ResultOf(
        name,
        titled,
        path(fields.need("of"), pack),
        what.text() == "points",
        ResultDay(day.text()) if day else ResultDay.SAME_DAY,
    )
    fields.done()
    return result


def _group(fields: Fields) -> tuple[str, ...]:
    """`group: {ties: [branch_of, subsidiary_of]}`: whose records are looked at beside the subject's own."""
    said = fields.get("group")
    if said is None:
        return ()
    inner = said.fields()
    ties = tuple(identifier(one) for one in inner.need("ties").items())
    inner.done()
    if not ties or len(set(ties)) < len(ties):
        raise said.wrong("a list of ties, each once")
    return ties


def _recorded(key: str, name: str, fields: Fields, select: Select, window: Window, titled: Title) -> Fact:
    group = _group(fields)
    if key == "count":
        different = fields.get("distinct")
        return Count(name, titled, select, window, different.text() if different else None, group)
    of = _of(fields, codes=key == "latest")
    if key == "sum":
        assert not isinstance(of, Code)
        return Sum(name, titled, select, window, of, group)
    none = fields.get("if_none")
    if key == "latest":
        if none is None:
            default: int | str | None = None
        else:
            default = none.text() if isinstance(of, Code) else _amount_or_whole(none, of)
        return Latest(name, titled, select, window, of, default, group)
    assert not isinstance(of, Code)
    least = _amount_or_whole(none, of) if none else None
    return Largest(name, titled, select, window, of, least, group)


def _amount_or_whole(value: Value, of: Number | Amount) -> int:
    return money(value)[0] if isinstance(of, Amount) else whole(value)
