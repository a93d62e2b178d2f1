"""What the public reads of cases: a published listing step by step, and nothing of any other."""

from __future__ import annotations

from datetime import date

from django.test import Client

from goodstanding.catalogue.procedure import Act
from goodstanding.core.reader import Access, Reader
from goodstanding.ledger.publicity import Publicity
from goodstanding.procedures.clockwork import expire
from goodstanding.procedures.deed import Outcome
from goodstanding.procedures.discretion import uses
from goodstanding.procedures.tallies import Tallies
from goodstanding.rules.shelf import Shelf
from goodstanding.standing.queries import assessments_of
from goodstanding.standing.running import run_rulebook
from goodstanding.standing.showing import AssessmentView
from tests.integration.portal.conftest import MOTHER, NAME
from tests.integration.procedures.conftest import Bench
from tests.integration.procedures.test_listing import DAY, ONE, listed
from tests.integration.procedures.test_ways_off import GOOD, about


def test_a_case_is_a_page_from_its_publication_until_its_entry_has_ended(bench: Bench) -> None:
    client = Client(SERVER_NAME="localhost")
    case, day = listed(bench)
    address = f"/en/case/{case.public_id}"
    assert client.get(address).status_code == 404, "served, and not published yet"
    bench.take(case, Act.PUBLISH, day)
    page = client.get(address)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Because it was so." in text and bench.subject.identifier in text
    assert "acct-" not in text, "the office is told, never who acted"
    assert client.get(f"/zh/case/{case.public_id}").status_code == 200
    end = date(2029, day.month, day.day)
    expire(bench.at(end), end)
    assert client.get(address).status_code == 404, "what has ended leaves the pages"


def test_a_late_authority_is_shown_as_late(bench: Bench) -> None:
    case, _ = listed(bench)
    due = case.deadlines.get(act=Act.PUBLISH).last
    bench.take(case, Act.PUBLISH, due + ONE + ONE)
    assert "2 days late" in Client(SERVER_NAME="localhost").get(f"/en/case/{case.public_id}").content.decode()


def test_the_use_of_discretion_is_counted_and_names_nobody(bench: Bench) -> None:
    proposed = {"proposed_by": {"rulebook": "cn/lists/market-serious"}}
    for number in range(5):
        if number == 4:
            assert uses() == Tallies((), (), ()), "of fewer than five nothing is told"
        bench.take(bench.open(DAY, **proposed), Act.REVIEW, DAY, Outcome.DISMISSED)
    (use,) = uses().by_kind
    assert (use.subjects, use.at_review, use.listed, use.departures) == ("enterprise", 5, 0, 5)
    text = Client(SERVER_NAME="localhost").get("/en/discretion").content.decode()
    assert "State Administration for Market Regulation" in text and bench.subject.identifier not in text
    assert "5 of 5: 100 % (between 56 and 100 %)" in text


def test_discretion_is_told_by_type_of_registration_and_size_and_by_whole_months(bench: Bench) -> None:
    classes = "统一社会信用代码,名称,登记注册类型,企业规模,划型日期\n"
    row = f"{MOTHER},{NAME},外商投资,中型,2025/06/30\n"
    assert bench.installation.deliver("classes.csv", classes + row, "cn/registration-classes").loaded == 1
    proposed = {"proposed_by": {"rulebook": "cn/lists/market-serious"}}
    for _ in range(5):
        bench.take(bench.open(DAY, **proposed), Act.REVIEW, DAY, Outcome.DISMISSED)
    assert uses(DAY) == Tallies((), (), ()), "what this month brings is told when it is over"
    found = uses(DAY + ONE)
    assert [(one.subjects, one.at_review) for one in found.by_ownership] == [("外商投资", 5)]
    assert [(one.subjects, one.at_review) for one in found.by_size] == [("中型", 5)]
    for lang, words in (("en", ("Foreign-invested", "Medium")), ("zh", ("外商投资", "中型"))):
        text = Client(SERVER_NAME="localhost").get(f"/{lang}/discretion").content.decode()
        assert all(word in text for word in words)
        assert "acct-" not in text and NAME not in text


def test_an_entry_is_on_the_file_from_its_publication_with_the_way_to_its_case(bench: Bench) -> None:
    client, address = Client(SERVER_NAME="localhost"), f"/en/file/{bench.subject.public_id}"
    case, day = listed(bench)
    record = case.steps.get(act=Act.SERVE_DECISION).record
    assert record is not None
    entry = str(record.public_id)
    assert entry not in client.get(address).content.decode(), "served, and not published yet"
    bench.take(case, Act.PUBLISH, day)
    text = client.get(address).content.decode()
    assert entry in text and f"/en/case/{case.public_id}" in text and "国家市场监督管理总局" in text


def test_a_disputed_record_is_marked_wherever_it_is_shown_until_the_objection_is_decided(
    bench: Bench,
) -> None:
    client, address = Client(SERVER_NAME="localhost"), f"/en/file/{bench.subject.public_id}"
    assert "Disputed" not in client.get(address).content.decode()
    playing, case = about(bench, bench.records[0], "cn/objection/national", DAY)
    assert "Disputed" in client.get(address).content.decode(), "before any official has looked at it"
    playing.take(case, Act.MARK, DAY)
    assert "Disputed" in client.get(address).content.decode()
    for stage in playing.procedure.stages[2:]:
        if not stage.optional and not case.steps.filter(closes=True).exists():
            playing.take(
                case,
                stage.act,
                DAY,
                Outcome.REFUSED if stage.act is Act.DECIDE else GOOD.get(stage.act, Outcome.NONE),
            )
    assert "Disputed" not in client.get(address).content.decode()


def test_a_grade_does_not_tell_of_an_entry_before_it_is_published(bench: Bench) -> None:
    one = bench.installation
    case, day = listed(bench)

    def told(reader: Reader) -> list[AssessmentView]:
        publicity = Publicity(one.catalogue, day)
        items = {item.path: item for item in one.catalogue.items}
        return list(
            assessments_of(bench.subject.pk, Shelf.of(one.catalogue.packs), reader, publicity, items=items)
        )

    run_rulebook(
        "cn/comprehensive-grade",
        on=day,
        catalogue=one.catalogue,
        home=one.home,
        clock=one.clock,
        actor="test",
    )
    entry = case.steps.get(act=Act.SERVE_DECISION).record
    assert entry is not None
    publicity = Publicity(one.catalogue, day)
    assert publicity.over([entry.pk], Reader.public()) == {entry.pk}
    assert publicity.over([entry.pk], Reader(Access.SHARED)) == frozenset()
    assert all(
        line.record_public_id != entry.public_id for view in told(Reader.public()) for line in view.lines
    )
    bench.take(case, Act.PUBLISH, day)
    assert publicity.over([entry.pk], Reader.public()) == frozenset()
