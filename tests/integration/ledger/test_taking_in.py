"""An authority's file goes in: every row accounted for, twice changes nothing, a change is a correction."""

from __future__ import annotations

from datetime import date

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Reader
from goodstanding.ledger.checking import check
from goodstanding.ledger.ending import end_record, judge_merge
from goodstanding.ledger.models import Ending, Merge, Part, Record, Subject
from goodstanding.ledger.publicity import Publicity
from goodstanding.ledger.queries import File, find_subject, subject_file
from goodstanding.ledger.searching import search
from goodstanding.ledger.writing import current_position
from tests.integration.installation import TODAY, Installation, shipped

NYC = "us-nyc/graded-inspections"
HEADER = "camis,dba,boro,cuisine,building,street,zipcode,inspection_date,grade,score\n"
BAKERY = "30075445,MORRIS PARK BAKE SHOP,Bronx,Bakery,1007,Morris Park Ave,10462,{day},{grade},{score}\n"
GRILL = "30112340,FULTON GRILL LLC,Brooklyn,American,469,Fulton Street,11201,2014-09-06,A,5\n"


def bakery(day: str = "2014-03-03", grade: str = "A", score: int = 2) -> str:
    return BAKERY.format(day=day, grade=grade, score=score)


def file_of(identifier: str, position: int = 0, day: date = TODAY) -> File:
    subject = find_subject(identifier)
    assert subject is not None
    return subject_file(
        subject,
        day=day,
        position=position or current_position(),
        reader=Reader.public(),
        publicity=Publicity(shipped(), TODAY),
    )


def test_every_row_is_in_exactly_one_sum(installation: Installation) -> None:
    report = installation.deliver(
        "nyc.csv",
        HEADER
        + bakery()
        + bakery()  # the same again
        + GRILL
        + "41639593,LA NUEVA CLASICA,Brooklyn,Spanish,116,Meserole Street,11206,,,\n"  # no inspection yet
        + bakery(day="2014-13-01")  # no such month
        + "30112341,110101199003074557,Brooklyn,American,469,Fulton Street,11201,2014-09-06,A,5\n",  # a person
        NYC,
    )
    assert report.agrees()
    assert (report.rows, report.loaded, report.already, report.subject_only) == (6, 2, 1, 1)
    assert (report.reported, report.refused) == (1, 1)


def test_the_same_file_twice_changes_nothing(installation: Installation) -> None:
    first = installation.deliver("nyc.csv", HEADER + bakery() + GRILL, NYC)
    before = (Record.objects.count(), Part.objects.count(), current_position())
    second = installation.deliver("nyc.csv", HEADER + bakery() + GRILL, NYC)
    assert first.changed and not second.changed
    assert second.already == 2 and second.loaded == 0
    assert (Record.objects.count(), Part.objects.count(), current_position()) == before


def test_a_known_key_with_changed_content_is_a_correction(installation: Installation) -> None:
    first = installation.deliver("nyc.csv", HEADER + bakery(score=2) + GRILL, NYC)
    second = installation.deliver("nyc.csv", HEADER + bakery(score=7) + GRILL, NYC)
    assert (second.loaded, second.corrections, second.already) == (1, 1, 1)
    (new, old) = file_of("30075445").entries if len(file_of("30075445").entries) == 2 else (None, None)
    assert new is not None and old is not None
    if new.endings:
        new, old = old, new
    assert new.counts and new.body["fields"]["score"] == 7
    assert not old.counts and old.endings[0][0] == Ending.Ground.CORRECTED
    # What was known before the correction is still what was known then.
    (then,) = file_of("30075445", position=first.position).entries
    assert then.counts and then.body["fields"]["score"] == 2
    assert check(installation.home).sound


def test_what_a_whole_delivery_no_longer_holds_is_reported_and_not_ended(installation: Installation) -> None:
    installation.deliver("nyc.csv", HEADER + bakery() + GRILL, NYC)
    report = installation.deliver("nyc.csv", HEADER + bakery() + bakery(day="2015-01-02"), NYC)
    assert report.vanished == 1
    assert Ending.objects.count() == 0
    assert file_of("30112340").entries[0].counts


