"""What a case does not admit the database refuses too, to the app role, whatever a program says."""

from __future__ import annotations

from datetime import date, timedelta

import psycopg
import pytest
from django.db import IntegrityError

from goodstanding.catalogue.procedure import Act, Party
from goodstanding.core.errors import Refusal
from goodstanding.ledger.ending import end_record
from goodstanding.ledger.models import Content, Ending
from goodstanding.postgres import Role
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.steps import Said, take_step
from tests.integration.procedures.attacking import Blow, attack, official, step
from tests.integration.procedures.conftest import LAW, Bench
from tests.integration.procedures.test_listing import DAY, ONE, listed, open_until

NAMING = "as the bearer of 11010519491231002X said"


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
