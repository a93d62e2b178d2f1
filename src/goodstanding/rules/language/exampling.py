"""`examples`: what is given and what must follow."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import (
    SERIOUSNESS,
    Example,
    ExpectedLine,
    Given,
    GivenCutoff,
    GivenMember,
    GivenResult,
    Quota,
)
from .nodes import Value, refusal
from .scalars import day, identifier, interval, money, path, points, title, whole


def _record(value: Value, pack: str) -> list[Given]:
    fields = value.fields()
    item = path(fields.need("item"), pack)
    amount, serious, times = fields.get("amount"), fields.get("seriousness"), fields.get("times")
    dates = {
        key: day(found) if (found := fields.get(key)) else None
        for key in ("occurred_on", "decided_on", "effective_from", "effective_to", "counts_until")
    }
    numbers, codes = [], []
    where = fields.get("fields")
    for name, one in where.fields().rest().items() if where else []:
        if one.is_scalar and not one.quoted and one.node.value.lstrip("-").isdigit():
            numbers.append((name, whole(one)))
        else:
            codes.append((name, one.text()))
    fields.done()
    if serious is not None and serious.text() not in SERIOUSNESS:
        raise serious.wrong("one of " + ", ".join(SERIOUSNESS))
    minor, currency = money(amount) if amount else (None, None)
    many = whole(times) if times else 1
    if not 1 <= many <= 1000:
        raise refusal(5, "a record stands 1 to 1000 times", value.source)
    one_record = Given(
        item=item,
        amount=minor,
        currency=currency,
        seriousness=SERIOUSNESS[serious.text()] if serious else None,
        numbers=tuple(numbers),
        codes=tuple(codes),
        **dates,
    )
    return [one_record] * many


def _results(value: Value) -> Iterator[GivenResult]:
    """`{<fact>: {grade: A}, <fact>: {points: 85, on: 2019-12-31}}`."""
    for fact, one in value.fields().rest().items():
        fields = one.fields()
        found, on = fields.one_of("grade", "points"), fields.get("on")
        that_day = day(on) if on else None
        if found is None:
            raise refusal(4, f"the result {fact} says nothing", one.source, remedy="add grade or points")
        fields.done()
        if found[0] == "points":
            yield GivenResult(fact, points=interval(found[1], points), on=that_day)
        else:
            told = found[1].text()
            yield GivenResult(fact, grade=None if told == "cannot tell" else told, on=that_day)


def _member(value: Value, pack: str) -> GivenMember:
    fields = value.fields()
    tie = identifier(fields.need("tie"))
    records = tuple(each for one in fields.need("records").items() for each in _record(one, pack))
    fields.done()
    return GivenMember(tie, records)


def _cutoffs(value: Value, quotas: tuple[Quota, ...]) -> Iterator[GivenCutoff]:
    """`{<quota>: 11}` or `{<quota>: {surely: 11, possibly: 10}}`: points, or whole numbers of a fact."""
    by = {one.id: one.by for one in quotas}
    for quota, one in value.fields().rest().items():
        if quota not in by:
            raise refusal(15, f"there is no quota {quota!r}", one.source, remedy="name one of `quotas`")
        read = points if by[quota] is None else whole
        with one.placed():
            if one.is_mapping:
                fields = one.fields()
                yield GivenCutoff(quota, read(fields.need("surely")), read(fields.need("possibly")))
                fields.done()
            else:
                yield GivenCutoff(quota, read(one), read(one))


def read_example(value: Value, pack: str, quotas: tuple[Quota, ...] = ()) -> Example:
    """One worked example of a rulebook with these quotas."""
    fields = value.fields()
    titled = fields.get("title")
    given = fields.need("given").fields()
    records = [each for one in given.need("records").items() for each in _record(one, pack)]
    registered, results = given.get("registered_on"), given.get("results")
    members, cutoffs = given.get("members"), given.get("cutoffs")
    given.done()
    then = fields.need("then").fields()
    grade, total = then.need("grade"), then.get("points")
    missing, lines = then.get("missing"), then.get("lines")
    then.done()
    expected = None
    if lines is not None:
        found = []
        for one in lines.items():
            line = one.fields()
            worth = line.get("points")
            found.append(
                ExpectedLine(identifier(line.need("rule")), interval(worth, points) if worth else None)
            )
            line.done()
        expected = tuple(found)
    on = day(fields.need("on"))
    fields.done()
    return Example(
        title=(titled.text() if titled.is_scalar else title(titled)) if titled else "",
        records=tuple(records),
        on=on,
        grade=None if grade.text() == "cannot tell" else grade.text(),
        points=interval(total, points) if total else None,
        missing=tuple(sorted(one.text() for one in missing.items())) if missing else None,
        lines=expected,
        registered_on=day(registered) if registered else None,
        results=tuple(_results(results)) if results else (),
        members=tuple(_member(one, pack) for one in members.items()) if members else (),
        cutoffs=tuple(_cutoffs(cutoffs, quotas)) if cutoffs else (),
        place=str(value.source),
    )
