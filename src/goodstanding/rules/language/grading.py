"""`start`, `sections`, `grades` and what stands above them: how points and facts become a result."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import (
    Band,
    Bands,
    Bar,
    Condition,
    Kind,
    Ladder,
    Override,
    Quota,
    Section,
    Start,
    Step,
    Tier,
    Total,
    Window,
)
from .nodes import Fields, Value, refusal
from .scalars import basis, covers, flag, identifier, points, share, span, title, truth, whole
from .selecting import read_condition


def read_starts(value: Value, pack: str, period: Window) -> tuple[Start, ...]:
    """`start`: one number, or several with their conditions."""
    if value.is_scalar:
        return (Start(points(value)),)
    starts = []
    for one in value.items():
        fields = one.fields()
        when = fields.get("when")
        starts.append(
            Start(points(fields.need("points")), read_condition(when, pack, period) if when else None)
        )
        fields.done()
    return tuple(starts)


def read_grading(fields: Fields, kind: Kind, pack: str, period: Window) -> Bands | Ladder | Total:
    """`grades`; an index may have none: its total is the result."""
    if kind is Kind.INDEX and "grades" not in fields.found:
        return Total()
    said = fields.need("grades")
    by = fields.get("grade_by")
    with said.placed():
        if said.is_list:
            if by is not None:
                raise refusal(4, "grade_by goes with bands, not with a table of conditions", by.source)
            steps = []
            for one in said.items():
                step = one.fields()
                found = step.one_of("when", "otherwise")
                when = read_condition(found[1], pack, period) if found and found[0] == "when" else None
                if found and found[0] == "otherwise" and not truth(found[1]):
                    raise found[1].wrong("true")
                if found is None:
                    raise refusal(
                        4, "a step has no condition", one.source, remedy="add when, or otherwise: true"
                    )
                steps.append(Step(step.need("grade").text(), when))
                step.done()
            return Ladder(tuple(steps))
        of = identifier(by) if by else None
        read = whole if of else points
        bands = tuple(Band(name, span(one, read)) for name, one in said.fields().rest().items())
        if not bands:
            raise said.wrong("a mapping of grades to ranges")
        return Bands(bands, of)


def read_overrides(value: Value, pack: str, period: Window, grade: str | None = None) -> tuple[Override, ...]:
    """`overrides`; with `grade`, the criteria of a list, which all lead to that one."""
    return tuple(
        Override(
            identifier(fields.need("id")),
            title(fields.need("title")),
            basis(fields.need("basis", "every rule rests on a law")),
            when,
            grade or fields.need("grade").text(),
            flag(fields, "uncertain"),
            covers(fields),
        )
        for fields, when in _interventions(value, pack, period)
    )


def read_bars(value: Value, pack: str, period: Window) -> tuple[Bar, ...]:
    """`bars`."""
    return tuple(
        Bar(
            identifier(fields.need("id")),
            title(fields.need("title")),
            basis(fields.need("basis", "every rule rests on a law")),
            when,
            fields.need("at_best").text(),
            flag(fields, "uncertain"),
            covers(fields),
        )
        for fields, when in _interventions(value, pack, period)
    )


def _interventions(value: Value, pack: str, period: Window) -> Iterator[tuple[Fields, Condition]]:
    for one in value.items():
        fields = one.fields()
        yield fields, read_condition(fields.need("when"), pack, period)
        fields.done()


def read_sections(value: Value) -> tuple[Section, ...]:
    """`sections`."""
    sections = []
    for one in value.items():
        fields = one.fields()
        low, high = fields.get("at_least"), fields.get("at_most")
        with one.placed():
            sections.append(
                Section(
                    identifier(fields.need("id")),
                    title(fields.need("title")),
                    points(low) if low else None,
                    points(high) if high else None,
                )
            )
        fields.done()
    return tuple(sections)


def read_quotas(value: Value) -> tuple[Quota, ...]:
    """`quotas`: a grade that only the best keep."""
    quotas = []
    for one in value.items():
        fields = one.fields()
        by, of, ties = fields.need("by"), fields.need("of"), fields.need("ties", "two may rank the same")
        if of.text() not in ("everyone", "grade"):
            raise of.wrong("everyone or grade")
        if ties.text() not in ("in", "out"):
            raise ties.wrong("in or out")
        with one.placed():
            quotas.append(
                Quota(
                    identifier(fields.need("id")),
                    title(fields.need("title")),
                    basis(fields.need("basis", "every rule rests on a law")),
                    fields.need("grade").text(),
                    share(fields.need("best")),
                    fields.need("otherwise").text(),
                    None if by.text() == "points" else identifier(by),
                    of.text() == "grade",
                    ties.text() == "in",
                    flag(fields, "uncertain"),
                    covers(fields),
                )
            )
        fields.done()
    return tuple(quotas)


def read_tiers(value: Value) -> tuple[Tier, ...]:
    """`tiers`: how large a share of a class is inspected, and how often."""
    tiers = []
    for grade, one in value.fields().rest().items():
        fields = one.fields()
        ratio, frequency = fields.get("ratio"), fields.get("frequency")
        bounds = ratio.items() if ratio else []
        if ratio is not None and len(bounds) != 2:
            raise ratio.wrong("a list of two shares; either may be null")
        low, high = (None if _is_null(bound) else share(bound) for bound in bounds) if ratio else (None, None)
        stated = frequency is not None and not _is_null(frequency)
        with one.placed():
            tiers.append(Tier(grade, low, high, title(frequency) if frequency and stated else None))
        fields.done()
    return tuple(tiers)


def _is_null(value: Value) -> bool:
    return value.is_scalar and not value.quoted and value.node.value in ("null", "~", "")
