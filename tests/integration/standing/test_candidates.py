"""Candidates of the ledger, as the office reads them: named by their identifiers, and not beyond its own class."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from goodstanding.catalogue.model import Basis, Title
from goodstanding.cli.reading import from_ledger
from goodstanding.cli.rulebook.candidates import as_data, kept_from_office, names_for_office
from goodstanding.core.clock import Clock
from goodstanding.ledger.models import Record
from goodstanding.rules import model as m
from goodstanding.rules.candidates import candidates_of
from goodstanding.rules.shelf import Asked
from tests.integration.installation import Installation
from tests.integration.portal.conftest import MOTHER, REGISTRATION
from tests.integration.portal.test_publicity import HEADER, LAST, ROW, TAKEN_IN

TITLE, LAW = Title("Invented", "虚构"), Basis("invented", "3")
FINED = m.Count("n", TITLE, m.Select("cn/environment.penalty"), m.Window(m.Span.ALL))
LISTED = m.Rulebook(
    path="cn/test-listed",
    kind=m.Kind.LIST,
    title=TITLE,
    authority="cn/sta",
    basis=(LAW,),
    in_force_from=date(2020, 1, 1),
    in_force_to=None,
    subject_kinds=("enterprise",),
    start=(),
    rules=(),
    facts=(FINED,),
    grading=m.Ladder((m.Step(m.NONE, None),)),
    overrides=(m.Override("fined", TITLE, (LAW,), m.FactIn("n", m.Range(1)), m.CANDIDATE),),
)


def candidates(installation: Installation, folder: Path) -> dict[str, Any]:
    folder.mkdir()
    source = from_ledger(installation.catalogue, installation.home, folder, LAST)
    order = (Asked(LISTED, LAST),)
    items = {one.path: one for one in installation.catalogue.items}
    kept_back = kept_from_office(order, source, Clock(LAST))
    told = candidates_of(order, items, source.extract_of, kept_back)
    return as_data(LISTED, LAST, told, *names_for_office(told))


def test_the_office_reads_names_records_and_law_and_nothing_restricted(
    installation: Installation, tmp_path: Path
) -> None:
    one = replace(installation, clock=Clock(TAKEN_IN))
    one.deliver("registration.csv", REGISTRATION, "cn/registration")
    assert one.deliver("penalties.csv", HEADER + ROW, "cn/penalties").loaded == 1
    found = candidates(one, tmp_path / "before")
    (listed,) = found["candidates"]
    assert listed["organisation"] == MOTHER and listed["name"] != MOTHER
    (criterion,) = listed["criteria"]
    assert (criterion["id"], criterion["basis"]) == ("fined", ["invented 3"])
    assert Record.objects.filter(public_id__in=criterion["records"]).count() == 1
    with one.administer() as database:  # as if only rows that some offices alone may read had named it
        for table in ("ledger_subject", "ledger_subjectopening"):
            database.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
            database.execute(f"UPDATE {table} SET access = 2".encode())
            database.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())
    assert candidates(one, tmp_path / "after")["candidates"] == []
