"""A rank among those of whom not everything is known: what is told must hold however it turns out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations_with_replacement, product
from pathlib import Path

import pytest

from goodstanding.rules import model as m
from goodstanding.rules.engines import duckdb as duckdb_engine
from goodstanding.rules.engines.reference import Everyone, assess_everyone
from goodstanding.rules.lines import Assessment
from goodstanding.rules.ranking import HIGHEST, NOBODY, CutOff, cut_off, keeps
from goodstanding.rules.records import Record, Subject
from tests.unit.rules.invented import CATALOGUE, LAW, TITLE
from tests.unit.rules.parts import write
from tests.unit.rules.test_ranks_and_groups import ON, book, quota

Member = tuple[m.Interval, bool]
"""A value, and whether it surely is in the pool."""

MEMBERS: tuple[Member, ...] = tuple(
    (m.Interval(low, high), sure) for low, high in ((1, 1), (2, 2), (1, 2), (1, 3)) for sure in (True, False)
)


def truly_kept(one: m.Quota, pool: list[int], value: int) -> bool:
    """By the words of the law: so many places; equals at the last place are all in, or all out."""
    places = len(pool) * one.best // 100_00
    above = sum(1 for other in pool if other > value)
    equal = sum(1 for other in pool if other == value)
    return above < places if one.ties_in else above + equal <= places and places > 0


def turns_out(members: tuple[Member, ...]) -> Iterator[list[int | None]]:
    """Every way in which it may turn out: each one's value, or None for not in the pool."""
    choices = [
        [*range(value.low or 0, (value.high or 0) + 1), *(() if sure else (None,))] for value, sure in members
    ]
    yield from product(*choices)


@pytest.mark.parametrize("ties_in", [True, False])
@pytest.mark.parametrize("best", [2_500, 5_000, 6_700])
def test_what_is_told_of_a_rank_holds_however_it_turns_out(best: int, ties_in: bool) -> None:
    one = quota(best, ties_in=ties_in, among_grade=True)
    told = 0
    for many in (1, 2, 3, 4):
        for members in combinations_with_replacement(MEMBERS, many):
            sure = [value for value, surely in members if surely]
            perhaps = [value for value, surely in members if not surely]
            cut = cut_off(one, sure, perhaps)
            said = [keeps(one, value, cut) for value, _ in members]
            if all(answer is None for answer in said):
                continue
            told += 1
            for ended in turns_out(members):
                pool = [value for value in ended if value is not None]
                for answer, value in zip(said, ended, strict=True):
                    if answer is not None and value is not None:
                        assert truly_kept(one, pool, value) is answer, (members, ended)
    assert told > 100


@pytest.mark.parametrize("ties_in", [True, False])
def test_of_what_is_known_the_rank_is_told(ties_in: bool) -> None:
    one = quota(5_000, ties_in=ties_in)
    for values in product((1, 2, 3), repeat=4):
        intervals = [m.Interval.exactly(value) for value in values]
        cut = cut_off(one, intervals)
        expected = [truly_kept(one, list(values), value) for value in values]
        assert [keeps(one, value, cut) for value in intervals] == expected


def test_a_value_beyond_what_ranks_hold_is_not_ranked_by_a_guess() -> None:
    """Beyond 2^53 nothing can be told apart; and nobody passes a cut-off without a place."""
    one = quota(5_000)
    huge = [m.Interval.exactly(2**60), m.Interval.exactly(2**61)]
    assert [keeps(one, value, cut_off(one, huge)) for value in huge] == [None, None]
    assert keeps(one, huge[0], CutOff(NOBODY, NOBODY)) is False
    small = m.Interval.exactly(-(2**60))
    assert keeps(one, small, cut_off(one, [m.Interval.exactly(3), small])) is False
    assert keeps(one, huge[0], cut_off(one, [m.Interval(0, None), huge[0]])) is None
    assert cut_off(one, [m.Interval(0, None), huge[0]]).surely == HIGHEST


def by_both(rulebook: m.Rulebook, everyone: Everyone, folder: Path) -> dict[int, Assessment]:
    """Everyone's assessment, the same by both engines."""
    found = assess_everyone(rulebook, CATALOGUE, everyone, ON)
    extract = write(folder, everyone.subjects, everyone.records)
    with duckdb_engine.assess_all(rulebook, CATALOGUE, extract, ON, threads=1) as run:
        told = {one.subject_id: one for one in duckdb_engine.assessments_of(run)}
        assert run.cut_offs == found.cut_offs
    assert told == {one.subject_id: one for one in found.assessments}
    return told


def acts(unknown: bool) -> Everyone:
    """Firm 1 without an act, firm 2 with one; firms 3 and 4 with two, and a third whose date may be missing."""
    records = [(2, Record(1, "t/a", decided_on=ON))]
    for firm in (3, 4):
        records += [(firm, Record(10 * firm + number, "t/a", decided_on=ON)) for number in (1, 2)]
        records.append((firm, Record(10 * firm + 3, "t/a", decided_on=None if unknown else ON)))
    return Everyone([Subject(firm, "enterprise") for firm in (1, 2, 3, 4)], records)


@pytest.mark.parametrize(("ties_in"), [True, False])
def test_who_may_be_in_the_pool_gives_nobody_a_place(tmp_path: Path, ties_in: bool) -> None:
    """Half of those with an A: of two there is one place, of four two; whether 2 keeps its A cannot be told."""
    ranked = book(quotas=(quota(5_000, among_grade=True, ties_in=ties_in),))
    known = by_both(ranked, acts(unknown=False), tmp_path)
    assert [known[firm].grade for firm in (1, 2, 3, 4)] == ["A", "B", "B", "B"]
    unknown = by_both(ranked, acts(unknown=True), tmp_path)
    assert [unknown[firm].grade for firm in (1, 2)] == ["A", None]
    assert (unknown[2].possible, unknown[2].missing) == (("A", "B"), ("best",))


def test_among_everyone_the_places_are_known(tmp_path: Path) -> None:
    ranked = book(quotas=(quota(5_000),))
    told = by_both(ranked, acts(unknown=True), tmp_path)
    assert [told[firm].grade for firm in (1, 2, 3, 4)] == ["A", "A", "B", "B"]


@pytest.mark.parametrize("days", [2**60, -(2**60)])
def test_both_engines_rank_a_huge_value_alike(tmp_path: Path, days: int) -> None:
    whole = m.Sum("s", TITLE, m.Select("t/a"), m.Window(m.Span.ALL), m.Number("days"))
    records = [
        (firm, Record(firm, "t/a", decided_on=ON, numbers=(value, None, None, None)))
        for firm, value in ((1, days), (2, 3), (3, days * 2 - 1))
    ]
    everyone = Everyone([Subject(firm, "enterprise") for firm in (1, 2, 3)], records)
    for best in (1, 5_000):
        one = m.Quota("best", TITLE, (LAW,), "A", best, "B", "s")
        ranked = replace(book(whole), rules=(), quotas=(one,))
        assert len(by_both(ranked, everyone, tmp_path)) == 3
