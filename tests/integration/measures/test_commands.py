"""The commands tell an official what applies, take what followed, and show what is owed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from typer.testing import CliRunner

from goodstanding.cli import app
from goodstanding.cli.session import Session
from goodstanding.core.errors import Refusal
from goodstanding.measures.log import asked_about
from goodstanding.office.accounts.making import make
from goodstanding.procedures.queries import Viewer
from tests.integration.measures.conftest import ASKED_ON, Desk, at_counters
from tests.integration.portal.conftest import MOTHER

Run = Callable[..., Any]


@pytest.fixture
def run(richer: Desk, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command over the installation, and reads its JSON."""
    at_counters(richer)
    account, _ = make("li.wei", email="li.wei@example.org", shown_as="Li Wei")
    richer.seat(account.key, "cn/ndrc")
    one = richer.bench.installation

    @contextmanager
    def opened(*_: object, **__: object) -> Iterator[Session]:
        yield Session(one.home, one.lease, one.catalogue, richer.clock, "test")

    for module in ("counter", "orders", "resting"):
        monkeypatch.setattr(f"goodstanding.cli.{module}.session", opened)

    def command(*words: str) -> Any:
        result = CliRunner().invoke(app, [*words, "--today", ASKED_ON.isoformat(), "--json"])
        if result.exception is not None:
            raise result.exception
        return json.loads(result.stdout)

    return command


def test_an_official_asks_says_what_followed_and_reports(richer: Desk, run: Run) -> None:
    asked = ["--process", "subsidy", "--authority", "cn/ndrc", "--purpose", "File 3"]
    told = run("counter", MOTHER, "--account", "li.wei", *asked)
    (measure,) = told["measures"]
    assert (measure["measure"], measure["stands"]) == ("cn/public-funds", True)
    assert measure["law"] == ["国发〔2016〕33号"]
    run("orders", "used", told["question"], "--account", "li.wei", "--order", measure["order"])
    (seen,) = asked_about(richer.bench.subject, Viewer(mandates=(richer.own,)))
    assert seen.purpose == "File 3" and seen.followed[0].applied
    owed = {one["order"] for one in run("orders", "list", "--account", "li.wei")}
    assert measure["order"] in owed and len(owed) == 5
    run("orders", "report", measure["order"], "--account", "li.wei", "--done", "Refused the application.")
    assert measure["order"] not in {one["order"] for one in run("orders", "list", "--account", "li.wei")}
    assert run("orders", "list") == []
    with pytest.raises(Refusal, match="GS-COUNTER-010"):
        run("counter", MOTHER, "--account", "li.wei", *asked[:2], "--authority", "cn/mof", "--purpose", "x")
    with pytest.raises(Refusal, match="GS-COUNTER-003"):
        run("counter", MOTHER, "--account", "li.wei", "--process", "honour", *asked[2:])
    run("orders", "business", "cn/ndrc", "honour", "--to", "2027-01-01")
    assert run("counter", MOTHER, "--account", "li.wei", "--process", "honour", *asked[2:])["measures"] == []
    with pytest.raises(Refusal, match="GS-CLI-043"):
        run("orders", "report", "no-id", "--account", "li.wei", "--done", "x")


def test_an_office_enters_a_stay_and_its_end(richer: Desk, run: Run) -> None:
    case = str(richer.bench.subject.cases.get().public_id)
    keeper, _ = make("wang", email="wang@example.org", shown_as="Wang")
    richer.seat(keeper.key, "cn/mohrss")
    said = ["--account", "wang", "--reference", "Court, No. 1", "--evidence", "Ruling"]
    law = ["--law", "中华人民共和国行政诉讼法|56"]
    with pytest.raises(Refusal, match="GS-CLI-045"):
        run("orders", "pause", case, *said, *law, "--kind", "goodwill")
    stay = run("orders", "pause", case, *said, *law, "--kind", "administrative_suit", "--stayed")
    asked = ["--account", "li.wei", "--process", "subsidy", "--authority", "cn/ndrc", "--purpose", "File 4"]
    assert run("counter", MOTHER, *asked)["measures"] == []
    with pytest.raises(Refusal, match="GS-COUNTER-010"):
        run(
            "orders",
            "resume",
            stay["rest"],
            "--case",
            case,
            "--account",
            "li.wei",
            "--outcome",
            "upheld",
            *said[4:],
        )
    run(
        "orders",
        "resume",
        stay["rest"],
        "--case",
        case,
        *said[:2],
        "--outcome",
        "upheld",
        "--evidence",
        "Judgment",
    )
    assert [one["measure"] for one in run("counter", MOTHER, *asked)["measures"]] == ["cn/public-funds"]
    plan = ["--kind", "reorganisation", "--to", "2028-01-01"]
    shield = run("orders", "shield", case, *said, "--law", "国办发〔2025〕22号", *plan)
    assert run("counter", MOTHER, *asked)["measures"] == []
    rests = {one["rest"]: (one["outcome"], one["holds"]) for one in run("orders", "rests", case)}
    assert rests == {stay["rest"]: ("upheld", False), shield["rest"]: ("", True)}
    with pytest.raises(Refusal, match="GS-CLI-043"):
        run("orders", "resume", "x", "--case", case, *said[:2], "--outcome", "upheld", "--evidence", "J")
    no_entry = run_case_without_entry(richer)
    with pytest.raises(Refusal, match="GS-CLI-044"):
        run("orders", "rests", no_entry)


def run_case_without_entry(desk: Desk) -> str:
    """A case of the same company that has only been opened."""
    return str(desk.bench.open(ASKED_ON).public_id)
