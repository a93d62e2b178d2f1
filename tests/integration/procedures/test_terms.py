"""Terms in the database: as long as the version says, by the registered calendar, neither shorter nor longer."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from goodstanding.catalogue.procedure import Act, Unit
from goodstanding.core.errors import Refusal
from goodstanding.postgres import Role
from goodstanding.procedures.counting import count_by
from goodstanding.procedures.deed import Outcome
from goodstanding.procedures.models import CalendarVersion, Deadline, TermVersion
from goodstanding.procedures.terms import due_of
from tests.integration.procedures.attacking import Blow, attack, official, step
from tests.integration.procedures.conftest import Bench
from tests.integration.procedures.test_listing import DAY, ONE, open_until


def test_the_database_counts_days_as_the_code_does(bench: Bench) -> None:
    calendar, draw = bench.office.calendar, random.Random(7)
    count_by("cn", calendar, bench.office.clock)
    wanted: list[tuple[date, int, str, int | None]] = [
        (date(2013, 12, 1) + timedelta(days=draw.randrange(5000)), draw.randrange(91), unit.value, None)
        for unit in (Unit.WORKING_DAYS, Unit.WORKING_DAYS, Unit.DAYS)
        for _ in range(200)
    ]
    for _ in range(100):
        day = date(2013, 12, 1) + timedelta(days=draw.randrange(5000))
        wanted.append((day, draw.randrange(40), Unit.MONTHS.value, draw.choice((None, 15, 28))))
    with bench.installation.connect(Role.READER) as reader:
        for start, amount, unit, on_day in wanted:
            row = reader.execute(
                "SELECT procedures_last_day(c, %s, %s, %s, %s) FROM procedures_calendarversion c",
                [start, amount, unit, on_day],
            ).fetchone()
            found = due_of(amount, Unit(unit), start, calendar, on_day=on_day).last
            assert row == (found,), (start, amount, unit, on_day)


def term(case: int, **change: object) -> Blow:
    """A row of the term to decide, as its version says it but for a change."""
    row: dict[str, object] = {"case": case, "copied": "decide", **change}
    columns = ("act", "starts", "amount", "unit", "on_day", "last", "calendar", "calendar_version")
    values = ", ".join(f"%({one})s" if one in change else one for one in columns)
    return (
        f"INSERT INTO procedures_deadline (case_id, {', '.join(columns)}, provisional, not_counted, because, event_id)"
        f" SELECT %(case)s, {values}, false, '[]', '', %(event)s FROM procedures_deadline WHERE case_id = %(case)s"
        " AND act = %(copied)s",
        row,
    )


def test_nobody_gives_an_authority_more_time_or_the_organisation_less(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    until = open_until(case)
    first = Deadline.objects.filter(case=case).order_by("pk").values_list("act", flat=True)
    assert Act.STATE in first
    for act in first:
        kept = Deadline.objects.get(case=case, act=act)
        for change, code in (
            ({"amount": 9999}, "GS-CASE-080"),
            ({"last": date(9999, 12, 31)}, "GS-CASE-080"),
            ({"last": kept.last + ONE}, "GS-CASE-080"),
            ({"last": kept.last - ONE}, "GS-CASE-080"),
            ({"amount": 0, "last": kept.starts}, "GS-CASE-080"),
            ({"unit": "days"}, "GS-CASE-080"),
            ({"starts": kept.starts - ONE, "last": kept.last - ONE}, "GS-CASE-080"),
            ({"calendar_version": "of the intruder"}, "GS-CASE-111"),
        ):
            found = attack(bench.installation, term(case.pk, copied=act, **change))
            assert code in found, (act, change)
        assert attack(bench.installation, term(case.pk, copied=act)) == ""
    strange = term(case.pk, copied="state", act="publish")
    assert "GS-CASE-080" in attack(bench.installation, strange), "no step has started this term"
    # Five working days over a weekend are seven days: what falls short of these is refused in code and in the database.
    other = bench.open(DAY)
    signed = official(bench, "official")
    for day in (DAY + ONE, DAY + timedelta(days=5), until - ONE):
        served = {"served_on": DAY, "served_how": "by hand", "open_until": day}
        assert "GS-CASE-065" in attack(
            bench.installation, step(other.pk, 2, "serve_notice", DAY, **served, **signed)
        )
    served = {"served_on": DAY, "served_how": "by hand", "open_until": until}
    assert attack(bench.installation, step(other.pk, 2, "serve_notice", DAY, **served, **signed)) == ""


def test_terms_and_calendars_are_not_said_by_the_role_that_acts(bench: Bench) -> None:
    case = bench.open(DAY)
    assert TermVersion.objects.filter(procedure=case.procedure, act=Act.STATE).exists()
    longer = (
        "INSERT INTO procedures_termversion (procedure_id, act, starts, amount, unit, event_id)"
        " SELECT procedure_id, 'keep', starts, 9999, unit, %(event)s FROM procedures_termversion LIMIT 1"
    )
    shifted = (
        "INSERT INTO procedures_calendarversion (pack, name, version, off, worked, event_id) SELECT pack, name,"
        " version, '{}', '{}', %(event)s FROM procedures_calendarversion LIMIT 1"
    )
    for statement in (longer, shifted):
        assert "permission denied" in attack(bench.installation, (statement, {}))
    assert CalendarVersion.objects.count() == 1
    bench.take(case, Act.REVIEW, DAY, Outcome.GO_ON)
    bench.take(case, Act.NOTIFY, DAY)
    with pytest.raises(Refusal, match="GS-CASE-112"):
        bench.take(case, Act.SERVE_NOTICE, DAY, open_until=DAY + timedelta(days=5))
