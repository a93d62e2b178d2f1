"""A commitment: what was promised stands item by item, an official says of each whether it was kept, and what follows
from a broken one is decided when the organisation could answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from goodstanding.catalogue.procedure import Act, CaseKind, Party
from goodstanding.core.clock import Clock
from goodstanding.core.dates import add_months
from goodstanding.core.errors import Refusal
from goodstanding.ledger.checking import check
from goodstanding.portal import shelf
from goodstanding.procedures.clockwork import pass_day
from goodstanding.procedures.commitments import public_commitments
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.forgetting import forget_texts
from goodstanding.procedures.models import Case, Message, Promise, PromiseFound, Step
from goodstanding.procedures.promising import Promised, refuse_barred
from goodstanding.procedures.queries import Viewer, deadlines_of, open_cases
from goodstanding.procedures.steps import Said, open_case, take_step
from tests.integration.procedures.attacking import attack, official, step
from tests.integration.procedures.conftest import LAW, Bench
from tests.integration.procedures.test_listing import DAY

ONE = timedelta(days=1)
FIRST, LAST = date(2026, 4, 30), date(2026, 6, 30)
FILTERS = Promised(
    LAST, "By a visit to both sites.", en="The filters are renewed.", zh="更换两处过滤器。", law=LAW
)
REPORT = Promised(FIRST, "By the register.", zh="补报上一年度报告。", rulebook="cn/lists/market-serious")


def give(
    bench: Bench, path: str = "cn/commitment/national", *items: Promised, on: date = DAY
) -> tuple[Bench, Case]:
    """A commitment before the market regulator, accepted and entered in the file."""
    procedure = bench.office.catalogue.procedure(path, on)
    playing = replace(bench, procedure=procedure)
    case = open_case(
        procedure,
        bench.subject,
        bench.at(on),
        first=Deed(Act.APPLY, on, Party.SUBJECT),
        by=bench.actors[Party.SUBJECT],
        said=Said(text="We commit ourselves.", promises=items or (FILTERS, REPORT)),
        authority="cn/samr",
    )
    playing.take(case, Act.ACCEPT, on, Outcome.ACCEPTED)
    playing.take(case, Act.PUBLISH, on)
    return playing, case


def find(playing: Bench, case: Case, on: date, *findings: Outcome, outcome: Outcome) -> Step:
    """An official says of each promise what became of it."""
    said = Said("The sites were visited.", LAW, "The finding.", findings=findings)
    deed = Deed(Act.KEEP, on, Party.OFFICIAL, outcome)
    return take_step(case, deed, playing.actors[Party.OFFICIAL], playing.at(on), said)


def test_a_commitment_says_what_is_promised_by_which_day_and_how_that_is_checked(bench: Bench) -> None:
    for items, code in (
        ((), "GS-CASE-116"),
        ((replace(FILTERS, en="", zh=" "),), "GS-CASE-117"),
        ((replace(FILTERS, how=""),), "GS-CASE-117"),
        ((replace(FILTERS, due_on=DAY),), "GS-CASE-117"),
        ((replace(FILTERS, due_on=date(2040, 1, 1)),), "GS-CASE-117"),
        ((replace(FILTERS, zh="法定代表人11010519491231002X保证。"),), "GS-CASE-012"),
    ):
        procedure = bench.office.catalogue.procedure("cn/commitment/national", DAY)
        with pytest.raises(Refusal, match=code):
            open_case(
                procedure,
                bench.subject,
                bench.at(DAY),
                first=Deed(Act.APPLY, DAY, Party.SUBJECT),
                by=bench.actors[Party.SUBJECT],
                said=Said(promises=items),
            )
    assert not Case.objects.exists()
    playing, case = give(bench)
    kept = [
        (one.number, one.en, one.zh, one.due_on, one.how, one.rulebook)
        for one in case.promises.order_by("number")
    ]
    assert kept == [
        (1, FILTERS.en, FILTERS.zh, LAST, FILTERS.how, ""),
        (2, "", REPORT.zh, FIRST, REPORT.how, REPORT.rulebook),
    ]
    assert check(playing.installation.home).findings == ()


def test_on_the_day_the_check_stands_in_the_queue_and_the_organisation_is_told_once(bench: Bench) -> None:
    playing, case = give(bench)
    appointed = playing.actors[Party.OFFICIAL].appointment
    assert appointed is not None
    viewer = Viewer(appointments=(appointed,))
    assert pass_day(playing.at(LAST - ONE), LAST - ONE).checks == 0
    assert [getattr(one, "due", DAY) for one in open_cases(viewer)] == [None]
    assert pass_day(playing.at(LAST), LAST).checks == 1
    assert pass_day(playing.at(LAST + ONE), LAST + ONE).checks == 0, "once is enough"
    (due,) = [one for one in deadlines_of(case) if one.act == Act.KEEP]
    assert (due.starts, due.amount) == (LAST, 20)
    assert [getattr(one, "due", DAY) for one in open_cases(viewer)] == [due.last] and due.last > LAST
    told = Message.objects.filter(case=case, kind=Message.Kind.CHECK)
    assert sorted(told.values_list("to", flat=True)) == ["office", "subject"]
    assert check(playing.installation.home).findings == ()


def test_it_is_kept_or_broken_as_each_of_its_promises_was_and_none_is_broken_before_its_day_is_over(
    bench: Bench,
) -> None:
    playing, case = give(bench)
    late = LAST + ONE
    with pytest.raises(Refusal, match="GS-CASE-013"):
        take_step(
            case,
            Deed(Act.KEEP, late, Party.OFFICIAL, Outcome.KEPT),
            playing.actors[Party.OFFICIAL],
            playing.at(late),
        )
    kept, broken = Outcome.KEPT, Outcome.BROKEN
    for on, findings, outcome, code in (
        (late, (kept,), kept, "GS-CASE-118"),
        (late, (kept, broken), kept, "GS-CASE-118"),
        (LAST, (broken, broken), broken, "GS-CASE-119"),
    ):
        with pytest.raises(Refusal, match=code):
            find(playing, case, on, *findings, outcome=outcome)
    early = find(playing, case, FIRST, kept, kept, outcome=kept)
    assert early.closes, "all was kept before its day: nothing is left"
    playing, other = give(bench)
    found = find(playing, other, late, broken, kept, outcome=Outcome.PARTLY)
    assert not found.closes
    assert list(
        PromiseFound.objects.filter(promise__case=other).values_list("outcome", flat=True).order_by("pk")
    ) == [
        "broken",
        "kept",
    ]
    assert check(playing.installation.home).findings == ()


def test_what_follows_from_a_broken_promise_is_decided_by_an_official_once_the_organisation_could_answer(
    bench: Bench,
) -> None:
    playing, case = give(bench)
    on = LAST + ONE
    find(playing, case, on, Outcome.BROKEN, Outcome.BROKEN, outcome=Outcome.BROKEN)
    with pytest.raises(Refusal, match="GS-CASE-003"):
        playing.take(case, Act.FOLLOW, on, Outcome.BARRED)
    served = playing.take(case, Act.SERVE_NOTICE, on)
    assert served.open_until is not None
    blow = step(case.pk, 6, "follow", on, outcome="barred", **official(playing))
    assert "GS-CASE-125" in attack(playing.installation, blow)
    with pytest.raises(Refusal, match="GS-CASE-006"):
        playing.take(case, Act.FOLLOW, served.open_until, Outcome.BARRED)
    playing.take(case, Act.STATE, served.open_until)
    after = served.open_until + ONE
    with pytest.raises(Refusal, match="GS-CASE-005"):
        playing.take(case, Act.FOLLOW, after, Outcome.SUSPENDED)  # of which this procedure says nothing
    playing.take(case, Act.FOLLOW, after, Outcome.BARRED)
    later = replace(FILTERS, due_on=date(2026, 12, 1))
    give(playing, "cn/commitment/national", later, on=after)  # what was not served yet bars nobody
    last = playing.take(case, Act.SERVE_DECISION, after)
    assert last.closes
    procedures = playing.office.catalogue.procedures
    with pytest.raises(Refusal, match="GS-CASE-126"):
        give(playing, "cn/commitment/national", later, on=after + ONE)
    refuse_barred(CaseKind.OBJECTION, playing.subject, procedures, after + ONE)
    refuse_barred(CaseKind.COMMITMENT, playing.subject, procedures, date(2028, 1, 1))
    assert check(playing.installation.home).findings == ()


def test_who_does_not_say_what_was_broken_or_writes_a_promise_beside_its_step_is_refused_by_the_database(
    bench: Bench,
) -> None:
    playing, case = give(bench)
    acting = playing.actors[Party.SUBJECT].mandate
    assert acting is not None
    own = {"party": "subject", "mandate_id": acting.pk}
    for act, outcome in (("keep", "kept"), ("examine", ""), ("hold_hearing", ""), ("follow", "spared")):
        blow = step(case.pk, 4, act, DAY, outcome=outcome, **own)
        assert "GS-CASE-085" in attack(playing.installation, blow), act
    for wrong in ({"outcome": ""}, {"outcome": "kept", "reasons": " "}, {"outcome": "broken", "basis": "[]"}):
        given = {**official(playing), **wrong}
        assert "GS-CASE-086" in attack(playing.installation, step(case.pk, 4, "keep", DAY, **given)), wrong
    silent = step(case.pk, 4, "keep", DAY, **{**official(playing), "outcome": "kept"})
    assert "GS-CASE-123" in attack(playing.installation, silent)
    more = (
        "INSERT INTO procedures_promise (case_id, number, en, zh, due_on, how, law, rulebook, event_id)"
        f" VALUES ({case.pk}, 3, 'More.', '', '2026-12-01', 'By a visit.', '[]', '', %(event)s)"
    )
    assert "GS-CASE-120" in attack(playing.installation, (more, {}))
    for change in ("UPDATE procedures_promise SET en = 'Less.'", "DELETE FROM procedures_promisefound"):
        assert "permission denied" in attack(playing.installation, (change, {}))
    assert Promise.objects.filter(case=case).count() == 2
    barer = step(case.pk, 4, "follow", DAY, **{**official(playing), "outcome": "entered"})
    assert "GS-CASE-125" in attack(playing.installation, barer), "nothing was found, nothing served"


def test_nothing_follows_from_a_broken_promise_by_a_notice_served_before_it_was_found_broken(
    bench: Bench,
) -> None:
    playing, case = give(bench)
    given = official(playing)
    soon, late = FIRST, LAST + ONE
    notice = step(
        case.pk,
        4,
        "serve_notice",
        soon,
        served_on=soon,
        served_how="post",
        open_until=LAST,
        **given,
    )
    assert attack(playing.installation, notice) == "", "as early as the organisation has promised anything"
    found = step(case.pk, 5, "keep", late, outcome="broken", **given)
    each = (
        "INSERT INTO procedures_promisefound (promise_id, outcome, event_id)"
        f" SELECT id, 'broken', %(event)s FROM procedures_promise WHERE case_id = {case.pk}"
    )
    assert attack(playing.installation, found, (each, {"on": late})) == ""
    blow = step(case.pk, 6, "follow", late, outcome="barred", **given)
    assert "GS-CASE-125" in attack(playing.installation, blow)


def test_the_file_says_what_was_promised_and_that_it_was_broken_only_when_what_follows_was_served(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    playing, case = give(bench)

    def read(on: date, lang: str = "en") -> str:
        monkeypatch.setenv("GOODSTANDING_SERVED_TODAY", on.isoformat())
        page = Client(SERVER_NAME="localhost").get(f"/{lang}/file/{bench.subject.public_id}").content.decode()
        start = page.find('id="commitments"')
        return page[start : page.find("<h2", start + 1)] if start >= 0 else ""

    told = read(LAST)
    assert FILTERS.en in told and REPORT.zh in told and FILTERS.how in told and "Order 44" in told
    assert "To be kept" in told and "Not kept" not in told
    assert "更换两处过滤器" in read(LAST, "zh") and "履行期内" in read(LAST, "zh")
    on = LAST + ONE
    find(playing, case, on, Outcome.BROKEN, Outcome.KEPT, outcome=Outcome.PARTLY)
    assert "it is checked" in read(on) and "Not kept" not in read(on), "the organisation may still answer"
    served = playing.take(case, Act.SERVE_NOTICE, on)
    assert served.open_until is not None
    after = served.open_until + ONE
    playing.take(case, Act.FOLLOW, after, Outcome.ENTERED)
    playing.take(case, Act.SERVE_DECISION, after)
    for words in ("Kept in part", "Not kept", "The file says that it was not kept"):
        assert words in read(after), words
    (row,) = public_commitments([bench.subject.pk], after, shelf.procedure_by_digest)
    assert row.telling and row.shown_until == date(after.year + 3, after.month, after.day)
    assert read(row.shown_until - ONE) and not read(row.shown_until), "what is over leaves the page"


def test_the_words_of_promises_go_with_the_texts_of_their_case_and_the_chain_still_verifies(
    bench: Bench,
) -> None:
    playing, case = give(bench)
    find(playing, case, FIRST, Outcome.KEPT, Outcome.KEPT, outcome=Outcome.KEPT)
    longest = max(one.retention.months for one in playing.office.catalogue.pack("cn").items)
    later = Clock(add_months(FIRST, longest) + ONE)
    assert forget_texts(playing.office.catalogue, playing.installation.home, later) == 1
    assert set(case.promises.values_list("en", "zh", "how")) == {("", "", "")}
    assert sorted(case.promises.values_list("due_on", flat=True)) == [FIRST, LAST]
    assert check(playing.installation.home).findings == ()
