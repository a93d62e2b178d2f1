"""Where a source was not delivered, a result says that it cannot tell, and which delivery would have to come."""

from __future__ import annotations

import pytest

from goodstanding.core.reader import Reader
from goodstanding.ledger.publicity import Publicity
from goodstanding.ledger.queries import find_subject
from goodstanding.ledger.writing import current_position
from goodstanding.rules.shelf import Shelf
from goodstanding.standing.queries import assessments_of
from goodstanding.standing.running import RunReport, explain, run_again, run_rulebook
from goodstanding.standing.showing import AssessmentView
from tests.integration.installation import TODAY, Installation
from tests.integration.portal.conftest import (
    DAUGHTER,
    MOTHER,
    NAME,
    REGISTRATION,
    portal_over,
    tax_matter,
    tax_matters,
)

TAX = "cn/tax-credit"
ASKED = ("cn/tax-matters", "cn/grading-inputs")


@pytest.fixture
def registered(installation: Installation) -> Installation:
    """Two companies, and a source that sends none of the items that the taxpayer grade looks at."""
    installation.deliver("r.csv", REGISTRATION, "cn/registration")
    installation.deliver(
        "a.csv",
        f"统一社会信用代码,名称,报告年度,公示日期,报告状态\n{MOTHER},{NAME},2024,2025/05/02,按期\n",
        "cn/annual-reports",
    )
    return installation


def run(installation: Installation) -> RunReport:
    return run_rulebook(
        TAX,
        on=TODAY,
        catalogue=installation.catalogue,
        home=installation.home,
        clock=installation.clock,
        actor="test",
    )


def view_of(installation: Installation, identifier: str) -> AssessmentView:
    subject = find_subject(identifier)
    assert subject is not None
    items = {one.path: one for one in installation.catalogue.items}
    shelf = Shelf.of(installation.catalogue.packs)
    publicity = Publicity(installation.catalogue, TODAY)
    (view,) = assessments_of(subject.pk, shelf, Reader.public(), publicity, items=items)
    assert view.workings is not None, "the reference engine comes to the same"
    return view


def test_nobody_gets_a_grade_for_what_was_not_delivered(registered: Installation) -> None:
    report = run(registered)
    assert set(report.grades) == {""}
    assert all(any(source in one for one in report.undelivered) for source in ASKED)
    view = view_of(registered, DAUGHTER)
    assert view.grade is None
    told = [str(one) for one in view.undelivered]
    assert "no delivery of cn/tax-matters that covers 2025" in told
    subject = find_subject(DAUGHTER)
    assert subject is not None
    _, alone = explain(TAX, subject.pk, on=TODAY, catalogue=registered.catalogue, home=registered.home)
    assert (alone.grade, alone.missing, alone.points) == (None, view.missing, alone.points)


def test_once_the_sources_say_that_there_is_nothing_everyone_gets_one(registered: Installation) -> None:
    before = run(registered)
    known = current_position()
    registered.nothing_from(*ASKED)
    assert current_position() > known
    after = run(registered)
    assert "" not in after.grades and after.undelivered == ()
    assert view_of(registered, DAUGHTER).undelivered == ()
    assert before.run is not None
    again, digest = run_again(before.run, catalogue=registered.catalogue, home=registered.home)
    assert again.result_digest == digest, "as known then, the sources had not come"


def test_the_file_page_names_the_source_in_both_languages(registered: Installation) -> None:
    registered.deliver("t.csv", tax_matters(tax_matter(1)), "cn/tax-matters")
    run(registered)
    with portal_over(registered) as portal:
        for lang, said in (
            ("en", "No delivery of “Findings, scores and marks for grades” covers 2025"),
            ("zh", "“评价依据信息”尚未报送2025年的数据"),
        ):
            text = portal.main(portal.file(DAUGHTER, lang))
            assert said in text
            assert "No delivery of “Tax matters”" not in text and "“纳税信用指标信息”尚未" not in text
