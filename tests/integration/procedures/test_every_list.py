"""Every list that is kept here, and every memorandum that runs, from candidate to removal, through one database.

The plays of all lists go on side by side, always the earliest day first, as they would have: the ledger's days do not
go back. Each goes by its own procedure, before its own authority, under the law of its time.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from goodstanding.catalogue.model import Pack
from goodstanding.catalogue.procedure import Act, CaseKind, Party, Procedure
from goodstanding.core.calendars import Calendar
from goodstanding.core.clock import Clock
from goodstanding.core.dates import add_months
from goodstanding.core.identifiers.usci import check_character
from goodstanding.ledger.checking import check
from goodstanding.ledger.models import Content, Ending, Record, Subject
from goodstanding.measures.models import Order, Subscription
from goodstanding.measures.triggering import triggered
from goodstanding.postgres import Lease
from goodstanding.procedures.acting import Actor, appoint, mandate
from goodstanding.procedures.clockwork import expire
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.models import Appointment, Case, Step
from goodstanding.procedures.opening import open_about
from goodstanding.procedures.steps import Office, Said, course_of, open_case, take_step
from tests.integration.installation import Installation, Template, installed
from tests.integration.portal.test_publicity import HEADER

BEGIN, END = date(2012, 1, 4), date(2042, 1, 2)
ONE = timedelta(days=1)
FIRM, CLUB = (code + check_character(code) for code in ("91990105MADU4E6B6", "51990105MADU4E6B6"))
REGISTER = (
    "统一社会信用代码,名称,英文名称,曾用名,主体类型,成立日期,行政区划代码,工商注册号\n"
    f"{FIRM},岫桥县埕雱汽车配件股份有限公司,,,企业,2002/05/06,990105,\n"
    f"{CLUB},岫桥县汽车配件行业协会,,,社会组织,2002/05/06,990105,\n"
)
PENALTIES = HEADER + "".join(
    f"{name},法人及非法人组织,{code},,,,,,,,,,,岫罚〔2011〕{number}号,其他,其他,某法第七条,其他,警告,,,,2011/12/10,"
    "2099/12/31,,翠岫市市场监督管理局,,,,,其他环境行政处罚,严重\n"
    for number, (code, name) in enumerate(
        ((FIRM, "岫桥县埕雱汽车配件股份有限公司"), (CLUB, "岫桥县汽车配件行业协会")), 1
    )
)
LAW = (("Law of the test", "7"),)
GOOD = {
    Act.REVIEW: Outcome.GO_ON,
    Act.ACCEPT: Outcome.ACCEPTED,
    Act.CONFIRM: Outcome.CONFIRMED,
}
_DIGITS = {"county": 6, "municipal": 4, "provincial": 2, "national": 0}


@dataclass
class World:
    """One database, in which every list is played."""

    installation: Installation
    office: Office
    pack: Pack
    listed: dict[tuple[str, date], Case]
    left: dict[str, tuple[Case, Case]]

    def at(self, day: date) -> Office:
        return replace(self.office, clock=Clock(day))

    def actors(self, procedure: Procedure, authority: str, subject: Subject) -> dict[Party, Actor]:
        """Officials of an authority at the lowest level that may decide, of the level above, and of the firm."""
        terms: dict[str, Any] = {"from_on": BEGIN, "to_on": END, "clock": Clock(BEGIN), "actor": "test"}

        def official(name: str, level: str, *, head: bool = False) -> Appointment:
            digits = subject.division[: _DIGITS[level]]
            key = f"{authority}-{procedure.path}-{procedure.valid_from}-{name}"
            return appoint(key[-64:], authority, level=level, division=digits, head=head, **terms)

        low = procedure.levels[0]
        one, two, head = official("one", low), official("two", low), official("head", low, head=True)
        above = official("above", procedure.reviewed_by or "provincial")
        acting = mandate("firm", subject, **terms)
        return {
            Party.OFFICIAL: Actor(Party.OFFICIAL, one, two),
            Party.HEAD: Actor(Party.HEAD, head, two),
            Party.SUPERIOR: Actor(Party.SUPERIOR, above),
            Party.SUBJECT: Actor(Party.SUBJECT, mandate=acting),
            Party.CLOCK: Actor(Party.CLOCK),
        }

    def subject_of(self, procedure: Procedure) -> Subject:
        return Subject.objects.get(
            identifier=CLUB if procedure.subjects == ("social_organisation",) else FIRM
        )

    def go(self, case: Case, actors: dict[Party, Actor], day: date, favour: Outcome) -> Iterator[date]:
        """Take every mandatory step but the end of a listing, each as early as the law allows, waiting between."""
        procedure = self.office.procedure(case.procedure.digest)
        for stage in procedure.stages[1:]:
            if stage.optional or stage.act in (Act.STATE, Act.ASK_HEARING, Act.HOLD_HEARING):
                continue
            if stage.act is Act.LIFT and procedure.kind is CaseKind.LISTING:
                break
            until = course_of(case, procedure).open_until
            day = max(day, until + ONE) if stage.act is Act.DECIDE and until else day + ONE
            yield day
            served = day if stage.act in (Act.SERVE_NOTICE, Act.SERVE_DECISION) else None
            outcome = favour if stage.act is Act.DECIDE else GOOD.get(stage.act, Outcome.NONE)
            said = Said("Because it was so.", LAW, "The document.", "by hand")
            take_step(
                case,
                Deed(stage.act, day, stage.party, outcome, served),
                actors[stage.party],
                self.at(day),
                said,
            )

    def play(
        self, procedure: Procedure, start: date, actors: dict[Party, Actor], way_off: Procedure | None = None
    ) -> Iterator[date]:
        """One listing; with a way off, its early end by that procedure."""
        subject = self.subject_of(procedure)
        yield start
        case = open_case(
            procedure,
            subject,
            self.at(start),
            first=Deed(Act.PROPOSE, start, Party.MACHINE),
            by=Actor(Party.MACHINE),
            grounds=list(
                Record.objects.filter(content__subject=subject, content__item__path__endswith="penalty")
            ),
            proposed_by={"rulebook": procedure.listing.rulebook if procedure.listing else ""},
        )
        yield from self.go(case, actors, start, Outcome.LISTED)
        if way_off is None:
            self.listed[procedure.path, start] = case
            return
        entry = case.steps.get(act=Act.SERVE_DECISION)
        assert entry.effective_from is not None and entry.record is not None and procedure.listing is not None
        day = max(
            add_months(entry.effective_from, procedure.listing.early_months or 0) + ONE, way_off.valid_from
        )
        yield day
        first = way_off.stages[0]
        leaving = open_about(
            entry.record,
            way_off,
            self.at(day),
            first=Deed(first.act, day, first.party),
            by=actors[first.party],
            said=Said("It was put right.", LAW),
        )
        yield from self.go(leaving, actors, day, Outcome.GRANTED)
        self.left[way_off.path] = (case, leaving)


def side_by_side(plays: list[Iterator[date]]) -> None:
    """Go on with whichever play is the earliest, until all are over."""
    waiting = [(next(one), number, one) for number, one in enumerate(plays)]
    heapq.heapify(waiting)
    while waiting:
        _, number, one = heapq.heappop(waiting)
        then = next(one, None)
        if then is not None:
            heapq.heappush(waiting, (then, number, one))


def starts(pack: Pack, procedure: Procedure) -> list[date]:
    """Its first day, and that of each memorandum that came while it was in force: orders are written with the entry."""
    assert procedure.listing is not None
    days = {procedure.valid_from} | {
        one.valid_from
        for one in pack.memoranda
        if one.runs and procedure.listing.list_id in one.lists and procedure.in_force(one.valid_from)
    }
    return sorted(days)


@pytest.fixture(scope="module")
def world(server: Lease, template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """All lists played; nothing has expired yet."""
    with installed(server, template, tmp_path_factory.mktemp("lists")) as one:
        one = replace(one, clock=Clock(BEGIN))
        one.deliver("registration.csv", REGISTER, "cn/registration")
        assert one.deliver("penalties.csv", PENALTIES, "cn/penalties").loaded == 2
        pack = one.catalogue.pack("cn")
        office = Office(
            one.catalogue, one.home, one.clock, Calendar.load(Path(pack.folder) / "calendar.yaml")
        )
        made = World(one, office, pack, {}, {})
        plays = []
        lists = [each for each in pack.procedures if each.kind is CaseKind.LISTING]
        ways = {each.path: each for each in pack.procedures if each.kind is CaseKind.DELISTING}
        for procedure in lists:
            actors = made.actors(procedure, procedure.authority, made.subject_of(procedure))
            plays += [made.play(procedure, day, actors) for day in starts(pack, procedure)]
            way_off = ways.get(procedure.path.replace("/listing/", "/delisting/"))
            if way_off is not None and procedure.valid_to is None:
                day = max(procedure.valid_from, way_off.valid_from)
                plays.append(made.play(procedure, day, actors, way_off))
        side_by_side(plays)
        yield made


def test_every_admitted_list_comes_from_candidate_to_an_entry_by_its_own_procedure(world: World) -> None:
    kept = [one for one in world.pack.procedures if one.kind is CaseKind.LISTING]
    assert {one.path for one in kept} == {path for path, _ in world.listed}
    assert {one.id for one in world.pack.lists if one.reason is None} == {
        one.listing.list_id for one in kept if one.listing
    }
    assert all(one.reason and one.reason.en and one.reason.zh for one in world.pack.lists if not one.item)
    for (path, _), case in world.listed.items():
        acts = list(case.steps.order_by("number").values_list("act", flat=True))
        procedure = world.office.procedure(case.procedure.digest)
        assert (acts[0], acts[-1]) == (Act.PROPOSE, Act.PUBLISH), path
        entry = case.steps.get(act=Act.SERVE_DECISION)
        assert procedure.listing is not None and entry.effective_from is not None
        assert entry.effective_to == add_months(entry.effective_from, procedure.listing.months), path
        assert Content.objects.get(record=entry.record_id).item.path == procedure.listing.item


def test_every_way_off_that_bears_the_name_of_a_list_ends_its_entry_early(world: World) -> None:
    lists = {one.path for one in world.pack.procedures if one.listing and one.valid_to is None}
    assert set(world.left) == {
        one.path
        for one in world.pack.procedures
        if one.kind is CaseKind.DELISTING and one.path.replace("/delisting/", "/listing/") in lists
    }
    assert len(world.left) >= 12
    for listing, leaving in world.left.values():
        entry = listing.steps.get(act=Act.SERVE_DECISION)
        assert Ending.objects.get(record=entry.record_id).ground == Ending.Ground.REPAIRED
        assert listing.steps.get(closes=True).act == Act.LIFT == leaving.steps.get(closes=True).act
        assert leaving.authority == listing.authority


def test_every_memorandum_that_runs_is_triggered_by_its_list_and_each_refused_one_says_why(
    world: World,
) -> None:
    followed = set(Order.objects.values_list("memorandum__path", flat=True)) | set(
        Subscription.objects.values_list("memorandum__path", flat=True)
    )
    for one in world.pack.memoranda:
        if one.runs:
            assert one.path in followed, one.path
        else:
            assert (one.refused or one.waits) and one.path not in followed, one.path
    for case in world.listed.values():
        entry = case.steps.get(act=Act.SERVE_DECISION)
        assert entry.effective_from is not None and entry.effective_to is not None
        procedure = world.office.procedure(case.procedure.digest)
        assert procedure.listing is not None
        wanted = list(
            triggered(
                world.pack,
                procedure.listing.list_id,
                case.division,
                entry.effective_from,
                entry.effective_to,
            )
        )
        told = [model.objects.filter(record=entry.record_id).count() for model in (Order, Subscription)]
        assert sum(told) == len(wanted)


def test_every_entry_leaves_at_its_end_with_all_its_orders_and_the_ledger_is_sound(world: World) -> None:
    standing = Step.objects.filter(case__in=world.listed.values(), act=Act.SERVE_DECISION)
    assert not Ending.objects.filter(record__in=standing.values("record")).exists()
    assert Order.objects.filter(lifting__isnull=True).exists()

    assert expire(world.at(END), END) == len(world.listed)

    for entry in standing:
        ending = Ending.objects.get(record=entry.record_id)
        assert (ending.ground, ending.counts_until) == (Ending.Ground.EXPIRED, entry.effective_to)
        assert entry.case.steps.get(closes=True).on == entry.effective_to
    assert not Order.objects.filter(lifting__isnull=True).exists(), "no order outlives its entry"
    assert check(world.installation.home, catalogue=world.office.catalogue).findings == ()
