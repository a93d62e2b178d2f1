"""An authority is silent until its term is over: what the law says follows the day after, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goodstanding.catalogue.procedure import Act, CaseKind, IfLate, Party, Procedure, Term, Unit
from goodstanding.core.errors import Refusal
from goodstanding.ledger.checking import check
from goodstanding.ledger.models import Content, Ending, Record
from goodstanding.measures.models import Lifting, Order
from goodstanding.procedures.clockwork import pass_day
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.models import Case, Message
from goodstanding.procedures.opening import open_about, procedures_for
from goodstanding.procedures.queries import Viewer, deadlines_of, disputed, open_cases
from goodstanding.procedures.replaying import Replay
from tests.integration.procedures.attacking import Blow, attack, official, step
from tests.integration.procedures.conftest import Bench, staff
from tests.integration.procedures.test_listing import DAY, ONE, listed
from tests.integration.procedures.test_ways_off import SAID


def speaking(procedure: Procedure, act: Act, follows: IfLate, term: Term | None = None) -> Procedure:
    """The procedure of a law of our own, which says what follows if the authority is silent at an act."""
    stages = tuple(
        replace(one, if_late=follows, within=term or one.within) if one.act is act else one
        for one in procedure.stages
    )
    assert any(one.law_of_silence for one in stages)
    return replace(procedure, stages=stages, digest=f"{act.value[0]}{procedure.digest[1:]}")


def under(bench: Bench, procedure: Procedure) -> Bench:
    """The bench where that law holds too."""
    office = replace(bench.office, procedures={procedure.digest: procedure})
    return replace(bench, office=office, procedure=procedure)


def asked(bench: Bench, record: Record, procedure: Procedure, on: date) -> tuple[Bench, Case, date]:
    """An application under that law, and the last day of the term to decide it."""
    playing = under(bench, procedure)
    stage = procedure.stages[0]
    case = open_about(
        record,
        procedure,
        playing.at(on),
        first=Deed(stage.act, on, stage.party),
        by=bench.actors[stage.party],
        said=SAID,
    )
    if case.authority != "cn/samr":
        acting = bench.actors[Party.SUBJECT].mandate
        others = staff(case.authority, bench.subject.division, bench.office.clock, acting, prefix="other")
        playing = replace(playing, actors=others)
    for one in procedure.stages[1:]:
        if one.act is Act.DECIDE or {each.act: each for each in deadlines_of(case)}.get(Act.DECIDE.value):
            break
        if not one.optional:
            playing.take(case, one.act, on, Outcome.ACCEPTED if one.act is Act.ACCEPT else Outcome.NONE)
    due = {each.act: each.last for each in deadlines_of(case)}[Act.DECIDE.value]
    return playing, case, due


def of_the_list(bench: Bench, entry: Record, on: date) -> Procedure:
    """The way off the list, as the law of our own has it."""
    stated = next(
        one
        for one in procedures_for(entry, CaseKind.DELISTING, bench.office.catalogue.procedures, on)
        if one.path.endswith("/market-serious")
    )
    return speaking(stated, Act.DECIDE, IfLate.GRANTED)


def delisting(bench: Bench) -> tuple[Bench, Case, Case, Record, date]:
    """An entry, and an application for its end that nobody decides."""
    listing, day = listed(bench)
    bench.take(listing, Act.PUBLISH, day)
    entry = Content.objects.get(item__path="cn/listing.market-serious").record
    playing, case, due = asked(
        bench, entry, of_the_list(bench, entry, day), date(day.year + 1, day.month, day.day)
    )
    return playing, case, listing, entry, due


def test_an_application_that_nobody_decides_is_granted_by_law_and_every_order_lifted(bench: Bench) -> None:
    playing, case, listing, entry, due = delisting(bench)
    assert Order.objects.filter(record=entry).exists()
    assert pass_day(playing.at(due), due).by_law == 0, "the authority still has its last day"
    late = due + ONE
    assert pass_day(playing.at(late), late).by_law == 1
    assert pass_day(playing.at(late), late).by_law == 0, "once is enough"
    decided, gone = case.steps.order_by("number").reverse()[:2][::-1]
    assert (decided.act, decided.party, decided.outcome, decided.on) == ("decide", "law", "granted", late)
    term = playing.procedure.stage(Act.DECIDE)
    assert term is not None and term.within is not None
    assert [term.within.basis.instrument, term.within.basis.article] in decided.basis
    assert due.isoformat() in decided.reasons
    assert (gone.act, gone.party, gone.closes, gone.record_id) == ("lift", "law", True, entry.pk)
    assert listing.steps.get(closes=True).party == Party.LAW
    ending = Ending.objects.get(record=entry)
    assert (ending.ground, ending.counts_until) == (Ending.Ground.REPAIRED, late)
    orders = Order.objects.filter(record=entry)
    assert Lifting.objects.filter(order__in=orders).count() == orders.count()
    assert {one.to for one in Message.objects.filter(kind=Message.Kind.BY_LAW, deadline__case=case)} == {
        "office",
        "subject",
    }
    assert not open_cases(Viewer.of("acct-official", late)).exists()
    assert check(bench.installation.home).findings == ()
    catalogue = replay_of(playing)
    assert list(catalogue.findings()) == []


def replay_of(bench: Bench) -> Replay:
    """The ledger's check of courses, which knows the law of our own as well."""
    found = Replay(bench.office.catalogue)
    found._procedures.update(bench.office.procedures)
    return found


