"""The best of so many, and the records of a chain: by hand, on both engines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.rules import model as m
from goodstanding.rules.around import Around
from goodstanding.rules.engines import duckdb as duckdb_engine
from goodstanding.rules.engines.reference import Everyone, assess_everyone
from goodstanding.rules.engines.workings import work_out
from goodstanding.rules.lines import Assessment
from goodstanding.rules.ranking import HIGHEST, LOWEST, NOBODY, CutOff, cut_off, keeps
from goodstanding.rules.records import Record, Subject
from goodstanding.rules.ties import Tie, below, group_of
from tests.unit.rules.invented import CATALOGUE, LAW, TITLE
from tests.unit.rules.parts import write

ON = date(2025, 3, 1)
YEAR = m.Window(m.Span.CURRENT_YEAR)
CHAIN = ("branch_of", "subsidiary_of")


def quota(best: int, *, ties_in: bool = True, **more: Any) -> m.Quota:
    return m.Quota("best", TITLE, (LAW,), "A", best, "B", ties_in=ties_in, **more)


def exactly(*values: int) -> list[m.Interval]:
    return [m.Interval.exactly(one) for one in values]


TEN = exactly(100, 90, 90, 80, 70, 60, 50, 40, 30, 20)


@pytest.mark.parametrize(
    ("best", "ties_in", "kept"),
    [
        (1_000, True, 1),
        (2_000, True, 3),  # the second and the third are equal: both are in
        (2_000, False, 1),  # … or neither
        (3_000, False, 3),
        (999, True, 0),  # a tenth of a place is none
        (999, False, 0),
        (9_999, True, 9),
    ],
)
def test_so_many_keep_the_grade_and_equals_fare_alike(best: int, ties_in: bool, kept: int) -> None:
    one = quota(best, ties_in=ties_in)
    cut = cut_off(one, TEN)
    assert [keeps(one, value, cut) for value in TEN] == [True] * kept + [False] * (10 - kept)


def test_who_may_be_in_depends_on_what_is_not_known_of_the_others() -> None:
    values = [m.Interval(80, 100), m.Interval(85, 85), m.Interval(0, 90), m.Interval(10, 20), *exactly(5)]
    one = quota(4_000)  # two of five
    cut = cut_off(one, values)
    assert cut == CutOff(surely=90, possibly=80)
    assert [keeps(one, value, cut) for value in values] == [None, None, None, False, False]


def test_an_open_end_is_above_or_below_everyone() -> None:
    values = [m.Interval(None, 50), m.Interval(60, None), *exactly(55)]
    one = quota(3_400)
    cut = cut_off(one, values)
    assert cut == CutOff(HIGHEST, 60)
    assert [keeps(one, value, cut) for value in values] == [False, None, False]
    unknown = [m.Interval(None, None)] * 3
    assert cut_off(one, unknown) == CutOff(HIGHEST, LOWEST)
    assert keeps(one, unknown[0], cut_off(one, unknown)) is None


def test_of_no_place_not_even_an_open_end_is_worthy() -> None:
    for ties_in in (True, False):
        one = quota(1, ties_in=ties_in)
        assert cut_off(one, [m.Interval(None, None)]) == CutOff(NOBODY, NOBODY)
        assert keeps(one, m.Interval(0, None), CutOff(NOBODY, NOBODY)) is False


def book(*facts: m.Fact, **more: Any) -> m.Rulebook:
    """100 points less 10 for each record of this year; A from 80."""
    frame = m.Rulebook(
        path="t/ranked",
        kind=m.Kind.GRADE,
        title=TITLE,
        authority="t/nobody",
        basis=(LAW,),
        in_force_from=date(2000, 1, 1),
        in_force_to=None,
        subject_kinds=("enterprise",),
        start=(m.Start(10_000),),
        rules=(m.Rule("act", TITLE, (LAW,), m.Select("t/a"), YEAR, m.Each(-1_000)),),
        facts=facts,
        grading=m.Bands((m.Band("A", m.Range(8_000)), m.Band("B", m.Range(None, 8_000)))),
    )
    return replace(frame, **more)


Assess = Callable[[m.Rulebook, Everyone], dict[int, Assessment]]


@pytest.fixture(params=["reference", "duckdb"])
def assess(request: pytest.FixtureRequest, tmp_path: Path) -> Assess:
    """Everyone's assessment by an engine."""

    def by_reference(rulebook: m.Rulebook, everyone: Everyone) -> dict[int, Assessment]:
        found = assess_everyone(rulebook, CATALOGUE, everyone, ON)
        return {one.subject_id: one for one in found.assessments}

    def by_duckdb(rulebook: m.Rulebook, everyone: Everyone) -> dict[int, Assessment]:
        merges = tuple(everyone.merged.items())
        extract = write(tmp_path, everyone.subjects, everyone.records, merges=merges, ties=everyone.ties)
        with duckdb_engine.assess_all(rulebook, CATALOGUE, extract, ON, threads=1) as run:
            return {one.subject_id: one for one in duckdb_engine.assessments_of(run)}

    return by_reference if request.param == "reference" else by_duckdb


