"""A company listed for wage arrears in the fictional province, and officials of the authorities that owe orders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.measure import (
    Agreed,
    Bound,
    Dimension,
    Effect,
    Measure,
    Memorandum,
    Process,
    Rank,
)
from goodstanding.catalogue.model import Basis, Title
from goodstanding.catalogue.procedure import Act, Party
from goodstanding.core.calendars import Calendar
from goodstanding.core.clock import Clock
from goodstanding.ledger.models import Record, Subject
from goodstanding.measures.counter import Answer, ask, open_business
from goodstanding.measures.models import Order, Pause
from goodstanding.measures.resting import Shown, Suit, pause
from goodstanding.postgres import Lease
from goodstanding.procedures.acting import Actor, appoint, mandate
from goodstanding.procedures.deed import Outcome
from goodstanding.procedures.models import Appointment, Case, Mandate
from goodstanding.procedures.steps import Office
from tests.integration.installation import Installation, Template, installed
from tests.integration.portal.conftest import DAUGHTER, MOTHER
from tests.integration.procedures.conftest import COMPANY, FROM, TO, Bench

SUIT = Shown(
    (("中华人民共和国行政诉讼法", "56"),), "Intermediate court, No. 1 of 2026", "Notice of acceptance"
)
DAY = date(2026, 3, 2)
ASKED_ON = date(2026, 4, 1)
ONE = timedelta(days=1)
KEEPER = "cn/mohrss"
GREEN, LENDING, SUED, LOCAL = "cn/test-green-lane", "cn/test-lending", "cn/test-suspended", "cn/test-local"


def title(text: str) -> Title:
    """A title that is the same in both languages."""
    return Title(text, text)


def measure(
    path: str,
    effect: Effect,
    process: Process,
    precedence: int,
    *,
    pauses_in_suit: bool = False,
    division: str = "",
) -> Measure:
    """A measure with a law, for the same office as the real ones."""
    return Measure(
        path=path,
        title=title(path),
        effect=effect,
        basis=(Basis("Law of the test", "7"),),
        targets=title("Whom it says"),
        processes=(process,),
        precedence=precedence,
        rests_on=Rank.LAW,
        dimension=Dimension.OTHER,
        source="a test",
        pauses_in_suit=pauses_in_suit,
        division=division,
    )


def memorandum(path: str, effect: Effect, *agreed: Agreed) -> Memorandum:
    """A memorandum that the list of wage arrears triggers."""
    return Memorandum(
        path=path,
        title=title(path),
        effect=effect,
        keeper=KEEPER,
        basis=(Basis("Law of the test"),),
        lists=("wage-arrears",),
        agreed=agreed,
        valid_from=date(2020, 1, 1),
        valid_to=None,
        source="a test",
    )


def with_more(catalogue: Catalogue) -> Catalogue:
    """The catalogue with a benefit, a subscriber, and a restriction that pauses during a suit."""
    pack = catalogue.pack("cn")
    more = replace(
        pack,
        measures=(
            *pack.measures,
            measure(GREEN, Effect.BENEFIT, Process.PERMIT, 15),
            measure(LENDING, Effect.RESTRICTION, Process.FINANCING, 40),
            measure(SUED, Effect.RESTRICTION, Process.TENDER, 10, pauses_in_suit=True),
            measure(LOCAL, Effect.RESTRICTION, Process.LAND, 70, division="9901"),
        ),
        memoranda=(
            *pack.memoranda,
            memorandum("cn/test-rewards", Effect.BENEFIT, Agreed(GREEN, KEEPER)),
            memorandum(
                "cn/test-restrictions",
                Effect.RESTRICTION,
                Agreed(LENDING, "cn/lenders", Bound.SUBSCRIBES),
                Agreed(SUED, "cn/ndrc"),
                Agreed(LOCAL, "cn/ndrc"),
            ),
        ),
    )
    return Catalogue(tuple(more if one.name == "cn" else one for one in catalogue.packs))


@dataclass(frozen=True)
class Desk:
    """The bench of the case, and those at the counters."""

    bench: Bench
    keeper: Appointment
    planner: Appointment
    builder: Appointment
    calendar: Calendar

    @property
    def clock(self) -> Clock:
        """The clock of the installation."""
        return self.bench.office.clock

    @property
    def own(self) -> Mandate:
        """The mandate of who acts for the organisation."""
        held = self.bench.actors[Party.SUBJECT].mandate
        assert held is not None
        return held

    def seat(
        self, account: str, authority: str, *, level: str = "county", division: str | None = None
    ) -> Appointment:
        """An official of an authority, at the place of the organisation unless told otherwise."""
        return appoint(
            account,
            authority,
            level=level,
            division=self.bench.subject.division if division is None else division,
            from_on=FROM,
            to_on=TO,
            clock=self.clock,
            actor="test",
        )

    def suit(self, order: Order, since: date, clock: Clock, *, stayed: bool = False) -> Pause:
        """A suit about the entry of an order, entered by the keeper of the list for as long as the order holds."""
        return pause(
            order.record,
            self.keeper,
            Suit.COURT,
            SUIT,
            stayed=stayed,
            from_on=since,
            to_on=order.to_on,
            clock=clock,
        )

    def listed(self) -> tuple[Case, date]:
        """The company on the list, and since when."""
        case = self.bench.until_notice(DAY)
        until = case.steps.get(act=Act.SERVE_NOTICE).open_until
        assert until is not None
        day = until + ONE
        self.bench.take(case, Act.DECIDE, day, Outcome.LISTED)
        self.bench.take(case, Act.CONFIRM, day, Outcome.CONFIRMED)
        self.bench.take(case, Act.SERVE_DECISION, day)
        return case, day

    def order(self, name: str, authority: str = "cn/ndrc") -> Order:
        """The order of a measure at an authority."""
        return Order.objects.get(measure__path=name, authority__path=authority)


def _desk(installation: Installation, on: date) -> Desk:
    one = replace(installation, clock=Clock(on))
    subject = Subject.objects.get(identifier=MOTHER)
    assert Subject.objects.filter(identifier=DAUGHTER).exists()

    def official(name: str, authority: str, level: str = "county") -> Appointment:
        return appoint(
            name,
            authority,
            level=level,
            division=subject.division,
            head=name == "head",
            from_on=FROM,
            to_on=TO,
            clock=one.clock,
            actor="test",
        )

    first, second, head = (official(name, KEEPER) for name in ("official", "second", "head"))
    calendar = Calendar.load(Path(one.catalogue.pack("cn").folder) / "calendar.yaml")
    acting = mandate("representative", subject, from_on=FROM, to_on=TO, clock=one.clock, actor="test")
    bench = Bench(
        one,
        Office(one.catalogue, one.home, one.clock, calendar),
        one.catalogue.procedure("cn/listing/wage-arrears", DAY),
        subject,
        tuple(Record.objects.all()),
        {
            Party.OFFICIAL: Actor(Party.OFFICIAL, first, second),
            Party.HEAD: Actor(Party.HEAD, head, second),
            Party.SUPERIOR: Actor(Party.SUPERIOR, official("above", KEEPER, "provincial")),
            Party.SUBJECT: Actor(Party.SUBJECT, mandate=acting),
            Party.CLOCK: Actor(Party.CLOCK),
        },
    )
    return Desk(bench, first, official("planner", "cn/ndrc"), official("builder", "cn/mohurd"), calendar)


@pytest.fixture
def with_company(server: Lease, template: Template, tmp_path: Path) -> Iterator[Installation]:
    """A company with a penalty in the ledger."""
    with installed(server, template, tmp_path, COMPANY) as one:
        yield one


@pytest.fixture
def desk(with_company: Installation) -> Desk:
    """The shipped packs alone."""
    return _desk(with_company, DAY)


def richer_desk(installation: Installation) -> Desk:
    """With a benefit, a subscriber, a restriction that pauses, and a local one."""
    return _desk(replace(installation, catalogue=with_more(installation.catalogue)), ASKED_ON)


@pytest.fixture
def richer(with_company: Installation) -> Desk:
    """With a benefit, a subscriber, and a restriction that pauses, for a test that goes on writing."""
    return richer_desk(with_company)


def at_counters(desk: Desk) -> Desk:
    """The company is listed; the keeper decides on permits, the planner on tenders, subsidies, permits and land."""
    desk.listed()
    for authority, process in (
        (KEEPER, Process.PERMIT),
        ("cn/ndrc", Process.TENDER),
        ("cn/ndrc", Process.SUBSIDY),
        ("cn/ndrc", Process.PERMIT),
        ("cn/ndrc", Process.LAND),
    ):
        open_business(
            authority,
            process,
            from_on=FROM,
            to_on=TO,
            catalogue=desk.bench.office.catalogue,
            clock=desk.clock,
            actor="test",
        )
    return desk


def asked(
    desk: Desk,
    by: Appointment,
    process: Process,
    subject: Subject | None = None,
    purpose: str = "File 7 of 2026",
) -> Answer:
    """What an official is told on the day of the clock."""
    whom = subject or desk.bench.subject
    return ask(by.authority, by, whom, process, purpose, day=ASKED_ON, clock=desk.clock)


def paths(answer: Answer) -> set[str]:
    """The measures of an answer that stand."""
    return {one.measure for one in answer.lines if one.stands}