def test_days_that_were_not_brought_for_long_take_nothing_from_the_organisation(bench: Bench) -> None:
    playing, case, _, entry, due = delisting(bench)
    late = due + timedelta(days=90)
    assert pass_day(playing.at(late), late).by_law == 1
    assert Ending.objects.get(record=entry).counts_until == due + ONE
    assert case.steps.get(act="decide").on == late - timedelta(days=31)


def test_an_objection_that_nobody_answers_is_upheld_and_the_record_was_never_right(bench: Bench) -> None:
    record = bench.records[0]
    law = speaking(bench.office.catalogue.procedure("cn/objection/national", DAY), Act.DECIDE, IfLate.GRANTED)
    playing, case, due = asked(bench, record, law, DAY)
    late = due + ONE
    assert pass_day(playing.at(late), late).by_law == 1
    assert Ending.objects.get(record=record).ground == Ending.Ground.WITHDRAWN
    assert disputed([record.pk]) == set()
    with pytest.raises(Refusal, match="GS-CASE-001"):
        playing.take(case, Act.DECIDE, late, Outcome.REFUSED)


def test_an_authority_that_answers_in_time_is_followed_by_nothing_and_one_that_is_late_answers_no_more(
    bench: Bench,
) -> None:
    law = speaking(bench.office.catalogue.procedure("cn/objection/national", DAY), Act.DECIDE, IfLate.GRANTED)
    playing, case, due = asked(bench, bench.records[0], law, DAY)
    for stage in law.stages[1:]:
        if stage.act is Act.DECIDE:
            break
        if not stage.optional and not case.steps.filter(act=stage.act.value).exists():
            outcome = Outcome.ACCEPTED if stage.act is Act.ACCEPT else Outcome.NONE
            playing.take(case, stage.act, DAY, outcome)
    with pytest.raises(Refusal, match="GS-CASE-015"):
        playing.take(case, Act.DECIDE, due + ONE, Outcome.REFUSED)
    assert "GS-CASE-089" in attack(bench.installation, decided(playing, case, due + ONE, "refused"))
    playing.take(case, Act.DECIDE, due, Outcome.REFUSED)
    assert pass_day(playing.at(due + ONE), due + ONE).by_law == 0
    assert not Ending.objects.exists()


def decided(bench: Bench, case: Case, on: date, outcome: str) -> Blow:
    """The row of an official's decision."""
    number = case.steps.count() + 1
    return step(case.pk, number, "decide", on, outcome=outcome, **official(bench, "official"))


def test_where_the_law_says_nothing_a_late_authority_is_shown_as_late_and_no_more(bench: Bench) -> None:
    law = bench.office.catalogue.procedure("cn/objection/national", DAY)
    playing, case, due = asked(bench, bench.records[0], law, DAY)
    late = due + ONE
    passed = pass_day(playing.at(late), late)
    assert (passed.by_law, Ending.objects.exists()) == (0, False)
    assert Message.objects.filter(kind=Message.Kind.LATE, deadline__case=case).exists()
    assert vars(open_cases(Viewer.of("other-official", late)).get())["due"] <= due


