"""Who serves the office has not the owner's connection: it works by what was registered, and by nothing else."""

from __future__ import annotations

import pytest
from django.db import connections

from goodstanding.core.errors import Refusal
from goodstanding.ledger.writing import OPERATOR
from goodstanding.measures.models import Order
from goodstanding.measures.versions import register as register_measures
from goodstanding.procedures.acting import mandate
from goodstanding.procedures.counting import calendars_of, count_by
from goodstanding.procedures.models import ProcedureVersion
from goodstanding.procedures.versions import register, tell_days
from tests.integration.procedures.conftest import FROM, TO, Bench
from tests.integration.procedures.test_listing import DAY, listed


def test_a_case_goes_its_course_without_the_owner_once_the_packs_are_registered(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue, clock = bench.office.catalogue, bench.office.clock
    register(catalogue.procedures, catalogue, clock)
    for name, calendar in calendars_of(catalogue).items():
        count_by(name, calendar, clock)
    register_measures(catalogue.pack("cn"), catalogue, clock)
    tell_days(clock)
    known = ProcedureVersion.objects.count()
    assert known == len({one.digest for one in catalogue.procedures})
    monkeypatch.delitem(connections.settings, OPERATOR)
    listed(bench)
    assert Order.objects.exists()
    register(catalogue.procedures, catalogue, clock)
    assert ProcedureVersion.objects.count() == known, "and what is known is not written again"


def test_what_is_not_registered_is_refused_there_and_nobody_is_appointed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(connections.settings, OPERATOR)
    with pytest.raises(Refusal, match="GS-LEDGER-053"):
        bench.open(DAY)
    with pytest.raises(Refusal, match="GS-LEDGER-053"):
        mandate("acct-x", bench.subject, from_on=FROM, to_on=TO, clock=bench.office.clock, actor="test")
