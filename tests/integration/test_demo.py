"""What the demo plays: cases in every stage, the two stories, and accounts that can sign in."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from goodstanding.catalogue.procedure import Act
from goodstanding.cli.demo import story
from goodstanding.cli.demo.listings import SETS
from goodstanding.cli.demo.people import SIGN_IN, Person, people_of, read
from goodstanding.cli.demo.playing import play_cases
from goodstanding.cli.demo.telling import tell_people, tell_story
from goodstanding.cli.session import Session
from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.generator import generate_province
from goodstanding.ledger.checking import check
from goodstanding.ledger.models import Ending, Record, SubjectName
from goodstanding.measures.models import Order, Report
from goodstanding.postgres import Lease
from goodstanding.procedures.models import Case, Deadline, Step
from goodstanding.procedures.queries import disputed
from tests.integration.installation import Installation, Template, installed
from tests.integration.office.conftest import office_over

TODAY = date(2026, 3, 31)
FILES = {
    "registration.csv": "cn/registration",
    "findings.csv": "cn/findings",
    "penalties-market.csv": "cn/penalties",
}


@dataclass(frozen=True)
class Played:
    """The province after the play, and what it told."""

    installation: Installation
    folder: Path
    told: str
    scenes: tuple[story.Scene, ...]


@pytest.fixture(scope="module")
def played(server: Lease, template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("demo")
    with installed(server, template, folder) as empty, office_over(empty):
        one = replace(empty, clock=Clock(TODAY))
        generate_province(folder / "province", organisations=1500, records=15_000, seed=2026, today=TODAY)
        for name, source in FILES.items():
            one.take_in(folder / "province" / name, source)
        told = play_cases(Session(one.home, one.lease, one.catalogue, one.clock, actor="operator"))
        yield Played(one, folder / "province", told, tuple(story.kept(one.home.path)))


def last_acts(kind: str, *, closed: bool = False) -> set[str]:
    """The last act of each case of a kind."""
    cases = Case.objects.filter(kind=kind)
    found = {one: one.steps.order_by("-number")[0] for one in cases}
    return {step.act for step in found.values() if step.closes == closed}


def test_there_is_a_case_in_every_stage_of_a_listing(played: Played) -> None:
    assert last_acts("listing") == {
        "propose",
        "review",
        "notify",
        "serve_notice",
        "state",
        "ask_hearing",
        "hold_hearing",
        "decide",
        "confirm",
        "serve_decision",
        "publish",
    }
    assert last_acts("listing", closed=True) == {"review", "confirm", "serve_decision", "lift"}
    assert len({one.authority for one in Case.objects.filter(kind="listing")}) >= 3
    assert "two stories" in played.told


def test_entries_of_ours_ended_in_every_way(played: Played) -> None:
    entries = Step.objects.filter(act=Act.SERVE_DECISION, effective_to__isnull=False).values("record")
    grounds = set(Ending.objects.filter(record__in=entries).values_list("ground", flat=True))
    assert grounds == {"expired", "repaired", "annulled", "withdrawn"}
    refused = Case.objects.filter(kind="delisting", steps__act=Act.DECIDE, steps__outcome="refused")
    assert refused.exists(), "and one did not, though it was asked for"


def test_objections_are_open_late_upheld_and_refused(played: Played) -> None:
    cases = Case.objects.filter(kind="objection")
    outcomes = set(Step.objects.filter(case__in=cases, act=Act.DECIDE).values_list("outcome", flat=True))
    assert outcomes == {"granted", "refused"}
    waiting = [one for one in cases if not one.steps.filter(act=Act.DECIDE).exists()]
    late = Deadline.objects.filter(case__in=waiting, act=Act.DECIDE, last__lt=TODAY)
    assert len(waiting) == 2 and late.count() == 1
    assert disputed(one.record_id for one in waiting if one.record_id) == {one.record_id for one in waiting}


def test_repair_is_in_each_of_its_steps_granted_and_refused(played: Played) -> None:
    assert last_acts("repair") == {"apply", "accept", "examine", "decide", "serve_decision", "publish"}
    assert last_acts("repair", closed=True) == {"lift", "serve_decision"}


def test_orders_are_open_reported_refused_and_lifted_or_not(played: Played) -> None:
    reports = Report.objects.filter(about="carried_out")
    assert set(reports.values_list("done", flat=True)) == {True, False}
    assert Order.objects.filter(reports=None, lifting=None).exists(), "some say nothing yet"
    lifted = Order.objects.filter(lifting__isnull=False)
    told = lifted.filter(reports__about="lifted")
    assert told.exists() and lifted.exclude(pk__in=told).exists(), "some are to be chased"


def test_each_reason_is_of_its_case_and_list_in_both_languages(played: Played) -> None:
    said = dict[str, set[str]]()
    signed = Step.objects.exclude(appointment=None).exclude(reasons="").exclude(act=Act.LIFT)
    for step in signed.select_related("case__procedure"):
        assert re.search("[\u4e00-\u9fff]", step.reasons) and re.search("[a-z]{3} ", step.reasons), (
            step.reasons
        )
        if (step.act, step.outcome) == ("decide", "listed"):
            said.setdefault(step.case.procedure.path, set()).add(step.reasons)
    assert len(said) >= 3 and len({one for each in said.values() for one in each}) >= 6


def test_no_organisation_is_called_by_a_name_that_lost_characters(played: Played) -> None:
    spoiled = [one for one in FILES if "\ufffd" in (played.folder / one).read_text(encoding="utf-8")]
    assert spoiled, "a file has such a name, as a fault that is planted"
    assert not SubjectName.objects.filter(text__contains="\ufffd").exists()


def test_only_companies_of_the_fictional_province_are_played(played: Played) -> None:
    assert {one.subject.identifier[2:4] for one in Case.objects.select_related("subject")} == {"99"}


def test_the_objection_of_the_first_story_is_upheld_and_nothing_is_left(played: Played) -> None:
    scenes = [one for one in played.scenes if one.of == story.UPHELD]
    assert [one.on for one in scenes] == sorted(one.on for one in scenes)
    case, objection = _case(scenes[0]), _case(next(one for one in scenes if "objects" in one.what))
    assert case.steps.get(act=Act.DECIDE).outcome == "not_listed" and case.steps.filter(closes=True).exists()
    assert objection.record_id is not None
    assert Ending.objects.get(record=objection.record_id).ground == "withdrawn"
    assert not Record.objects.filter(steps__case=case).exists()


def test_the_company_of_the_second_story_is_listed_and_everything_is_lifted(played: Played) -> None:
    scenes = [one for one in played.scenes if one.of == story.LISTED]
    assert [one.on for one in scenes] == sorted(one.on for one in scenes)
    assert scenes[0].on.year < scenes[-1].on.year or (scenes[-1].on - scenes[0].on).days > 180
    case = _case(scenes[0])
    entry = case.steps.get(act=Act.SERVE_DECISION).record
    orders = Order.objects.filter(record=entry)
    assert orders.count() == 11
    assert orders.filter(reports__about="carried_out").distinct().count() == 11
    assert orders.filter(lifting__isnull=False, reports__about="lifted", reports__done=True).count() == 11
    asked = [one.what for one in scenes if one.who == "the counter"]
    assert [one.endswith("Answer: nothing.") for one in asked] == [True, False, True]
    assert played.told.startswith("two stories")


def _case(scene: story.Scene) -> Case:
    return Case.objects.get(public_id=scene.see.rsplit("/", 1)[1])


def test_what_was_played_is_found_in_order_by_the_ledgers_check(played: Played) -> None:
    one = played.installation
    assert check(one.home, catalogue=one.catalogue).findings == ()


def test_each_account_signs_in_with_what_the_demo_prints(installation: Installation) -> None:
    with office_over(installation):
        people = people_of(installation.home.path)
        assert people == people_of(installation.home.path), "a second demo keeps them"
        for name in ("official", "company"):
            client = Client(SERVER_NAME="localhost")
            sent = client.post("/account/login/", {"login": name, "password": people[name].password})
            assert sent.headers["Location"].startswith("/account/factor/authenticate/"), name
            sent = client.post("/account/factor/authenticate/", {"code": people[name].code()})
            assert sent.status_code == 302, sent.content.decode()[-2000:]
            assert client.get("/office/").status_code == 200, name
    assert (installation.home.path / "demo-accounts.json").stat().st_mode & 0o077 == 0
    assert set(SIGN_IN) < people.keys()


def test_the_stories_and_the_accounts_are_told_in_words(
    played: Played, capsys: pytest.CaptureFixture[str]
) -> None:
    home = played.installation.home.path
    tell_story(home)
    told = capsys.readouterr().err
    assert all(one.what in told and one.see in told for one in played.scenes)
    tell_people(read(home), with_code=True)
    told = capsys.readouterr().err
    assert all(one.password in told for name, one in read(home).items() if name in SIGN_IN)
    assert not any(one.password in told for name, one in read(home).items() if name not in SIGN_IN)


def test_a_code_is_what_an_authenticator_app_shows() -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    one = Person("official", "", "", secret, "")
    assert one.code(59) == "287082", "RFC 6238, appendix B, six of its eight digits"
    assert one.code(1111111109) == format_hotp_value(hotp_value(secret, 1111111109 // 30))


def test_without_a_demo_there_are_no_codes(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="GS-CLI-032"):
        read(tmp_path)


def test_sets_are_played_from_the_oldest_to_the_newest() -> None:
    assert [one.ago for one in SETS] == sorted((one.ago for one in SETS), reverse=True)
