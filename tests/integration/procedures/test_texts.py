"""The texts of a case go with the record that it is about, and when their time is over; the chain still verifies."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from goodstanding.catalogue.procedure import Act, Party
from goodstanding.core.clock import Clock
from goodstanding.core.dates import add_months
from goodstanding.ledger.checking import check
from goodstanding.ledger.erasing import erase
from goodstanding.ledger.models import Content, Ending, Record
from goodstanding.ledger.purging import pending, purge
from goodstanding.office.accounts.making import make
from goodstanding.office.keeping import DRAFT_DAYS, keep_up
from goodstanding.office.models import Draft, Upload
from goodstanding.office.uploads import MONTHS, hand_in, place_of
from goodstanding.postgres import Role
from goodstanding.procedures.acting import Actor
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.forgetting import forget_texts
from goodstanding.procedures.models import Case, Forgotten, Step
from goodstanding.procedures.steps import Said, take_step
from tests.integration.installation import Installation
from tests.integration.ledger.test_erasure import traces
from tests.integration.procedures.conftest import LAW, Bench
from tests.integration.procedures.test_listing import DAY, listed
from tests.integration.procedures.test_ways_off import about

REASONS = "the reasons that an official wrote and that must be nowhere"
TEXT = "the document that was drawn up and that must be nowhere"
DRAFT = "the draft that nobody has signed and that must be nowhere"
HANDED_IN = "the document that the organisation handed in and that must be nowhere"
MARKS = [one.encode() for one in (REASONS, TEXT, DRAFT, HANDED_IN)]


def written_about(bench: Bench) -> Case:
    """A case with a step, a draft and a document that say something."""
    case = bench.open(DAY)
    by = bench.actors[Party.OFFICIAL]
    bench.take(case, Act.REVIEW, DAY, Outcome.GO_ON)
    take_step(
        case, Deed(Act.NOTIFY, DAY, Party.OFFICIAL), by, bench.at(DAY), Said(REASONS, LAW, TEXT, "by hand")
    )
    account, _ = make("clerk", email="clerk@example.org", shown_as="Clerk")
    assert by.appointment is not None
    Draft.objects.create(
        case=case,
        act="serve_notice",
        account=account,
        appointment=by.appointment,
        values={"text": DRAFT},
        changed_at=datetime.combine(DAY, datetime.min.time(), UTC),
    )
    file = SimpleUploadedFile("x", HANDED_IN.encode())
    hand_in(case, file, "a title", account=account, home=bench.installation.home, day=DAY)
    return case


def gone(bench: Bench, record: Record) -> None:
    erase(
        record.public_id,
        ground="Judgment 12",
        home=bench.installation.home,
        clock=bench.installation.clock,
        actor="test",
    )


def findings(bench: Bench) -> list[str]:
    return [one.code for one in check(bench.installation.home).findings]


def at_the_database(installation: Installation, statement: str) -> None:
    """What the owner of the tables does behind the ledger's back."""
    with installation.connect(Role.OWNER) as owner:
        owner.execute("ALTER TABLE procedures_step DISABLE TRIGGER USER")
        owner.execute(statement.encode())
        owner.execute("ALTER TABLE procedures_step ENABLE TRIGGER USER")


def test_with_a_record_go_the_texts_of_the_case_that_rests_on_it(bench: Bench) -> None:
    case, installation = written_about(bench), bench.installation
    file = place_of(installation.home, Upload.objects.get(case=case))
    assert file.read_bytes() == HANDED_IN.encode()
    gone(bench, bench.records[0])
    assert not file.exists()
    assert {(one.reasons, one.text) for one in case.steps.all()} == {("", "")}
    assert not Draft.objects.exists() and not Upload.objects.exists()
    told = Forgotten.objects.get(case=case)
    assert (told.why, told.ground, told.up_to) == ("erasure", "Judgment 12", 3)
    assert [one.act for one in case.steps.order_by("number")] == ["propose", "review", "notify"]
    assert findings(bench) == []
    done = purge(
        installation.home, admin_dsn=installation.lease.admin_dsn(), clock=installation.clock, actor="test"
    )
    if installation.lease.embedded:
        assert done.log_cut and not pending()
        assert traces(installation.lease.home, MARKS) == []
    assert traces(installation.home.path, MARKS) == []
    assert findings(bench) == []