def test_a_proposed_listing_lapses_and_the_organisation_that_never_heard_of_it_is_not_told(
    bench: Bench,
) -> None:
    basis = bench.procedure.basis[0]
    term = Term(5, Unit.WORKING_DAYS, Act.PROPOSE, basis)
    playing = under(bench, speaking(bench.procedure, Act.REVIEW, IfLate.LAPSES, term))
    case = playing.open(DAY)
    due = {one.act: one.last for one in deadlines_of(case)}[Act.REVIEW]
    late = due + ONE
    assert pass_day(playing.at(late), late).by_law == 1
    last = case.steps.get(closes=True)
    assert (last.act, last.party, last.outcome, last.record_id) == ("review", "law", "lapsed", None)
    assert [one.to for one in Message.objects.filter(kind=Message.Kind.BY_LAW)] == ["office"]
    assert not Content.objects.filter(item__path__contains="/listing.").exists()
    with pytest.raises(Refusal, match="GS-CASE-001"):
        playing.take(case, Act.REVIEW, late, Outcome.GO_ON)
    assert list(replay_of(playing).findings()) == []


def by_law(case: Case, on: date, **more: object) -> Blow:
    """The row of a grant by law, as one who must not would write it."""
    silence = case.procedure.silences.first()
    law = "[]" if silence is None else str(silence.law).replace("'", '"')
    row = {"party": "law", "outcome": "granted", "basis": law or "[]", **more}
    return step(case.pk, case.steps.count() + 1, "decide", on, **row)


def test_the_database_refuses_a_consequence_too_early_of_no_law_half_or_in_somebodys_name(
    bench: Bench,
) -> None:
    _, case, listing, entry, due = delisting(bench)
    attacked, late = bench.installation, due + ONE
    assert "GS-CASE-088" in attack(attacked, by_law(case, due))
    assert "GS-CASE-087" in attack(attacked, by_law(case, late, basis='[["Another law", "1"]]'))
    assert "GS-CASE-087" in attack(attacked, by_law(case, late, outcome="lapsed", closes=True))
    assert "GS-CASE-087" in attack(
        attacked, by_law(case, late, appointment_id=official(bench)["appointment_id"])
    )
    assert "GS-CASE-095" in attack(attacked, by_law(case, late)), "granted, and nothing ends"
    alone = step(listing.pk, listing.steps.count() + 1, "lift", late, party="law", record_id=entry.pk)
    assert "GS-CASE-087" in attack(attacked, alone)
    shorter: Blow = (
        "INSERT INTO procedures_deadline (case_id, act, starts, amount, unit, last, provisional, not_counted,"
        " calendar, calendar_version, because, event_id) SELECT case_id, act, starts, 0, unit, starts, false,"
        " '[]', calendar, calendar_version, '', %(event)s FROM procedures_deadline WHERE case_id = %(case)s"
        " AND act = 'decide'",
        {"case": case.pk},
    )
    assert "GS-CASE-080" in attack(attacked, shorter, by_law(case, due - ONE))
    stated: Blow = (
        "INSERT INTO procedures_silence (procedure_id, act, follows, starts, amount, unit, law, event_id)"
        " SELECT procedure_id, 'notify', 'lapsed', starts, amount, unit, law, %(event)s FROM procedures_silence",
        {},
    )
    assert "permission denied" in attack(attacked, stated)


def test_the_database_refuses_a_consequence_where_the_version_states_none(bench: Bench) -> None:
    law = bench.office.catalogue.procedure("cn/objection/national", DAY)
    _, case, due = asked(bench, bench.records[0], law, DAY)
    said = '[["Order 44", "2"]]'
    assert "GS-CASE-087" in attack(bench.installation, by_law(case, due + ONE, basis=said))
    candidate = bench.open(due)
    lapse = step(candidate.pk, 2, "review", due + ONE, party="law", outcome="lapsed", closes=True)
    assert "GS-CASE-087" in attack(bench.installation, lapse)
    mine = step(candidate.pk, 2, "review", due, outcome="lapsed", closes=True, **official(bench, "official"))
    assert "GS-CASE-087" in attack(bench.installation, mine), "a case lapses by law alone"
