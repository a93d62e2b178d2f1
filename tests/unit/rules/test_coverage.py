"""What rulebooks carry of tables of facts is read off what they say, and never implied."""

from __future__ import annotations

from goodstanding.catalogue.model import Absence, TableOfFacts, Title
from goodstanding.rules import parse_rulebook
from goodstanding.rules.coverage import Coverage, State, coverage
from goodstanding.rules.model import Because
from goodstanding.rules.telling import Told
from tests.unit.rules.invented import item

ITEMS = {"t/a": item("a", Absence.NONE, 60), "t/b": item("b", Absence.UNKNOWN, 60)}
TABLE = TableOfFacts("9", Title("Nine", "九"), 6, "Invented law")
BOOK = """\
rulebook: t/carrying
kind: grade
title: {en: Carrying, zh: 承载}
authority: t/nobody
basis: [{instrument: Invented law}]
in_force: {from: 2014-10-01}
subjects: {kinds: [enterprise]}
covers: ["9/1"]
start: 100
rules:
  - id: sure
    title: {en: Sure, zh: 确定}
    basis: [{instrument: Invented law}]
    select: {item: a}
    each: -11
    covers: ["9/2"]
  - id: doubtful
    title: {en: Doubtful, zh: 存疑}
    basis: [{instrument: Invented law}]
    select: {item: a}
    each: -1
    uncertain: true
    covers: ["9/3"]
untranslatable:
  - id: unpublished
    because: not_published
    title: {en: Unpublished, zh: 未公布}
    reason: {en: Nobody wrote it down., zh: 无书面规定。}
    basis: [{instrument: Invented law}]
    covers: ["9/4"]
  - id: person
    because: refused
    title: {en: Points of the head, zh: 负责人个人分}
    reason: {en: It is about a person., zh: 涉及个人。}
    basis: [{instrument: Invented law}]
    covers: ["9/5"]
grades: {A: 90.., B: ..90}
"""


def found(text: str = BOOK) -> Coverage:
    return coverage([TABLE], [parse_rulebook(text)], ITEMS)


def states(covered: Coverage) -> dict[str, list[State]]:
    return {row.id: [one.state for one in row.carriers] for row in covered.tables[0].rows}


def test_each_row_says_what_becomes_of_it() -> None:
    assert states(found()) == {
        "9/1": [State.WHOLE],
        "9/2": [State.RUNS],
        "9/3": [State.UNCERTAIN],
        "9/4": [State.NOT_EVALUATED],
        "9/5": [State.REFUSED],
        "9/6": [],
    }


def test_a_row_that_nothing_carries_is_seen() -> None:
    assert found().open == ("9/6",)


def test_a_row_that_no_table_has_is_seen() -> None:
    wrong = found(BOOK.replace('"9/2"', '"9/7"'))
    assert wrong.strange == (("t/carrying", "9/7"),)


def test_what_does_not_run_says_why() -> None:
    (carrier,) = found().tables[0].rows[3].carriers
    assert carrier.because is Because.NOT_PUBLISHED
    assert carrier.reason is not None and carrier.reason.en == "Nobody wrote it down."


def test_the_share_that_runs_counts_what_is_refused_and_what_is_not_evaluated() -> None:
    (share,) = found().shares
    assert (share.runs, share.uncertain, share.not_evaluated, share.refused) == (2, 1, 1, 1)
    assert (share.rules, share.percent) == (4, 50)


def test_a_list_without_known_criteria_does_not_carry_its_row_as_if_it_ran() -> None:
    text = """\
rulebook: t/listed
kind: list
title: {en: Listed, zh: 名单}
authority: t/nobody
basis: [{instrument: Invented law}]
in_force: {from: 2014-10-01}
subjects: {kinds: [enterprise]}
list: t/listed
covers: ["9/1"]
criteria: []
untranslatable:
  - id: criteria
    because: not_published
    title: {en: Criteria, zh: 列入条件}
    reason: {en: Not found., zh: 未找到。}
    basis: [{instrument: Invented law}]
"""
    assert states(found(text))["9/1"] == [State.NOT_EVALUATED]
    assert found(text).shares[0].percent == 0


def test_a_rule_whose_points_were_not_published_tells_only_a_range() -> None:
    covered = found(BOOK.replace("    each: -1\n", "    each: {not_stated: deduction, at_most: 30}\n"))
    assert [one.told for row in covered.tables[0].rows[1:3] for one in row.carriers] == [
        Told.DEFINITE,
        Told.RANGE,
    ]
    assert (covered.shares[0].runs, covered.shares[0].range, covered.shares[0].of_input) == (2, 1, 0)


def test_a_rule_tells_nothing_of_whom_its_input_was_not_published_also_through_facts() -> None:
    text = BOOK.replace("select: {item: a}\n    each: -11", "measure: half\n    table: {0..: 1}").replace(
        "rules:",
        """facts:
  - {id: n, title: {en: N, zh: 数}, latest: {item: b}, number: n}
  - id: half
    title: {en: Half, zh: 半}
    ratio_of: {part: n, whole: n, per: 2, round: down}
rules:""",
    )
    covered = found(text)
    assert [one.told for row in covered.tables[0].rows[1:3] for one in row.carriers] == [
        Told.OF_INPUT,
        Told.DEFINITE,
    ]
    assert covered.shares[0].of_input == 1