def test_a_text_that_is_there_would_be_found(bench: Bench) -> None:
    written_about(bench)
    if bench.installation.lease.embedded:
        with bench.installation.administer() as admin:
            admin.execute("CHECKPOINT")
        assert traces(bench.installation.lease.home, MARKS[:1])
    assert traces(bench.installation.home.path, MARKS[3:])


def test_a_case_about_an_entry_goes_with_the_record_on_which_the_entry_rests(bench: Bench) -> None:
    listing, day = listed(bench)
    entry = Content.objects.get(item__path="cn/listing.market-serious").record
    _, objection = about(bench, entry, "cn/objection/national", day)
    gone(bench, bench.records[0])
    assert {one.case for one in Forgotten.objects.all()} == {listing, objection}
    assert not Step.objects.exclude(reasons="", text="").exists()
    assert findings(bench) == []


def test_a_case_that_goes_on_after_an_erasure_is_written_and_forgotten_again(bench: Bench) -> None:
    before, case = about(bench, bench.records[0], "cn/objection/national", DAY)
    gone(bench, bench.records[0])
    stage = bench.office.procedure(case.procedure.digest).stages[1]
    assert stage.act is Act.MARK
    take_step(
        case,
        Deed(Act.MARK, DAY, stage.party),
        before.actors.get(stage.party, Actor(Party.MACHINE)),
        bench.at(DAY),
    )
    assert case.steps.count() == 2 and findings(bench) == []


def test_an_ending_does_not_repeat_the_reasons_of_its_case(bench: Bench) -> None:
    case, day = listed(bench)
    until = case.steps.get(act=Act.SERVE_DECISION).effective_to
    assert until is not None
    bench.take(case, Act.PUBLISH, day)
    bench.take(case, Act.LIFT, until)
    assert "Because it was so." not in Ending.objects.get().reason


def dismissed(bench: Bench) -> Case:
    """A candidate that an official dismissed, with reasons."""
    case = bench.open(DAY)
    bench.take(case, Act.REVIEW, DAY, Outcome.DISMISSED)
    return case


def test_the_texts_of_an_ended_case_are_kept_as_long_as_the_catalogue_keeps_what_it_is_about(
    bench: Bench,
) -> None:
    case, catalogue, home = dismissed(bench), bench.office.catalogue, bench.installation.home
    procedure = bench.procedure.listing
    assert procedure is not None
    kept = catalogue.item(procedure.item).retention
    over = add_months(DAY, kept.months)
    assert forget_texts(catalogue, home, Clock(over - timedelta(days=1))) == 0
    assert case.steps.get(number=2).reasons
    assert forget_texts(catalogue, home, Clock(over)) == 1
    assert case.steps.get(number=2).reasons == ""
    told = Forgotten.objects.get(case=case)
    assert told.why == "retention" and kept.basis.instrument in told.ground
    assert forget_texts(catalogue, home, Clock(over)) == 0
    assert findings(bench) == []


def test_no_text_of_an_open_case_goes_by_time(bench: Bench) -> None:
    bench.until_notice(DAY)
    assert forget_texts(bench.office.catalogue, bench.installation.home, Clock(date(2090, 1, 1))) == 0


def test_what_was_never_used_goes_too(bench: Bench) -> None:
    written_about(bench)
    home, upload = bench.installation.home, Upload.objects.get()
    limit = DAY + timedelta(days=DRAFT_DAYS)
    assert keep_up(home, limit).drafts == 0
    assert keep_up(home, limit + timedelta(days=1)).drafts == 1
    assert keep_up(home, add_months(DAY, MONTHS) - timedelta(days=1)).documents == 0
    assert keep_up(home, add_months(DAY, MONTHS)).documents == 1
    assert not place_of(home, upload).exists()


