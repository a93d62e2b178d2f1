"""How an entry ends that should not have been made, or whose organisation is gone: by the authority that made it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from goodstanding.catalogue.procedure import Party, Procedure
from goodstanding.core.errors import Refusal
from goodstanding.ledger.checking import check
from goodstanding.ledger.models import Content, Ending, Record
from goodstanding.measures.models import Order
from goodstanding.procedures.deed import Deed
from goodstanding.procedures.models import Case
from goodstanding.procedures.opening import open_about
from goodstanding.procedures.queries import PUBLIC, cases_visible_to
from goodstanding.procedures.versions import version_of
from tests.integration.procedures.attacking import Blow, attack
from tests.integration.procedures.conftest import Bench
from tests.integration.procedures.test_listing import listed
from tests.integration.procedures.test_ways_off import SAID, go

NEVER = date(1, 1, 1)
WAYS = {
    "withdrawn": (Party.OFFICIAL, Ending.Ground.WITHDRAWN),
    "annulled": (Party.SUBJECT, Ending.Ground.ANNULLED),
    "annulled-of-its-own": (Party.OFFICIAL, Ending.Ground.ANNULLED),
    "organisation-ended": (Party.OFFICIAL, Ending.Ground.EXPIRED),
}


def entry_of(bench: Bench) -> tuple[Case, Record, date]:
    case, day = listed(bench)
    return case, Content.objects.get(item__path="cn/listing.market-serious").record, day


def opened(bench: Bench, record: Record, procedure: Procedure, on: date, authority: str = "") -> Case:
    first = procedure.stages[0]
    return open_about(
        record,
        procedure,
        bench.at(on),
        first=Deed(first.act, on, first.party),
        by=bench.actors[first.party],
        said=SAID,
        authority=authority,
    )


@pytest.mark.parametrize("way", WAYS)
def test_an_entry_ends_by_decision_of_the_authority_that_made_it_with_all_its_orders(
    bench: Bench, way: str
) -> None:
    party, ground = WAYS[way]
    listing, entry, day = entry_of(bench)
    assert Order.objects.filter(record=entry, lifting__isnull=True).exists()
    procedure = bench.office.catalogue.procedure(f"cn/delisting/{way}", day)
    assert procedure.of_the_entry and procedure.stages[0].party is party

    ending = opened(bench, entry, procedure, day)
    assert ending.authority == listing.authority == "cn/samr"
    last = go(replace(bench, procedure=procedure), ending, day)

    end = Ending.objects.get(record=entry)
    assert end.ground == ground
    assert (end.counts_until == NEVER) == (ground in (Ending.Ground.WITHDRAWN, Ending.Ground.ANNULLED))
    assert listing.steps.get(closes=True).on == last
    assert not Order.objects.filter(record=entry, lifting__isnull=True).exists()
    assert not cases_visible_to(PUBLIC).exists()
    assert check(bench.installation.home, catalogue=bench.office.catalogue).findings == ()


def test_no_other_authority_ends_it_that_way_in_code_and_in_the_database(bench: Bench) -> None:
    _, entry, day = entry_of(bench)
    procedure = bench.office.catalogue.procedure("cn/delisting/withdrawn", day)
    with pytest.raises(Refusal, match="GS-CASE-028"):
        opened(bench, entry, procedure, day, authority="cn/ndrc")
    with pytest.raises(Refusal, match="GS-CASE-028"):
        opened(bench, bench.records[0], procedure, day)

    version = version_of(procedure, bench.office.catalogue, bench.office.clock)
    case: Blow = (
        "INSERT INTO procedures_case (public_id, kind, procedure_id, subject_id, record_id, authority, division,"
        " opened_on, event_id) SELECT gen_random_uuid(), 'delisting', v.id, %(subject)s, %(record)s, %(authority)s,"
        " %(division)s, %(on)s, %(event)s FROM procedures_procedureversion v WHERE v.id = %(version)s",
        {
            "version": version.pk,
            "subject": bench.subject.pk,
            "record": entry.pk,
            "authority": "cn/ndrc",
            "division": bench.subject.division,
            "on": day,
        },
    )
    assert version.authority == ""
    assert "GS-CASE-076" in attack(bench.installation, case)
    assert "GS-CASE-076" in attack(
        bench.installation,
        (case[0], {**case[1], "authority": "cn/samr", "record": bench.records[0].pk}),
    )
