"""`examples`: what is given and what must follow."""

from __future__ import annotations

from ..model import SERIOUSNESS, Example, ExpectedLine, Given
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


def read_example(value: Value, pack: str) -> Example:
    """One worked example."""
    fields = value.fields()
    titled = fields.get("title")
    given = fields.need("given").fields()
    records = [each for one in given.need("records").items() for each in _record(one, pack)]
    registered = given.get("registered_on")
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
        place=str(value.source),
    )