def test_a_step_from_before_is_covered_as_it_was_and_can_be_forgotten(bench: Bench) -> None:
    with bench.installation.connect(Role.OWNER) as owner:
        owner.execute("ALTER TABLE procedures_step DISABLE TRIGGER procedures_step_sealed")
        case = dismissed(bench)
        owner.execute("ALTER TABLE procedures_step ENABLE TRIGGER procedures_step_sealed")
        rows = owner.execute(
            "SELECT procedures_step_whole(t) = sha256(convert_to(regexp_replace(t::text, ',,,\\)$', ')'), 'UTF8')),"
            " t.leaf IS NULL FROM procedures_step t"
        ).fetchall()
    assert rows == [(True, True)] * 2, "the row as the chain covered it had no column for salt and digests"
    assert findings(bench) == []
    gone(bench, bench.records[0])
    assert case.steps.get(number=2).reasons == ""
    assert findings(bench) == []
    at_the_database(bench.installation, "UPDATE procedures_step SET act = 'accept' WHERE number = 2")
    assert "GS-CASE-093" in findings(bench)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE procedures_step SET reasons = 'others' WHERE number = 2", "GS-CASE-091"),
        ("UPDATE procedures_step SET reasons = '', text = '', salt = NULL WHERE number = 2", "GS-CASE-092"),
        ("UPDATE procedures_step SET leaf = sha256('x') WHERE number = 2", "GS-LEDGER-065"),
    ],
)
def test_the_check_finds_what_its_owner_did_to_a_text(bench: Bench, statement: str, code: str) -> None:
    dismissed(bench)
    at_the_database(bench.installation, statement)
    assert code in findings(bench)


def test_the_app_role_takes_no_text_away(bench: Bench) -> None:
    case = dismissed(bench)
    event = f"(SELECT event_id FROM procedures_case WHERE id = {case.pk})"
    forgotten = "INSERT INTO procedures_forgotten (case_id, up_to, why, ground, skeleton, event_id)"
    for statement in (
        "UPDATE procedures_step SET reasons = ''",
        "SELECT set_config('goodstanding.erasing', 'on', false); UPDATE procedures_step SET reasons = ''",
        "DELETE FROM procedures_step",
        f"SELECT procedures_drop_texts({event}, ARRAY[{case.pk}::bigint], 'retention', 'x')",
        f"SELECT procedures_expire_texts({event}, ARRAY[{case.pk}::bigint], '2099-01-01', 'x')",
        f"SELECT procedures_erase_texts({event})",
        f"{forgotten} VALUES ({case.pk}, 2, 'retention', 'x', 'x', {event})",
    ):
        with bench.installation.connect(Role.APP) as app, pytest.raises(psycopg.Error) as refused:
            app.execute(statement.encode())
        assert "GS-LEDGER-0" in str(refused.value) or "permission denied" in str(refused.value), statement
    assert case.steps.get(number=2).reasons


def test_the_owner_forgets_no_case_that_goes_on(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    with bench.installation.connect(Role.OWNER) as owner, pytest.raises(psycopg.Error, match="GS-CASE-090"):
        owner.execute(
            f"SELECT procedures_expire_texts(1, ARRAY[{case.pk}::bigint], '2099-01-01', 'x')".encode()
        )


def test_salt_and_digest_are_the_databases_whatever_a_program_sends(bench: Bench) -> None:
    case = dismissed(bench)
    last = case.steps.get(number=2)
    assert last.salt is not None and last.leaf is not None
    fresh = bench.open(DAY)
    with bench.installation.connect(Role.APP) as app:
        app.execute("BEGIN")
        event = app.execute(
            "INSERT INTO ledger_event (public_id, kind, at, day, actor, digest) VALUES"
            f" (gen_random_uuid(), 'case', '{DAY}', '{DAY}', 'x', '') RETURNING id".encode()
        ).fetchone()
        assert event is not None
        row = app.execute(
            'INSERT INTO procedures_step (public_id, case_id, number, act, "on", party, appointment_id, outcome,'
            " reasons, basis, text, served_how, closes, event_id, salt, leaf) SELECT gen_random_uuid(),"
            f" {fresh.pk}, 2, 'review', '{DAY}', 'official', appointment_id, 'dismissed', 'said', '[]', '', '', true,"
            f" {event[0]}, NULL, sha256('x') FROM procedures_step WHERE id = {last.pk} RETURNING salt, leaf".encode()
        ).fetchone()
        app.execute("ROLLBACK")
    assert row is not None and isinstance(row[0], bytes) and len(row[0]) == 16
