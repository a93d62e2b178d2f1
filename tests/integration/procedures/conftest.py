"""A company with two penalties, an authority with its officials, and a representative of the company."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from goodstanding.catalogue.procedure import Act, Party, Procedure
from goodstanding.core.calendars import Calendar
from goodstanding.core.clock import Clock
from goodstanding.ledger.models import Record, Subject
from goodstanding.procedures.acting import Actor, appoint, mandate
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.models import Case, Step
from goodstanding.procedures.steps import Office, Said, open_case, take_step
from tests.integration.installation import Installation
from tests.integration.portal.conftest import MOTHER, REGISTRATION
from tests.integration.portal.test_publicity import HEADER, ROW

FROM, TO = date(2020, 1, 1), date(2030, 1, 1)
LAW = (("Order 44", "2"),)


@dataclass(frozen=True)
class Bench:
    """Everyone who acts, and the one about whom they do."""

    installation: Installation
    office: Office
    procedure: Procedure
    subject: Subject
    records: tuple[Record, ...]
    actors: dict[Party, Actor]

    def at(self, day: date) -> Office:
        """The office on a day."""
        return replace(self.office, clock=Clock(day))

    def open(self, on: date, **more: object) -> Case:
        """A candidate of the machine."""
        given: dict[str, object] = {"grounds": self.records, **more}
        return open_case(
            self.procedure,
            self.subject,
            self.at(on),
            first=Deed(Act.PROPOSE, on, Party.MACHINE),
            by=Actor(Party.MACHINE),
            **given,  # type: ignore[arg-type]
        )

    def take(self, case: Case, act: Act, on: date, outcome: Outcome = Outcome.NONE, **more: object) -> Step:
        """A step by whom the procedure names, with all that it needs."""
        stage = self.procedure.stage(act)
        assert stage is not None
        served = {"served_on": on} if act in (Act.SERVE_NOTICE, Act.SERVE_DECISION) else {}
        deed = Deed(act, on, stage.party, outcome, **{**served, **more})  # type: ignore[arg-type]
        said = Said("Because it was so.", LAW, "The document.", "by hand")
        return take_step(case, deed, self.actors[stage.party], self.at(on), said)

    def until_notice(self, on: date) -> Case:
        """A case whose notice was served on a day."""
        case = self.open(on)
        self.take(case, Act.REVIEW, on, Outcome.GO_ON)
        self.take(case, Act.NOTIFY, on)
        self.take(case, Act.SERVE_NOTICE, on)
        return case


@pytest.fixture
def bench(installation: Installation) -> Bench:
    """One company, its penalties, the market regulator of its county and of its province."""
    one = replace(installation, clock=Clock(date(2026, 3, 2)))
    one.deliver("registration.csv", REGISTRATION, "cn/registration")
    assert (
        one.deliver("penalties.csv", HEADER + ROW.replace("2026/04/10", "2026/02/10"), "cn/penalties").loaded
        == 1
    )
    subject = Subject.objects.get(identifier=MOTHER)
    pack = one.catalogue.pack("cn")
    terms = {"from_on": FROM, "to_on": TO, "clock": one.clock, "actor": "test"}
    samr = "cn/samr"
    county = [
        appoint(f"acct-{name}", samr, level="county", division=subject.division, head=name == "head", **terms)  # type: ignore[arg-type]
        for name in ("official", "head", "second")
    ]
    above = appoint("acct-above", samr, level="provincial", division=subject.division, **terms)  # type: ignore[arg-type]
    acting = mandate("acct-representative", subject, **terms)  # type: ignore[arg-type]
    return Bench(
        one,
        Office(one.catalogue, one.home, one.clock, Calendar.load(Path(pack.folder) / "calendar.yaml")),
        one.catalogue.procedure("cn/listing/market-serious", date(2026, 3, 2)),
        subject,
        tuple(Record.objects.all()),
        {
            Party.OFFICIAL: Actor(Party.OFFICIAL, county[0], county[2]),
            Party.HEAD: Actor(Party.HEAD, county[1], county[2]),
            Party.SUPERIOR: Actor(Party.SUPERIOR, above),
            Party.SUBJECT: Actor(Party.SUBJECT, mandate=acting),
            Party.CLOCK: Actor(Party.CLOCK),
        },
    )
