"""A company with two penalties, an authority with its officials, and a representative of the company."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from goodstanding.catalogue.procedure import Act, Party, Procedure
from goodstanding.core.calendars import Calendar
from goodstanding.core.clock import Clock
from goodstanding.ledger.models import Record, Subject
from goodstanding.postgres import Lease
from goodstanding.procedures.acting import Actor, appoint, mandate
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.models import Appointment, Case, Mandate, Step
from goodstanding.procedures.steps import Office, Said, open_case, take_step
from tests.integration.installation import Files, Installation, Template, installed
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

    def open(self, on: date, **more: Any) -> Case:
        """A candidate of the machine."""
        given: dict[str, Any] = {"grounds": self.records, **more}
        return open_case(
            self.procedure,
            self.subject,
            self.at(on),
            first=Deed(Act.PROPOSE, on, Party.MACHINE),
            by=Actor(Party.MACHINE),
            **given,
        )

    def take(self, case: Case, act: Act, on: date, outcome: Outcome = Outcome.NONE, **more: Any) -> Step:
        """A step by whom the procedure names, with all that it needs."""
        stage = self.procedure.stage(act)
        assert stage is not None
        served = {"served_on": on} if act in (Act.SERVE_NOTICE, Act.SERVE_DECISION) else {}
        deed = Deed(act, on, stage.party, outcome, **{**served, **more})
        said = Said("Because it was so.", LAW, "The document.", "by hand")
        return take_step(case, deed, self.actors[stage.party], self.at(on), said)

    def until_notice(self, on: date) -> Case:
        """A case whose notice was served on a day."""
        case = self.open(on)
        self.take(case, Act.REVIEW, on, Outcome.GO_ON)
        self.take(case, Act.NOTIFY, on)
        self.take(case, Act.SERVE_NOTICE, on)
        return case


def staff(
    authority: str, division: str, clock: Clock, acting: Mandate | None = None, prefix: str = "acct"
) -> dict[Party, Actor]:
    """Officials of an authority in a county, one of its province, and who acts for the organisation."""

    def appointed(name: str, level: str) -> Appointment:
        return appoint(
            f"{prefix}-{name}",
            authority,
            level=level,
            division=division,
            head=name == "head",
            from_on=FROM,
            to_on=TO,
            clock=clock,
            actor="test",
        )

    official, head, second = (appointed(name, "county") for name in ("official", "head", "second"))
    return {
        Party.OFFICIAL: Actor(Party.OFFICIAL, official, second),
        Party.HEAD: Actor(Party.HEAD, head, second),
        Party.SUPERIOR: Actor(Party.SUPERIOR, appointed("above", "provincial")),
        Party.SUBJECT: Actor(Party.SUBJECT, mandate=acting),
        Party.CLOCK: Actor(Party.CLOCK),
    }


COMPANY: Files = (
    ("registration.csv", REGISTRATION, "cn/registration"),
    ("penalties.csv", HEADER + ROW.replace("2026/04/10", "2026/02/10"), "cn/penalties"),
)


@pytest.fixture
def with_company(server: Lease, template: Template, tmp_path: Path) -> Iterator[Installation]:
    """A company with a penalty in the ledger."""
    with installed(server, template, tmp_path, COMPANY) as one:
        yield one


def company(one: Installation) -> Office:
    """What actions on the company's cases need."""
    calendar = Calendar.load(Path(one.catalogue.pack("cn").folder) / "calendar.yaml")
    return Office(one.catalogue, one.home, one.clock, calendar)


@pytest.fixture
def bench(with_company: Installation) -> Bench:
    """One company, its penalties, the market regulator of its county and of its province."""
    one = replace(with_company, clock=Clock(date(2026, 3, 2)))
    office = company(one)
    subject = Subject.objects.get(identifier=MOTHER)
    acting = mandate("acct-representative", subject, from_on=FROM, to_on=TO, clock=one.clock, actor="test")
    return Bench(
        one,
        office,
        one.catalogue.procedure("cn/listing/market-serious", date(2026, 3, 2)),
        subject,
        tuple(Record.objects.all()),
        staff("cn/samr", subject.division, one.clock, acting),
    )
