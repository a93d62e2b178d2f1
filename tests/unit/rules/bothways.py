"""A small rulebook asked of both engines; where they differ, a test ends here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from goodstanding.core.reader import Access
from goodstanding.rules import model as m
from goodstanding.rules.engines import duckdb as duckdb_engine
from goodstanding.rules.engines import reference
from goodstanding.rules.lines import Assessment
from goodstanding.rules.records import Record, Subject
from tests.unit.rules.invented import CATALOGUE, LAW, TITLE
from tests.unit.rules.parts import write

ON = date(2025, 3, 1)
DECIDED = date(2025, 1, 15)
ALWAYS = m.Window(m.Span.ALL)
A, C = m.Select("t/a"), m.Select("t/c")


def index(
    *rules: m.AnyRule,
    facts: tuple[m.Fact, ...] = (),
    grading: m.Bands | m.Ladder | m.Total | None = None,
    sections: tuple[m.Section, ...] = (),
    start: tuple[m.Start, ...] = (m.Start(0),),
) -> m.Rulebook:
    """An index of these rules, or a rulebook with this grading."""
    return m.Rulebook(
        path="t/index",
        kind=m.Kind.GRADE if grading else m.Kind.INDEX,
        title=TITLE,
        authority="t/nobody",
        basis=(LAW,),
        in_force_from=date(2000, 1, 1),
        in_force_to=None,
        subject_kinds=("enterprise",),
        start=start,
        rules=rules,
        facts=facts,
        grading=grading or m.Total(),
        sections=sections,
    )


def record(
    number: int,
    days: int | None = None,
    *,
    item: str = "t/a",
    kind: str | None = None,
    access: int = Access.PUBLIC,
    share: int | None = None,
) -> Record:
    """A record of this year with its numbers and code in their slots."""
    return Record(
        number,
        item,
        decided_on=DECIDED,
        access=access,
        numbers=(days, share, None, None),
        codes=(kind, None, None, None),
    )


def asked(
    rulebook: m.Rulebook, *records: Record, on: date = ON, registered: date | None = None
) -> Assessment:
    """What both engines say of one organisation with these records."""
    subject = Subject(1, "enterprise", registered)
    found = reference.assess(rulebook, CATALOGUE, subject, records, on)
    assert by_sql(rulebook, subject, records, on) == found
    return found


def by_sql(rulebook: m.Rulebook, subject: Subject, records: Sequence[Record], on: date) -> Assessment:
    """What the SQL engine says."""
    with TemporaryDirectory() as folder:
        extract = write(Path(folder), [subject], [(1, one) for one in records])
        with duckdb_engine.assess_all(rulebook, CATALOGUE, extract, on, threads=1) as run:
            (found,) = duckdb_engine.assessments_of(run)
    return found


def value(fact: m.Fact, *records: Record, beside: tuple[m.Fact, ...] = ()) -> m.Interval:
    """What both engines know of a fact: rules give a hundredth for each unit above 0, and take one below."""
    above = m.MeasuredRule("above", TITLE, (LAW,), fact.id, m.PerUnit(1, 1))
    turned = m.WeightedOf("turned", TITLE, (m.Weight(fact.id, -1),), m.Rounding.DOWN)
    below = m.MeasuredRule("below", TITLE, (LAW,), "turned", m.PerUnit(1, -1))
    rulebook = index(above, below, facts=(*beside, fact, turned))
    found = asked(rulebook, *records)
    assert found.points is not None
    return found.points
