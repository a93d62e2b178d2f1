"""Invented rulebooks that look beyond a subject's own records: at groups, at ranks, at other rulebooks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from goodstanding.rules import model as m
from goodstanding.rules.shelf import Shelf
from goodstanding.rules.ties import Tie
from tests.unit.rules.invented import DAYS, KINDS, LAW, PAST, TITLE, rulebooks

TIES = ("branch_of", "subsidiary_of", "shareholder_of")
GROUPS: tuple[tuple[str, ...], ...] = ((), TIES[:1], TIES[:2])
SHARES = (1, 1_000, 1_700, 3_400, 5_000, 9_999)  # of six subjects: none, one, two, three and five
FIRST, SECOND = "t/first", "t/second"

bounds = st.one_of(st.none(), st.none(), st.sampled_from((*DAYS, *PAST[::5])))


@st.composite
def tie_lists(draw: st.DrawFn) -> tuple[Tie, ...]:
    """Ties between the six subjects and two that nobody knows, in circles, to oneself and twice too."""
    subjects = st.integers(1, 8)
    found = []
    for _ in range(draw(st.integers(0, 9))):
        first, last = draw(bounds), draw(bounds)
        found.append(Tie(draw(subjects), draw(subjects), draw(st.sampled_from(TIES)), first, last))
    return tuple(found)


@st.composite
def quotas(draw: st.DrawFn, book: m.Rulebook) -> tuple[m.Quota, ...]:
    """None, one or two quotas, by the total or by a fact."""
    numbers: list[str | None] = [one.id for one in book.facts if not m.is_code(one)]
    if book.has_points:
        numbers.append(None)
    found = []
    for number in range(draw(st.integers(0, 2)) if numbers else 0):
        grade = draw(st.sampled_from(book.grades))
        found.append(
            m.Quota(
                id=f"quota{number}",
                title=TITLE,
                basis=(LAW,),
                grade=grade,
                best=draw(st.sampled_from(SHARES)),
                otherwise=draw(st.sampled_from([one for one in (*book.grades, "E") if one != grade])),
                by=draw(st.sampled_from(numbers)),
                among_grade=draw(st.booleans()),
                ties_in=draw(st.booleans()),
            )
        )
    return tuple(found)


@st.composite
def grouped(draw: st.DrawFn, book: m.Rulebook) -> m.Rulebook:
    """The same rulebook with some facts over groups, and with quotas."""
    facts = tuple(
        replace(one, group=draw(st.sampled_from(GROUPS))) if isinstance(one, m.Recorded) else one
        for one in book.facts
    )
    book = replace(book, facts=facts)
    return replace(book, quotas=draw(quotas(book)))


@st.composite
def resting(draw: st.DrawFn, book: m.Rulebook) -> m.Rulebook:
    """The same rulebook with a grade, and perhaps the points, that the first rulebook gives."""
    days = st.sampled_from(list(m.ResultDay))
    facts: list[m.Fact] = [m.ResultOf("result", TITLE, FIRST, False, draw(days))]
    rules, bars = list(book.rules), list(book.bars)
    if draw(st.booleans()):
        facts.append(m.ResultOf("points-of", TITLE, FIRST, True, draw(days)))
        facts.append(m.WeightedOf("part", TITLE, (m.Weight("points-of", 3, 10),), m.Rounding.HALF_UP))
        if book.has_points:
            award = m.PerUnit(1_000, -100, over=2_000)
            rules.append(m.MeasuredRule("measured-by", TITLE, (LAW,), "points-of", award, cap=-900))
    if book.has_points:
        rules.append(m.JudgedRule("judged-by", TITLE, (LAW,), m.FactIs("result", ("B",)), -150))
    bars.append(m.Bar("fell", TITLE, (LAW,), m.FactIs("result", ("C", "D")), book.grading.grades[-1]))
    return replace(
        book, path=SECOND, facts=(*book.facts, *facts), rules=tuple(rules), bars=tuple(bars), overrides=()
    )


@st.composite
def shelves(draw: st.DrawFn) -> Shelf:
    """Two rulebooks, the second resting on the first, which may not be in force everywhere and for everyone."""
    first = replace(
        draw(grouped(draw(rulebooks()))),
        path=FIRST,
        subject_kinds=draw(st.sampled_from((KINDS[:1], KINDS[1:], KINDS))),
        in_force_from=draw(st.sampled_from((date(2000, 1, 1), date(2024, 9, 1)))),
    )
    second = draw(grouped(draw(resting(draw(rulebooks())))))
    return Shelf((first, second))