def test_an_ending_counts_from_its_day_and_an_annulment_from_the_start(installation: Installation) -> None:
    installation.deliver("nyc.csv", HEADER + bakery() + GRILL, NYC)
    record = file_of("30075445").entries[0].public_id
    end_record(
        record,
        Ending.Ground.REPAIRED,
        on=date(2026, 2, 1),
        reason="repaired",
        home=installation.home,
        clock=installation.clock,
        actor="test",
    )
    assert file_of("30075445", day=date(2026, 1, 31)).entries[0].counts
    assert not file_of("30075445", day=date(2026, 2, 1)).entries[0].counts
    end_record(
        record,
        Ending.Ground.ANNULLED,
        on=TODAY,
        reason="annulled by a court",
        home=installation.home,
        clock=installation.clock,
        actor="test",
    )
    assert not file_of("30075445", day=date(2026, 1, 31)).entries[0].counts
    assert check(installation.home).sound


def test_merged_subjects_have_one_file_and_a_merge_can_be_undone(installation: Installation) -> None:
    installation.deliver("nyc.csv", HEADER + bakery() + GRILL, NYC)
    first, second = Subject.objects.order_by("identifier")
    judge_merge(Merge.Kind.SAME, first, second, reason="one kitchen", clock=installation.clock, actor="test")
    merged_at = current_position()
    assert len(file_of(first.identifier).entries) == 2
    assert file_of(first.identifier).subject == second
    judge_merge(Merge.Kind.UNDONE, first, second, reason="an error", clock=installation.clock, actor="test")
    assert len(file_of(first.identifier).entries) == 1
    assert len(file_of(first.identifier, position=merged_at).entries) == 2


def test_merges_do_not_go_in_a_circle(installation: Installation) -> None:
    installation.deliver("nyc.csv", HEADER + bakery() + GRILL, NYC)
    first, second = Subject.objects.order_by("identifier")
    judge_merge(Merge.Kind.SAME, first, second, reason="one", clock=installation.clock, actor="test")
    for one, other in ((second, first), (first, second)):
        with pytest.raises(Refusal, match="GS-LEDGER-043"):
            judge_merge(Merge.Kind.SAME, one, other, reason="two", clock=installation.clock, actor="test")


def test_what_was_judged_to_be_different_is_not_merged(installation: Installation) -> None:
    installation.deliver("nyc.csv", HEADER + bakery() + GRILL, NYC)
    first, second = Subject.objects.order_by("identifier")
    judge_merge(Merge.Kind.DIFFERENT, first, second, reason="two", clock=installation.clock, actor="test")
    with pytest.raises(Refusal, match="GS-LEDGER-042"):
        judge_merge(Merge.Kind.SAME, second, first, reason="x", clock=installation.clock, actor="test")


def test_a_subject_is_found_by_number_and_by_name(installation: Installation) -> None:
    installation.deliver("nyc.csv", HEADER + bakery() + GRILL, NYC)
    assert [name for _, name in search("30112340").hits] == ["FULTON GRILL LLC"]
    assert [name for _, name in search("morris park").hits] == ["MORRIS PARK BAKE SHOP"]
    assert search("no such name").total == 0


@pytest.mark.parametrize(
    "typed", ["３０１１２３４０", " 3011 2340 ", "ＦＵＬＴＯＮ ｇｒｉｌｌ", "３０１１\u3000２３４０"]
)
def test_full_width_digits_and_letters_find_the_same(installation: Installation, typed: str) -> None:
    installation.deliver("nyc.csv", HEADER + bakery() + GRILL, NYC)
    assert [name for _, name in search(typed).hits] == ["FULTON GRILL LLC"]


def test_a_search_is_read_stretch_by_stretch_and_says_how_many_there_are(installation: Installation) -> None:
    rows = "".join(
        f"3020000{n},NOODLE HOUSE {n},Bronx,Bakery,1007,Morris Park Ave,10462,2014-03-03,A,2\n"
        for n in range(7)
    )
    installation.deliver("nyc.csv", HEADER + rows, NYC)
    stretches = [search("noodle", limit=3, offset=at) for at in (0, 3, 6, 9)]
    assert [one.total for one in stretches] == [7] * 4
    assert not any(one.more for one in stretches)
    names = [name for one in stretches for _, name in one.hits]
    assert names == [f"NOODLE HOUSE {n}" for n in range(7)]


def test_beyond_the_most_a_search_says_that_there_are_more(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goodstanding.ledger.searching.MOST", 1)
    installation.deliver("nyc.csv", HEADER + bakery() + GRILL, NYC)
    found = search("r")
    assert (len(found.hits), found.total, found.more) == (1, 1, True)