def firms(*acts: int) -> Everyone:
    """Firms from 1 up with so many acts each."""
    owners = [firm for firm, many in enumerate(acts, 1) for _ in range(many)]
    records = [(firm, Record(number, "t/a", decided_on=ON)) for number, firm in enumerate(owners, 1)]
    return Everyone([Subject(firm, "enterprise") for firm in range(1, len(acts) + 1)], records)


def grades(found: Mapping[int, Assessment]) -> list[str | None]:
    return [found[one].grade for one in sorted(found)]


def test_only_the_best_keep_the_top_grade(assess: Assess) -> None:
    acts = (0, 1, 2, 2, 9)
    assert grades(assess(book(), firms(*acts))) == ["A", "A", "A", "A", "B"]
    ranked = book(quotas=(quota(4_000),))
    assert grades(assess(ranked, firms(*acts))) == ["A", "A", "B", "B", "B"]
    of_those = book(quotas=(quota(7_500, among_grade=True),))  # three of four; the third and fourth are equal
    assert grades(assess(of_those, firms(*acts))) == ["A", "A", "A", "A", "B"]
    out = book(quotas=(quota(7_500, ties_in=False, among_grade=True),))
    assert grades(assess(out, firms(*acts))) == ["A", "A", "B", "B", "B"]


def test_bars_and_overrides_come_after_the_rank(assess: Assess) -> None:
    acts = m.Exists(m.Select("t/a"), YEAR)
    given = m.Override("given", TITLE, (LAW,), acts, "A")
    assert grades(assess(book(quotas=(quota(5_000),), overrides=(given,)), firms(0, 1))) == ["A", "A"]
    barred = m.Bar("barred", TITLE, (LAW,), m.Not(acts), "B")
    assert grades(assess(book(quotas=(quota(5_000),), bars=(barred,)), firms(0, 1))) == ["B", "B"]


def test_one_quota_passes_on_what_the_next_ranks(assess: Assess) -> None:
    both = (
        quota(2_000),
        m.Quota("next", TITLE, (LAW,), "B", 5_000, "C", among_grade=True),
    )
    found = assess(book(quotas=both), firms(0, 1, 2, 3, 4))
    assert grades(found) == ["A", "B", "B", "C", "C"]


def test_nobody_is_ranked_where_there_is_nobody(assess: Assess) -> None:
    assert assess(book(quotas=(quota(5_000),)), Everyone([], [])) == {}


def count(*, item: str = "t/a", group: Sequence[str] = CHAIN) -> m.Count:
    return m.Count("chain", TITLE, m.Select(item), YEAR, group=tuple(group))


def penalised(ties: Sequence[Tie], *acts: int, item: str = "t/a", **more: Any) -> Everyone:
    """A chain: how many acts its firms have."""
    everyone = firms(*acts)
    records = [(firm, replace(one, item=item)) for firm, one in everyone.records]
    return replace(everyone, ties=ties, records=records, **more)


CHAINED = book(
    count(),
    start=(),
    rules=(),
    grading=m.Bands((m.Band("A", m.Range(3)), m.Band("B", m.Range(None, 3))), "chain"),
)


