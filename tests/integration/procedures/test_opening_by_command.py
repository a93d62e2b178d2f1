"""A case about a record is opened from the command line by whom its procedure names, and by nobody else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from typer.testing import CliRunner

from goodstanding.catalogue.procedure import Act
from goodstanding.cli import app
from goodstanding.cli.session import Session
from goodstanding.core.errors import Refusal
from goodstanding.office.accounts.making import make
from goodstanding.procedures.acting import appoint, mandate
from goodstanding.procedures.models import Case
from tests.integration.procedures.conftest import FROM, TO, Bench
from tests.integration.procedures.test_listing import listed

Run = Callable[..., Any]


@pytest.fixture
def run(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `case open` over the installation on the day after the listing, and reads its JSON."""
    _, day = listed(bench)
    official, firm = (make(name, email=f"{name}@example.org", shown_as=name)[0] for name in ("li", "firm"))
    terms: dict[str, Any] = {"from_on": FROM, "to_on": TO, "clock": bench.office.clock, "actor": "test"}
    place: dict[str, Any] = {"level": "county", "division": bench.subject.division}
    appoint(official.key, "cn/samr", **place, **terms)
    mandate(firm.key, bench.subject, **terms)
    one = bench.installation

    @contextmanager
    def opened(*_: object, **__: object) -> Iterator[Session]:
        yield Session(one.home, one.lease, one.catalogue, bench.at(day).clock, "test")

    monkeypatch.setattr("goodstanding.cli.case_open.session", opened)

    def command(procedure: str, record: object, account: str, *words: str) -> Any:
        given = ["--record", str(record), "--account", account, "--reasons", "It was another firm.", *words]
        result = CliRunner().invoke(
            app, ["case", "open", procedure, *given, "--today", day.isoformat(), "--json"]
        )
        if result.exception is not None:
            raise result.exception
        return json.loads(result.stdout)

    return command


def test_who_may_open_a_case_opens_it_and_nobody_else(bench: Bench, run: Run) -> None:
    served = Case.objects.get(kind="listing").steps.get(act=Act.SERVE_DECISION).record
    assert served is not None
    entry, penalty = served.public_id, bench.records[0].public_id

    with pytest.raises(Refusal, match="GS-COUNTER-010"):
        run("cn/delisting/withdrawn", entry, "firm")
    with pytest.raises(Refusal, match="GS-CASE-028"):
        run("cn/delisting/withdrawn", penalty, "li", "--authority", "cn/samr")
    with pytest.raises(Refusal, match="GS-CLI-047"):
        run("cn/objection/national", penalty, "li")
    with pytest.raises(Refusal, match="GS-CLI-048"):
        run("cn/listing/market-serious", entry, "li")
    with pytest.raises(Refusal, match="GS-CLI-048"):
        run("cn/delisting/never", entry, "li")
    with pytest.raises(Refusal, match="GS-CLI-046"):
        run("cn/delisting/withdrawn", "7", "li")
    assert Case.objects.count() == 1

    told = run("cn/delisting/withdrawn", entry, "li")
    case = Case.objects.get(public_id=told["case"])
    assert (told["authority"], case.record_id) == ("cn/samr", served.pk)
    step = case.steps.get()
    assert (step.party, step.reasons) == ("official", "It was another firm.")
    told = run("cn/objection/national", penalty, "firm")
    assert Case.objects.get(public_id=told["case"]).steps.get().party == "subject"
