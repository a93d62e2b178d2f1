"""Which law judges a record: versions chosen by a date of the record, and rules suspended for a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.rules import model as m
from goodstanding.rules.engines.reference import assess
from goodstanding.rules.lines import Assessment
from goodstanding.rules.manifest import Manifest
from goodstanding.rules.records import Record, Subject
from goodstanding.rules.shelf import Shelf
from tests.unit.rules.invented import CATALOGUE, LAW, TITLE

OLD, NEW, NEWEST = date(2014, 10, 1), date(2021, 1, 1), date(2025, 7, 1)
ACT = m.DateUsed.OCCURRED_ON
ON = date(2025, 12, 1)
COVID = (date(2020, 2, 1), date(2020, 7, 1))


def rule(name: str, points: int, section: str | None = None) -> m.Rule:
    return m.Rule(
        name, TITLE, (LAW,), m.Select("t/a"), m.Window(m.Span.ALL, None, ACT), m.Each(points), None, section
    )


def version(since: date, until: date | None, *rules: m.Rule, **more: Any) -> m.Rulebook:
    return replace(
        m.Rulebook(
            path="t/book",
            kind=m.Kind.GRADE,
            title=TITLE,
            authority="t/nobody",
            basis=(LAW,),
            in_force_from=since,
            in_force_to=until,
            subject_kinds=("enterprise",),
            start=(m.Start(10_000),),
            rules=rules,
            facts=(),
            grading=m.Bands((m.Band("A", m.Range(9_000)), m.Band("B", m.Range(None, 9_000)))),
            versioned_by=m.VersionedBy.OCCURRED_ON,
        ),
        **more,
    )


SHELF = Shelf(
    (
        version(OLD, NEW, rule("late", -500), rule("false", -100)),
        version(NEW, NEWEST, rule("late", -700)),
        version(NEWEST, None, rule("late", -200)),
    )
)
ACTS = [
    Record(number, "t/a", occurred_on=day, decided_on=ON)
    for number, day in enumerate((OLD, NEW, date(2025, 6, 30), NEWEST, None, date(2010, 1, 1)), 1)
]


# The law keeps nothing for so long; retention is another test's matter.
KEPT = {path: replace(one, retention=replace(one.retention, months=1200)) for path, one in CATALOGUE.items()}


def of(book: m.Rulebook, acts: list[Record], on: date = ON) -> Assessment:
    return assess(book, KEPT, Subject(1, "enterprise"), acts, on)


def shares(found: Assessment) -> list[tuple[str, int | None, int | None]]:
    return [(one.rule, one.record_id, one.points.low if one.points else None) for one in found.lines]


def test_each_act_is_judged_by_the_version_of_its_own_day() -> None:
    found = of(SHELF.on("t/book", ON), ACTS[:4])
    assert shares(found) == [
        ("late", 4, -200),
        ("late@2014-10-01", 1, -500),
        ("false@2014-10-01", 1, -100),
        ("late@2021-01-01", 2, -700),
        ("late@2021-01-01", 3, -700),
    ]


def test_an_act_older_than_every_version_is_judged_by_none() -> None:
    assert of(SHELF.on("t/book", ON), ACTS[5:]).lines == ()


def test_of_an_act_without_a_day_no_version_can_be_told() -> None:
    found = of(SHELF.on("t/book", ON), ACTS[4:5])
    assert found.points == m.Interval(10_000 - 200 - 500 - 100 - 700, 10_000)


def test_the_line_names_the_version_and_why() -> None:
    titles = {one.id: one.title for one in SHELF.on("t/book", ON).entries()}
    assert titles["late@2021-01-01"].en.endswith("(version of 2021-01-01: in force on the day of the act)")
    assert "2021-01-01版" in titles["late@2021-01-01"].zh
    assert "2025-07-01" in titles["late"].en


def test_by_the_day_of_the_assessment_one_version_judges_everything() -> None:
    plain = Shelf(tuple(replace(one, versioned_by=m.VersionedBy.ASSESSMENT) for one in SHELF.rulebooks))
    assert plain.on("t/book", ON) == plain.rulebooks[2]
    assert shares(of(plain.on("t/book", ON), ACTS[:1])) == [("late", 1, -200)]


def test_a_section_of_an_earlier_version_must_be_one_of_the_frame() -> None:
    section = m.Section("one", TITLE, -100, 0)
    old = version(OLD, NEW, rule("late", -500, "one"), sections=(section,))
    with pytest.raises(Refusal, match="GS-RULES-050"):
        Shelf((old, version(NEW, None, rule("late", -700)))).on("t/book", ON)


def amendment(by: m.VersionedBy, suspends: str = "late") -> m.Amendment:
    return m.Amendment("grace", TITLE, (LAW,), suspends, *COVID, by)


PLAIN = m.VersionedBy.ASSESSMENT


@pytest.mark.parametrize(
    ("on", "points"),
    [(date(2020, 1, 31), 9_500), (COVID[0], 10_000), (date(2020, 6, 30), 10_000), (COVID[1], 9_500)],
)
def test_a_rule_suspended_for_a_time_does_not_apply_on_its_days(on: date, points: int) -> None:
    book = version(
        OLD, None, rule("late", -500), versioned_by=PLAIN, amendments=(amendment(m.VersionedBy.ASSESSMENT),)
    )
    found = Shelf((book,)).on("t/book", on)
    assert of(found, ACTS[:1], on).points == m.Interval.exactly(points)
    assert bool(found.notes) == (points == 10_000)


def test_an_act_of_the_time_of_grace_is_passed_over_for_ever() -> None:
    book = version(
        OLD, None, rule("late", -500), versioned_by=PLAIN, amendments=(amendment(m.VersionedBy.OCCURRED_ON),)
    )
    days = (date(2020, 1, 31), COVID[0], date(2020, 6, 30), COVID[1])
    acts = [Record(number, "t/a", occurred_on=day, decided_on=ON) for number, day in enumerate(days, 1)]
    assert shares(of(Shelf((book,)).on("t/book", ON), acts)) == [("late", 1, -500), ("late", 4, -500)]


def exists() -> m.Exists:
    return m.Exists(m.Select("t/a"), m.Window(m.Span.ALL, None, ACT))


def test_an_override_too_can_pass_over_what_happened_in_the_time_of_grace() -> None:
    grounds = m.Override("worst", TITLE, (LAW,), m.Any((exists(), m.PointsIn(m.Range(None, 0)))), "C")
    book = version(
        OLD,
        None,
        versioned_by=PLAIN,
        overrides=(grounds,),
        amendments=(amendment(m.VersionedBy.OCCURRED_ON, "worst"),),
    )
    found = Shelf((book,)).on("t/book", ON)
    for day, grade in ((COVID[0], "A"), (COVID[1], "C")):
        assert of(found, [Record(1, "t/a", occurred_on=day, decided_on=ON)]).grade == grade


COUNTED = m.FactIn("n", m.Range(1, None))


@pytest.mark.parametrize(
    "when",
    [
        m.Not(exists()),
        m.PointsIn(m.Range(None, 0)),
        m.Any((exists(), COUNTED)),  # a fact would count what the amendment spares: half applied
        m.All((exists(), COUNTED)),
        m.AtLeastOf(1, (exists(), m.Not(COUNTED))),
    ],
)
def test_what_no_date_of_a_record_can_bound_is_refused(when: m.Condition) -> None:
    grounds = m.Override("worst", TITLE, (LAW,), when, "C")
    book = version(
        OLD, None, overrides=(grounds,), amendments=(amendment(m.VersionedBy.OCCURRED_ON, "worst"),)
    )
    with pytest.raises(Refusal, match="GS-RULES-053"):
        Shelf((book,)).on("t/book", ON)


def test_an_amendment_of_what_is_not_there_is_refused() -> None:
    book = version(OLD, None, rule("late", -500), amendments=(amendment(PLAIN, "early"),))
    with pytest.raises(Refusal, match="GS-RULES-052"):
        Shelf((book,)).on("t/book", ON)


def test_a_list_whose_only_criterion_is_suspended_still_has_a_criterion() -> None:
    book = version(
        OLD,
        None,
        kind=m.Kind.LIST,
        start=(),
        grading=m.Ladder((m.Step(m.NONE, None),)),
        overrides=(m.Override("ground", TITLE, (LAW,), exists(), m.CANDIDATE),),
        amendments=(amendment(PLAIN, "ground"),),
        versioned_by=PLAIN,
    )
    shelf = Shelf((book,))
    act = [Record(1, "t/a", occurred_on=OLD, decided_on=OLD)]
    assert of(shelf.on("t/book", COVID[1]), act, COVID[1]).grade == m.CANDIDATE
    assert of(shelf.on("t/book", COVID[0]), act, COVID[0]).grade == m.NONE


def test_every_rulebook_that_a_day_is_assessed_by_is_found_by_its_digest() -> None:
    book = version(NEW, None, rule("late", -500), amendments=())
    late = replace(amendment(PLAIN), from_day=date(2022, 1, 1), to_day=date(2023, 1, 1))
    shelf = Shelf((version(OLD, NEW, rule("late", -300)), replace(book, amendments=(late,))))
    days = (date(2021, 5, 1), date(2022, 5, 1), date(2023, 5, 1), date(2015, 1, 1))
    digests = {m.digest(shelf.on("t/book", day)) for day in days}
    assert len(digests) == 3  # before and after the grace, the same
    assert digests <= set(shelf.by_digest())
    assert {m.digest(one) for one in shelf.rulebooks} <= set(shelf.by_digest())


def test_the_manifest_names_the_versions_that_were_composed() -> None:
    book = SHELF.on("t/book", ON)
    said = Manifest.of_order(SHELF.order(book, ON), SHELF, {}, position=3, catalogue_digest="c" * 64).plain()[
        "rulebook"
    ]
    assert isinstance(said, dict)
    assert said["digest"] == m.digest(book)
    assert [one["digest"] for one in said["parts"]] == [m.digest(SHELF.rulebooks[one]) for one in (2, 0, 1)]