def branch(small: int, large: int, kind: str = "branch_of", **when: Any) -> Tie:
    return Tie(small, large, kind, **when)


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ([], "BBB"),
        ([branch(2, 1), branch(3, 1)], "ABB"),
        ([branch(3, 2), branch(2, 1, "subsidiary_of")], "ABB"),  # in two steps, by two kinds of tie
        ([branch(2, 1), branch(3, 2), branch(1, 3)], "AAA"),  # a circle is one group
        ([branch(1, 1), branch(2, 2)], "BBB"),  # a tie to oneself is nothing
        (
            [branch(3, 1), branch(3, 2), branch(2, 1), branch(2, 1)],
            "ABB",
        ),  # counted once, on however many ways
        ([branch(2, 1, "shareholder_of"), branch(3, 1, "shareholder_of")], "BBB"),
    ],
)
def test_a_group_is_a_subject_and_all_below_it(assess: Assess, ties: list[Tie], expected: str) -> None:
    found = assess(CHAINED, penalised(ties, 1, 1, 1))
    assert grades(found) == list(expected)
    assert [len(found[one].lines) for one in (1, 2, 3)] == [
        len(group_of(one, below(ties, CHAIN, ON))) for one in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({"from_on": ON}, "A"),
        ({"from_on": date(2025, 3, 2)}, "B"),
        ({"to_on": ON}, "B"),
        ({"to_on": date(2025, 3, 2)}, "A"),
    ],
)
def test_a_tie_stands_from_its_first_day_until_the_day_before_its_last(
    assess: Assess, when: dict[str, Any], expected: str
) -> None:
    assert grades(assess(CHAINED, penalised([branch(2, 1, **when)], 1, 2)))[0] == expected


def test_a_member_of_another_kind_counts_and_is_not_assessed(assess: Assess) -> None:
    shops = penalised([branch(2, 1)], 1, 2)
    shops = replace(shops, subjects=[Subject(1, "enterprise"), Subject(2, "establishment")])
    assert grades(assess(CHAINED, shops)) == ["A"]


def test_a_member_of_two_groups_counts_in_both(assess: Assess) -> None:
    found = assess(CHAINED, penalised([branch(3, 1), branch(3, 2)], 0, 1, 3))
    assert grades(found) == ["A", "A", "A"]


def test_merged_members_are_read_as_one(assess: Assess) -> None:
    merged = penalised([branch(3, 4)], 0, 1, 1, 1, merged={3: 2, 4: 1})
    assert grades(assess(CHAINED, merged)) == ["A", "B"]


def test_of_a_member_of_which_nothing_is_recorded_nothing_is_known(assess: Assess) -> None:
    """The item says that no record means that nothing is known: the chain's sum is at least what there is."""
    unknown = replace(CHAINED, facts=(count(item="t/c"),))
    told = assess(unknown, penalised([branch(2, 1)], 1, 1, item="t/c"))
    assert grades(told) == ["B", "B"]
    found = assess(unknown, penalised([branch(2, 1), branch(9, 1)], 1, 1, item="t/c"))
    assert (found[1].grade, found[1].possible, found[1].missing) == (None, ("A", "B"), ("chain",))
    surely = assess(unknown, penalised([branch(2, 1), branch(9, 1)], 1, 2, item="t/c"))
    assert surely[1].grade == "A"


def test_ties_without_their_columns_are_refused(tmp_path: Path) -> None:
    extract = write(tmp_path, [Subject(1, "enterprise")], [])
    with pytest.raises(Refusal, match="GS-RULES-027"):
        duckdb_engine.assess_all(CHAINED, CATALOGUE, replace(extract, ties=extract.subjects), ON)


@pytest.mark.parametrize(
    ("acts", "cut", "kept", "grade"),
    [(0, 10_000, True, "A"), (1, 10_000, False, "B"), (1, None, None, None)],
)
def test_the_steps_say_whether_a_rank_lets_a_grade_stand(
    acts: int, cut: int | None, kept: bool | None, grade: str | None
) -> None:
    cut_offs = {} if cut is None else {"best": CutOff(cut, cut)}
    records = [one for _, one in firms(acts).records]
    subject = Subject(1, "enterprise")
    steps = work_out(book(quotas=(quota(5_000),)), CATALOGUE, subject, records, ON, Around(cut_offs=cut_offs))
    assert (steps.ranked, steps.assessment.grade) == ((("best", kept),), grade)


def test_the_steps_pass_over_a_rank_that_is_out_of_reach() -> None:
    records = [one for _, one in firms(9).records]
    steps = work_out(book(quotas=(quota(5_000),)), CATALOGUE, Subject(1, "enterprise"), records, ON)
    assert (steps.ranked, steps.assessment.grade) == ((), "B")
