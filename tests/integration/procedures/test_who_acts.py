"""By which rules, before whom and by whom: nothing of it is said by the role that acts."""

from __future__ import annotations

from datetime import date

import pytest

from goodstanding.catalogue.procedure import Act, Party
from goodstanding.core.errors import Refusal
from goodstanding.procedures.deed import Deed
from goodstanding.procedures.opening import open_about
from goodstanding.procedures.steps import Said
from goodstanding.procedures.versions import version_of
from tests.integration.procedures.attacking import Blow, attack, objecting, official, step
from tests.integration.procedures.conftest import LAW, Bench
from tests.integration.procedures.test_listing import DAY, listed


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
