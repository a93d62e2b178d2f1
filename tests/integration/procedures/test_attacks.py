"""What a case does not admit the database refuses too, to the app role, whatever a program says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import psycopg
import pytest
from django.db import IntegrityError

from goodstanding.catalogue.procedure import Act, Party
from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.ledger.ending import end_record
from goodstanding.ledger.models import Content, Ending, Record, Subject
from goodstanding.postgres import Role
from goodstanding.procedures.acting import Actor
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.opening import open_about
from goodstanding.procedures.steps import Said, open_case, take_step
from goodstanding.procedures.versions import version_of
from tests.integration.installation import Installation
from tests.integration.portal.conftest import MOTHER
from tests.integration.procedures.conftest import LAW, Bench, company
from tests.integration.procedures.test_listing import DAY, ONE, listed, open_until

STEP = (
    'case_id, number, act, "on", party, appointment_id, second_id, mandate_id, outcome, reasons, basis, text,'
    " served_on, served_how, open_until, effective_from, effective_to, closes, record_id, event_id, public_id"
)


NAMING = "as the bearer of 11010519491231002X said"
Blow = tuple[str, dict[str, object]]
"""A statement and what is given to it."""


def attack(
    installation: Installation, *statements: Blow, kind: str = "case", dated: date | None = None
) -> str:
    """Run statements as the app role in one event of their own; returns why the database refused.

    The event is dated as its latest step, or as it is told.
    """
    days = [one for _, given in statements for one in [given.get("on")] if isinstance(one, date)]
    with psycopg.connect(installation.lease.dsn(Role.APP)) as app:
        try:
            row = app.execute(
                "INSERT INTO ledger_event (public_id, kind, at, day, actor, digest) VALUES"
                " (gen_random_uuid(), %s, now(), %s, 'attacker', '') RETURNING id",
                [kind, dated or max([DAY, *days])],
            ).fetchone()
            assert row is not None
            for statement, given in statements:
                app.execute(statement.encode(), {**given, "event": row[0]})
            app.execute(
                "INSERT INTO ledger_position (number, event_id, root, chain) VALUES (0, %s, '', '')", [row[0]]
            )
        except psycopg.Error as error:
            app.rollback()
            return str(error)
    return ""


def step(case: int, number: int, act: str, on: date, **more: object) -> Blow:
    """A row of a step."""
    row: dict[str, object] = {
        "case_id": case,
        "number": number,
        "act": act,
        "on": on,
        "party": "official",
        "appointment_id": None,
        "second_id": None,
        "mandate_id": None,
        "outcome": "",
        "reasons": "so",
        "basis": '[["Order 44", "2"]]',
        "text": "",
        "served_on": None,
        "served_how": "",
        "open_until": None,
        "effective_from": None,
        "effective_to": None,
        "closes": False,
        "record_id": None,
        **more,
    }
    values = ", ".join(f"%({name})s" for name in row)
    return f"INSERT INTO procedures_step ({STEP}) VALUES ({values}, %(event)s, gen_random_uuid())", row


def official(bench: Bench, party: str = "head") -> dict[str, object]:
    """The keys of an official and of another who signs."""
    one = next(actor for kind, actor in bench.actors.items() if kind == party)
    assert one.appointment is not None
    return {
        "party": party,
        "appointment_id": one.appointment.pk,
        "second_id": one.second.pk if one.second else None,
    }


def test_no_decision_before_the_notice_was_served_and_its_term_is_over(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    decide = {"outcome": "listed", **official(bench)}
    found = attack(bench.installation, step(case.pk, 5, "decide", open_until(case), **decide))
    assert "GS-CASE-059" in found
    early = bench.open(DAY)
    assert "GS-CASE-059" in attack(bench.installation, step(early.pk, 2, "decide", DAY, **decide))


CHANGES: tuple[tuple[dict[str, object], str], ...] = (
    ({"appointment_id": None}, "GS-CASE-053"),
    ({"party": "machine", "appointment_id": None, "second_id": None}, "GS-CASE-056"),
    ({"second_id": None}, "GS-CASE-058"),
    ({"reasons": ""}, "GS-CASE-108"),
    ({"reasons": "\u3000\u00a0\u200b"}, "GS-CASE-108"),
    ({"reasons": NAMING}, "GS-LEDGER-105"),
    ({"text": f"Document. {NAMING}"}, "GS-LEDGER-105"),
    ({"basis": "[]"}, "GS-CASE-108"),
    ({"basis": "{}"}, "cannot extract elements"),
    ({"basis": '[["", ""]]'}, "GS-CASE-057"),
    ({"basis": '[["Order 44", "2"], ["\u3000", "7"]]'}, "GS-CASE-108"),
    ({"basis": f'[["{NAMING}", "2"]]'}, "GS-LEDGER-105"),
    ({"effective_from": DAY, "effective_to": DAY + ONE}, "GS-CASE-069"),
)


def test_a_decision_is_by_competent_officials_with_reasons_and_law(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    day = open_until(case) + ONE
    for change, code in CHANGES:
        given = {"outcome": "listed", **official(bench), **change}
        assert code in attack(bench.installation, step(case.pk, 5, "decide", day, **given)), change
    with pytest.raises(Refusal, match="GS-CASE-110"):
        stage = bench.actors[Party.HEAD]
        deed = Deed(Act.DECIDE, day, stage.party, Outcome.LISTED)
        take_step(case, deed, stage, bench.at(day), Said("\u3000", LAW))


def test_the_second_official_is_another_one(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    who = official(bench)
    who["second_id"] = who["appointment_id"]
    found = attack(
        bench.installation, step(case.pk, 5, "decide", open_until(case) + ONE, outcome="listed", **who)
    )
    assert "GS-CASE-058" in found


def test_an_entry_has_an_end_within_its_longest_term_and_begins_with_its_service(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    day = open_until(case) + ONE
    bench.take(case, Act.DECIDE, day, Outcome.LISTED)
    bench.take(case, Act.CONFIRM, day, Outcome.CONFIRMED)
    for begin, end in ((day, None), (day, date(2040, 1, 1)), (day - ONE, day + ONE), (day, day)):
        given = {
            "served_on": day,
            "served_how": "by hand",
            "effective_from": begin,
            "effective_to": end,
            "record_id": 1,
        }
        found = attack(
            bench.installation,
            step(case.pk, 7, "serve_decision", day, **given, **official(bench, "official")),
        )
        assert "GS-CASE-068" in found, (begin, end)


def test_no_entry_of_ours_without_a_decision_in_the_same_event(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    day = open_until(case) + ONE
    bench.take(case, Act.DECIDE, day, Outcome.LISTED)
    bench.take(case, Act.CONFIRM, day, Outcome.CONFIRMED)
    bench.take(case, Act.SERVE_DECISION, day)
    item = Content.objects.get(item__path__contains="/listing.").item_id
    copied: Blow = (
        "WITH r AS (INSERT INTO ledger_record (id, public_id, source_id, source_key, revision, leaf)"
        " SELECT %(event)s::bigint << 32 | 1, gen_random_uuid(), source_id, gen_random_uuid(), 1,"
        " sha256(c.salt || convert_to(c.body, 'UTF8')) FROM ledger_record r JOIN ledger_content c"
        " ON c.record_id = r.id WHERE c.item_id = %(item)s RETURNING id) SELECT count(*) FROM r",
        {"item": item},
    )
    content: Blow = (
        "INSERT INTO ledger_content (record_id, subject_id, item_id, access, effective_from, effective_to,"
        " digest, salt, body) SELECT %(event)s::bigint << 32 | 1, subject_id, item_id, access, effective_from,"
        " effective_to, gen_random_uuid(), salt, body FROM ledger_content WHERE item_id = %(item)s",
        {"item": item},
    )
    assert "GS-CASE-071" in attack(bench.installation, copied, content)


def test_an_entry_of_ours_ends_by_a_step_of_its_case(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    day = open_until(case) + ONE
    bench.take(case, Act.DECIDE, day, Outcome.LISTED)
    bench.take(case, Act.CONFIRM, day, Outcome.CONFIRMED)
    record = bench.take(case, Act.SERVE_DECISION, day).record_id
    ending: Blow = (
        "INSERT INTO ledger_ending (public_id, record_id, ground, counts_until, reason, event_id)"
        " VALUES (gen_random_uuid(), %(record)s, 'withdrawn', '0001-01-01', 'gone', %(event)s)",
        {"record": record},
    )
    assert "GS-CASE-072" in attack(bench.installation, ending, kind="ending")
    assert "GS-CASE-070" in attack(
        bench.installation,
        step(case.pk, 8, "lift", day + timedelta(days=30), party="clock", record_id=record),
        ending,
    )


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE procedures_step SET outcome = 'not_listed'",
        "DELETE FROM procedures_case",
        "UPDATE procedures_appointment SET to_on = '2099-01-01'",
        "TRUNCATE procedures_deadline",
        "ALTER TABLE procedures_step DISABLE TRIGGER procedures_step_admitted",
    ],
)
def test_what_was_done_stays(bench: Bench, deed: str) -> None:
    bench.open(DAY)
    with bench.installation.connect(Role.APP) as app, pytest.raises(psycopg.Error):
        app.execute(deed.encode())


def test_the_past_is_not_added_to(bench: Bench) -> None:
    case = bench.open(DAY)
    statement, row = step(case.pk, 2, "review", DAY, outcome="go_on", **official(bench, "official"))
    with (
        psycopg.connect(bench.installation.lease.dsn(Role.APP)) as app,
        pytest.raises(psycopg.Error) as found,
    ):
        app.execute(statement.encode(), {**row, "event": case.event_id})
    assert "GS-LEDGER-001" in str(found.value)


def test_who_acts_for_the_organisation_does_not_act_for_the_authority(bench: Bench) -> None:
    from goodstanding.procedures.acting import mandate

    one = bench.installation
    mandate(
        "acct-official",
        bench.subject,
        from_on=date(2020, 1, 1),
        to_on=date(2030, 1, 1),
        clock=one.clock,
        actor="t",
    )
    case = bench.open(DAY)
    found = attack(one, step(case.pk, 2, "review", DAY, outcome="go_on", **official(bench, "official")))
    assert "GS-CASE-054" in found


def test_a_document_is_not_served_before_it_was_made(bench: Bench) -> None:
    case = bench.open(DAY)
    bench.take(case, Act.REVIEW, DAY, Outcome.GO_ON)
    bench.take(case, Act.NOTIFY, DAY)
    with pytest.raises(Refusal, match="GS-CASE-009"):
        bench.take(case, Act.SERVE_NOTICE, DAY, served_on=date(2025, 1, 6))
    early = {"served_on": DAY - ONE, "served_how": "by hand", "open_until": DAY + timedelta(days=9)}
    found = attack(
        bench.installation, step(case.pk, 4, "serve_notice", DAY, **early, **official(bench, "official"))
    )
    assert "GS-CASE-075" in found


def test_what_is_to_come_has_not_happened(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    stage, day = bench.actors[Party.HEAD], open_until(case) + ONE
    with pytest.raises(Refusal, match="GS-CASE-011"):
        take_step(
            case, Deed(Act.DECIDE, day, stage.party, Outcome.LISTED), stage, bench.at(DAY), Said("so", LAW)
        )
    statement, row = step(case.pk, 5, "decide", day, outcome="listed", **official(bench))
    assert "GS-CASE-074" in attack(
        bench.installation, (statement.replace("%(on)s", f"DATE '{day}'"), {**row, "on": ""})
    )


@pytest.mark.parametrize("party", ["machine", "subject", "official"])
def test_nobody_lifts_an_entry_before_its_term_without_a_decision(bench: Bench, party: str) -> None:
    case, day = listed(bench)
    acting = next(one for kind, one in bench.actors.items() if kind == party) if party != "machine" else None
    who = {
        "party": party,
        "appointment_id": acting.appointment.pk if acting and acting.appointment else None,
        "mandate_id": acting.mandate.pk if acting and acting.mandate else None,
    }
    record = case.steps.get(act=Act.SERVE_DECISION).record_id
    found = attack(bench.installation, step(case.pk, 8, "lift", day, record_id=record, **who))
    assert "GS-CASE-056" in found or "GS-CASE-070" in found


def test_who_decided_does_not_confirm_and_nothing_is_served_twice(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    day = open_until(case) + ONE
    bench.take(case, Act.DECIDE, day, Outcome.LISTED)
    own = step(case.pk, 6, "confirm", day, outcome="confirmed", **official(bench))
    assert "GS-CASE-056" in attack(bench.installation, own)
    bench.take(case, Act.CONFIRM, day, Outcome.CONFIRMED)
    bench.take(case, Act.SERVE_DECISION, day)
    again = {
        "served_on": day,
        "served_how": "by hand",
        "effective_from": day,
        "effective_to": day + ONE,
        "record_id": 1,
    }
    found = attack(
        bench.installation,
        step(case.pk, 8, "serve_decision", day, **again, **official(bench, "official")),
    )
    assert "GS-CASE-062" in found


def test_a_listing_whose_evidence_fell_is_not_served(bench: Bench) -> None:
    case = bench.until_notice(DAY)
    day = open_until(case) + ONE
    bench.take(case, Act.DECIDE, day, Outcome.LISTED)
    bench.take(case, Act.CONFIRM, day, Outcome.CONFIRMED)
    one = bench.installation
    end_record(
        bench.records[0].public_id,
        Ending.Ground.ANNULLED,
        on=day,
        reason="A court annulled it.",
        home=one.home,
        clock=one.clock,
        actor="test",
    )
    with pytest.raises(IntegrityError, match="GS-CASE-061"):
        bench.take(case, Act.SERVE_DECISION, day)


def test_a_text_with_a_personal_number_is_not_kept(bench: Bench) -> None:
    case = bench.open(DAY)
    stage = bench.actors[Party.OFFICIAL]
    said = Said("Decided on the word of 11010519491231002X.", LAW)
    with pytest.raises(Refusal, match="GS-CASE-012"):
        take_step(case, Deed(Act.REVIEW, DAY, stage.party, Outcome.DISMISSED), stage, bench.at(DAY), said)


def objecting(bench: Bench, **instead: object) -> Blow:
    """A row of a case about a record of a source: an objection before the authority of its procedure."""
    procedure = version_of(
        bench.office.catalogue.procedure("cn/objection/national", DAY),
        bench.office.catalogue,
        bench.office.clock,
    )
    row: dict[str, object] = {
        "kind": "objection",
        "procedure": procedure.pk,
        "subject": bench.subject.pk,
        "record": bench.records[0].pk,
        "authority": "cn/ndrc",
        "division": bench.subject.division,
        **instead,
    }
    return (
        "INSERT INTO procedures_case (public_id, kind, procedure_id, subject_id, record_id, authority, division,"
        " opened_on, event_id) VALUES (gen_random_uuid(), %(kind)s, %(procedure)s, %(subject)s, %(record)s,"
        f" %(authority)s, %(division)s, DATE '{DAY}', %(event)s)",
        row,
    )


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (
            "procedures_procedureversion",
            "path, digest, kind, authority, levels, reviewed_by, officials, statement_days, item, months, event_id)"
            " SELECT path, 'weaker', kind, authority, levels, '', 1, 3, item, 120, %(event)s FROM",
        ),
        (
            "procedures_appointment",
            "public_id, account, authority, level, division, head, from_on, to_on, event_id) SELECT"
            " gen_random_uuid(), 'self', authority, 'national', '', true, from_on, to_on, %(event)s FROM",
        ),
        (
            "procedures_mandate",
            "public_id, account, subject_id, from_on, to_on, event_id) SELECT gen_random_uuid(), 'self',"
            " subject_id, from_on, to_on, %(event)s FROM",
        ),
        (
            "procedures_reach",
            "procedure_id, items, division, event_id) SELECT procedure_id, '[]', '', %(event)s FROM",
        ),
        (
            "procedures_keeper",
            "source, authority, event_id) SELECT source, 'cn/samr', %(event)s FROM",
        ),
        ("procedures_toldday", "event_id) SELECT %(event)s FROM"),
    ],
)
def test_by_which_rules_and_by_whom_is_not_said_by_the_role_that_acts(
    bench: Bench, table: str, row: str
) -> None:
    bench.open(DAY)
    found = attack(bench.installation, (f"INSERT INTO {table} ({row} {table} LIMIT 1", {}))
    assert f"permission denied for table {table}" in found


def test_nobody_withdraws_an_official_but_the_operator(bench: Bench) -> None:
    away: Blow = (
        'INSERT INTO procedures_withdrawal (appointment_id, "on", reason, event_id)'
        f" SELECT min(id), DATE '{DAY}', 'in the way', %(event)s FROM procedures_appointment",
        {},
    )
    assert "permission denied" in attack(bench.installation, away)


def test_an_objection_is_before_the_authority_that_answers_for_the_record(bench: Bench) -> None:
    one = bench.installation
    procedure = bench.office.catalogue.procedure("cn/objection/national", DAY)
    with pytest.raises(Refusal, match="GS-CASE-017"):
        open_about(
            bench.records[0],
            procedure,
            bench.office,
            first=Deed(procedure.stages[0].act, DAY, procedure.stages[0].party),
            by=bench.actors[Party.SUBJECT],
            said=Said("So.", LAW),
            authority="cn/sta",
        )
    assert attack(one, objecting(bench)) == ""
    assert attack(one, objecting(bench, authority="cn/npcic")) == "", "who submits the source"
    assert "GS-CASE-077" in attack(one, objecting(bench, authority="cn/sta"))


def test_a_case_about_an_entry_is_before_the_office_that_made_it(bench: Bench) -> None:
    case, _ = listed(bench)
    entry = case.steps.get(act=Act.SERVE_DECISION).record_id
    one = bench.installation
    assert "GS-CASE-077" in attack(one, objecting(bench, record=entry))
    assert attack(one, objecting(bench, record=entry, authority="cn/samr")) == ""


def test_a_procedure_ends_only_records_that_it_is_about(bench: Bench) -> None:
    one, catalogue = bench.installation, bench.office.catalogue
    procedure = catalogue.procedure("cn/delisting/tax-major", DAY)
    foreign = {
        "kind": "delisting",
        "procedure": version_of(procedure, catalogue, bench.office.clock).pk,
        "authority": "cn/sta",
    }
    assert "GS-CASE-081" in attack(one, objecting(bench, **foreign))
    with pytest.raises(Refusal, match="GS-CASE-014"):
        open_about(
            bench.records[0],
            procedure,
            bench.office,
            first=Deed(procedure.stages[0].act, DAY, procedure.stages[0].party),
            by=bench.actors[Party.SUBJECT],
            said=Said("So.", LAW),
        )


def test_the_events_of_a_case_follow_each_other(bench: Bench) -> None:
    later = DAY + timedelta(days=9)
    case = bench.open(later)
    review = step(case.pk, 2, "review", later, outcome="go_on", **official(bench, "official"))
    assert "GS-CASE-078" in attack(bench.installation, review, dated=later - ONE)
    assert attack(bench.installation, review) == ""


def test_where_no_day_is_told_a_step_is_of_the_day_that_it_is(with_company: Installation) -> None:
    one = replace(with_company, clock=Clock())
    office = company(one)
    today = office.clock.today()
    case = open_case(
        office.catalogue.procedure("cn/listing/market-serious", today),
        Subject.objects.get(identifier=MOTHER),
        office,
        first=Deed(Act.PROPOSE, today, Party.MACHINE),
        by=Actor(Party.MACHINE),
        grounds=tuple(Record.objects.all()),
    )
    hurried = step(case.pk, 2, "mark", today + timedelta(days=40), party="machine")
    assert "GS-CASE-079" in attack(one, hurried)
