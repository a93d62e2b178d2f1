"""What is told of officials' discretion tells of no single case, whatever was decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from goodstanding.procedures.tallies import FEW, FEWEST, Decided, Use, tally

_CAME = ("listed", "at_review", "after_notice", "unproposed")
DECIDED = st.builds(
    Decided,
    st.sampled_from(["cn/a", "cn/b"]),
    st.sampled_from(["cn/listing/x", "cn/listing/y", "cn/listing/z"]),
    st.sampled_from(["enterprise", "cooperative", "social_organisation"]),
    st.sampled_from(["", "state", "private", "foreign"]),
    st.sampled_from(["", "large", "small"]),
    st.sampled_from(_CAME),
)

SEVERAL = st.lists(st.tuples(DECIDED, st.integers(1, 7)), max_size=12).map(
    lambda groups: [one for one, count in groups for _ in range(count)]
)
"""Cases of a few kinds, several of each: lists of single ones are nearly all too few to be told."""


def _totals(uses: tuple[Use, ...]) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in uses:
        found[one.authority] += one.decided
    return found


@given(SEVERAL)
def test_no_group_is_small_and_none_can_be_worked_out_from_the_other_tables(decided: list[Decided]) -> None:
    told = tally(decided)
    for table in (told.by_kind, told.by_ownership, told.by_size):
        assert all(one.decided >= FEWEST for one in table)
    assert _totals(told.by_kind) == _totals(told.by_ownership) == _totals(told.by_size)
    many = Counter((one.authority, one.procedure) for one in decided)
    by_list: Counter[tuple[str, str]] = Counter()
    for one in told.by_kind:
        by_list[one.authority, one.procedure] += one.decided
    assert by_list == {key: count for key, count in many.items() if count >= FEWEST}


@given(st.lists(DECIDED, min_size=5, max_size=60))
def test_directions_are_counted_once_each(decided: list[Decided]) -> None:
    same = [
        Decided("cn/a", "cn/listing/x", "enterprise", one.ownership, one.size, one.came) for one in decided
    ]
    (use,) = tally(same).by_kind
    came = Counter(one.came for one in same)
    assert [came[name] for name in _CAME] == [use.listed, use.at_review, use.after_notice, use.unproposed]
    low, high = use.between
    assert 0 <= low <= use.percent <= high <= 100


def test_a_class_with_few_cases_is_counted_with_the_smallest_other() -> None:
    def some(ownership: str, count: int) -> list[Decided]:
        return [Decided("cn/a", "cn/listing/x", "enterprise", ownership, "", "listed")] * count

    told = tally(some("state", 3) + some("foreign", 6) + some("private", 40)).by_ownership
    assert {one.subjects: one.decided for one in told} == {FEW: 9, "private": 40}
    told = tally(some("state", 3) + some("foreign", 2) + some("private", 40)).by_ownership
    assert {one.subjects: one.decided for one in told} == {FEW: 5, "private": 40}


def test_counts_have_no_place_for_a_person() -> None:
    assert {one.name for one in fields(Decided)} == {
        "authority",
        "procedure",
        "kind",
        "ownership",
        "size",
        "came",
        "why",
    }
