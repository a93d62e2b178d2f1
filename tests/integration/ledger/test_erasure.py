"""What is erased is nowhere any more, the ledger still verifies, and the row stays out."""

from __future__ import annotations

from pathlib import Path

from goodstanding.ledger.checking import check
from goodstanding.ledger.erasing import erase
from goodstanding.ledger.models import Content, Part, Record
from goodstanding.ledger.purging import pending, purge
from tests.integration.installation import Installation

NYC = "us-nyc/graded-inspections"
HEADER = "camis,dba,boro,cuisine,building,street,zipcode,inspection_date,grade,score\n"
KEPT = "30112340,FULTON GRILL LLC,Brooklyn,American,469,Fulton Street,11201,2014-09-06,A,5\n"
GOES = "30075445,MORRIS PARK BAKE SHOP,Bronx,Bakery,1007,Morris Park Ave,10462,2014-03-03,A,1234567\n"


def traces(folder: Path, marks: list[bytes]) -> list[Path]:
    """Files below a folder that hold one of the marks."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            if any(mark in data for mark in marks):
                found.append(path)
    return found


def _record() -> Record:
    return Content.objects.get(body__contains="30075445").record


def test_an_erased_record_is_gone_and_stays_out(installation: Installation) -> None:
    score = 77
    row = GOES.replace("1234567", str(score))
    installation.deliver("nyc.csv", HEADER + KEPT + row, NYC)
    record = _record()
    marks = [record.content.body.encode()[20:90], str(record.content.digest).encode()]
    report = erase(
        record.public_id,
        ground="Judgment 12",
        home=installation.home,
        clock=installation.clock,
        actor="test",
    )
    assert report.records == (record.public_id,)
    assert not Content.objects.filter(pk=record.pk).exists()
    assert Part.objects.filter(replaced_by__isnull=False).count() == 1
    assert check(installation.home).sound and check(installation.home).unpurged == 1
    done = purge(
        installation.home, admin_dsn=installation.lease.admin_dsn(), clock=installation.clock, actor="test"
    )
    if installation.lease.embedded:
        assert done.log_cut and not pending()
        assert traces(installation.lease.home, marks) == []
    assert traces(installation.home.path, marks) == []
    again = installation.deliver("nyc.csv", HEADER + KEPT + row, NYC)
    assert (again.kept_out, again.loaded, again.already) == (1, 0, 1)
    changed = installation.deliver("nyc.csv", HEADER + KEPT + row.replace(",77", ",78"), NYC)
    assert (changed.kept_out, changed.loaded) == (1, 0)
    assert check(installation.home).sound


def test_all_revisions_of_a_row_go_together(installation: Installation) -> None:
    for score in (11, 12):
        installation.deliver("nyc.csv", HEADER + KEPT + GOES.replace("1234567", str(score)), NYC)
    record = Content.objects.filter(body__contains="30075445").order_by("-record_id")[0].record
    report = erase(
        record.public_id, ground="Judgment 12", home=installation.home, clock=installation.clock, actor="test"
    )
    assert len(report.records) == 2
    assert not Content.objects.filter(body__contains="30075445").exists()


def test_a_trace_that_is_there_would_be_found(installation: Installation) -> None:
    installation.deliver("nyc.csv", HEADER + KEPT + GOES.replace("1234567", "9"), NYC)
    mark = _record().content.body.encode()[20:90]
    if installation.lease.embedded:
        with installation.administer() as admin:
            admin.execute("CHECKPOINT")
        assert traces(installation.lease.home, [mark])
