"""The ways off: an objection marks the record at once and removes what was wrong; repair and delisting lift."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goodstanding.catalogue.procedure import Act, CaseKind, Party
from goodstanding.core.dates import add_months
from goodstanding.core.errors import Refusal
from goodstanding.ledger.checking import check
from goodstanding.ledger.models import Content, Ending, Record
from goodstanding.procedures.clockwork import tell
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.models import Case, Message
from goodstanding.procedures.opening import earliest, open_about, procedures_for
from goodstanding.procedures.queries import PUBLIC, Viewer, cases_visible_to, disputed, is_party, open_cases
from goodstanding.procedures.steps import Said
from tests.integration.procedures.conftest import Bench, staff
from tests.integration.procedures.test_listing import DAY, listed

SAID = Said("Because it is so.", (("Order 36", "5"),), "", "by hand")
GOOD = {
    Act.ACCEPT: Outcome.ACCEPTED,
    Act.DECIDE: Outcome.GRANTED,
    Act.CONFIRM: Outcome.CONFIRMED,
    Act.REVIEW: Outcome.GO_ON,
}


def about(bench: Bench, record: Record, path: str, on: date) -> tuple[Bench, Case]:
    """A case about a record under a procedure, opened by the organisation before the authority that answers for it."""
    procedure = bench.office.catalogue.procedure(path, on)
    assert procedure in procedures_for(record, procedure.kind, bench.office.catalogue.procedures, on) or (
        procedure.division
    )
    stage = procedure.stages[0]
    case = open_about(
        record,
        procedure,
        bench.at(on),
        first=Deed(stage.act, on, stage.party),
        by=bench.actors[stage.party],
        said=SAID,
    )
    if case.authority == "cn/samr":
        return replace(bench, procedure=procedure), case
    acting = bench.actors[Party.SUBJECT].mandate
    others = staff(case.authority, bench.subject.division, bench.office.clock, acting, prefix="other")
    return replace(bench, procedure=procedure, actors=others), case


def go(bench: Bench, case: Case, on: date, **instead: Outcome) -> date:
    """Take all further steps, one a day, each with its good outcome or the one given."""
    for stage in bench.procedure.stages[1:]:
        if stage.optional or case.steps.filter(closes=True).exists():
            continue
        on += timedelta(days=1)
        bench.take(case, stage.act, on, instead.get(stage.act.value, GOOD.get(stage.act, Outcome.NONE)))
    return on


def test_an_objection_marks_the_record_until_it_is_decided_and_removes_it_if_it_is_right(
    bench: Bench,
) -> None:
    record = bench.records[0]
    playing, case = about(bench, record, "cn/objection/national", DAY)
    assert disputed([record.pk]) == {record.pk}, "at once, whatever the authority does"
    playing.take(case, Act.MARK, DAY)
    assert disputed([record.pk]) == {record.pk}
    for stage in playing.procedure.stages[2:]:
        if not stage.optional:
            playing.take(case, stage.act, DAY, GOOD.get(stage.act, Outcome.NONE))
    assert disputed([record.pk]) == set()
    ending = Ending.objects.get(record=record)
    assert (ending.ground, ending.counts_until) == (Ending.Ground.WITHDRAWN, date(1, 1, 1))
    assert check(bench.installation.home, catalogue=bench.office.catalogue).findings == ()


def test_an_objection_that_is_not_right_leaves_the_record(bench: Bench) -> None:
    record = bench.records[0]
    playing, case = about(bench, record, "cn/objection/national", DAY)
    go(playing, case, DAY, decide=Outcome.REFUSED)
    assert not Ending.objects.filter(record=record).exists()
    assert case.steps.filter(closes=True).exists()
    with pytest.raises(Refusal, match="GS-CASE-001"):
        playing.take(case, Act.LIFT, DAY + timedelta(days=30))


def test_repair_waits_for_its_least_time_and_then_ends_the_record(bench: Bench) -> None:
    record = bench.records[0]
    on = date(2026, 4, 2)
    procedure = bench.office.catalogue.procedure("cn/repair/national", on)
    Content.objects.get(record=record)
    day = earliest(record, procedure, bench.office)
    assert day is not None
    playing, case = about(bench, record, "cn/repair/national", max(day, on))
    go(playing, case, max(day, on))
    assert Ending.objects.get(record=record).ground == Ending.Ground.REPAIRED
    assert case.steps.filter(closes=True).exists()


def test_an_entry_leaves_early_not_before_its_months_and_the_case_that_made_it_closes(bench: Bench) -> None:
    listing, day = listed(bench)
    entry = Content.objects.get(item__path="cn/listing.market-serious").record
    procedure = next(
        one
        for one in procedures_for(entry, CaseKind.DELISTING, bench.office.catalogue.procedures, day)
        if one.path.endswith("/market-serious")
    )
    first = earliest(entry, procedure, bench.office)
    assert first == add_months(day, 12)
    with pytest.raises(Refusal, match="GS-CASE-025"):
        about(bench, entry, procedure.path, first - timedelta(days=1))
    playing, case = about(bench, entry, procedure.path, first)
    go(playing, case, first)
    assert Ending.objects.get(record=entry).ground == Ending.Ground.REPAIRED
    assert listing.steps.get(closes=True).act == Act.LIFT
    assert check(bench.installation.home, catalogue=bench.office.catalogue).findings == ()


def test_the_same_is_not_asked_twice_at_once(bench: Bench) -> None:
    about(bench, bench.records[0], "cn/objection/national", DAY)
    with pytest.raises(Refusal, match="GS-CASE-024"):
        about(bench, bench.records[0], "cn/objection/national", DAY)


def test_a_case_is_known_to_its_parties_until_it_is_published(bench: Bench) -> None:
    office = Viewer.of("acct-official", DAY)
    above, firm, other = (Viewer.of(f"acct-{name}", DAY) for name in ("above", "representative", "nobody"))
    case, day = listed(bench)
    for viewer, knows in ((office, True), (above, True), (firm, True), (other, False), (PUBLIC, False)):
        assert set(cases_visible_to(viewer)) == ({case} if knows else set())
        assert is_party(case, viewer) is knows
        assert set(open_cases(viewer)) == ({case} if knows else set())
    bench.take(case, Act.PUBLISH, day)
    assert set(cases_visible_to(PUBLIC)) == {case}
    assert not is_party(case, PUBLIC)
    assert bench.actors[Party.SUBJECT].name == f"representative of subject {bench.subject.pk}"


def test_an_organisation_knows_of_its_case_from_the_service_of_the_notice_on(bench: Bench) -> None:
    office, firm = (Viewer.of(f"acct-{name}", DAY) for name in ("official", "representative"))
    case = bench.open(DAY)
    for act, outcome, knows in (
        (Act.REVIEW, Outcome.GO_ON, False),
        (Act.NOTIFY, Outcome.NONE, False),
        (Act.SERVE_NOTICE, Outcome.NONE, True),
    ):
        tell(bench.office, DAY + timedelta(days=400))
        told = set(Message.objects.values_list("to", flat=True))
        assert "subject" not in told, "nobody is reminded of a case that it does not know"
        bench.take(case, act, DAY, outcome)
        assert set(cases_visible_to(firm)) == ({case} if knows else set())
        assert is_party(case, firm) is knows and is_party(case, office)
    about(bench, bench.records[0], "cn/objection/national", DAY)
    assert {one.kind for one in cases_visible_to(firm)} == {"listing", "objection"}


def test_an_entry_that_a_court_annulled_was_never_right(bench: Bench) -> None:
    listing, day = listed(bench)
    entry = Content.objects.get(item__path="cn/listing.market-serious").record
    playing, case = about(bench, entry, "cn/delisting/annulled", day)
    go(playing, case, day)
    ending = Ending.objects.get(record=entry)
    assert (ending.ground, ending.counts_until) == (Ending.Ground.ANNULLED, date(1, 1, 1))
    assert listing.steps.get(closes=True).act == Act.LIFT
