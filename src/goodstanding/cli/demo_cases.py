"""Cases of the demo's fictional companies in the stages of a listing, and two that have a whole year behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from goodstanding.catalogue.procedure import Act, CaseKind, Party, Procedure, Stage
from goodstanding.cli.case import office_of
from goodstanding.cli.session import Session
from goodstanding.core.clock import Clock
from goodstanding.ledger.models import Record, Subject
from goodstanding.procedures.acting import Actor, appoint, mandate
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.models import Appointment, Case
from goodstanding.procedures.opening import earliest, open_about
from goodstanding.procedures.proposing import propose
from goodstanding.procedures.steps import Office, Said, course_of, take_step
from goodstanding.standing.running import run_rulebook

LISTING, DELISTING = "cn/listing/tax-major", "cn/delisting/tax-major"
OBJECTION = "cn/objection/national"
_GOOD = {
    Act.REVIEW: Outcome.GO_ON,
    Act.ACCEPT: Outcome.ACCEPTED,
    Act.CONFIRM: Outcome.CONFIRMED,
}
_ONE = timedelta(days=1)
_SINCE, _UNTIL = date(2020, 1, 1), date(2040, 1, 1)
_REASON = (
    "Found in the file, with the document that was served on the company. Fictional, as all of this province."
)


@dataclass
class _Stage:
    """Who acts in the play, under one procedure at a time."""

    office: Office
    actors: dict[Party, Actor]
    today: date

    def at(self, day: date) -> Office:
        """The office on a day of the play: a step is written down on its day."""
        return replace(self.office, clock=Clock(day))

    def officials_of(self, case: Case) -> _Stage:
        """The same play with the officials of another case's authority."""
        acting = self.actors[Party.SUBJECT]
        others = _officials(case.authority, case.subject.division, self.office.clock)
        return replace(self, actors={**others, Party.SUBJECT: acting})

    def take(self, case: Case, procedure: Procedure, stage: Stage, on: date, outcome: Outcome) -> None:
        """One step as an official would take it."""
        served = on if stage.act in (Act.SERVE_NOTICE, Act.SERVE_DECISION) else None
        laws = [*stage.basis, *procedure.basis][:1]
        said = Said(_REASON, tuple((one.instrument, one.article) for one in laws), served_how="by post")
        take_step(
            case,
            Deed(stage.act, on, stage.party, outcome, served),
            self.actors[stage.party],
            self.at(on),
            said,
        )

    def play(
        self, case: Case, until: Act, *, decision: Outcome = Outcome.LISTED, speak: bool = False
    ) -> date:
        """Take the steps of a case up to an act, each as early as its law allows; returns the last day."""
        procedure = self.office.procedure(case.procedure.digest)
        for stage in procedure.stages[1:]:
            course = course_of(case, procedure)
            if course.closed:
                break
            if stage.act is Act.STATE and not (speak or until is Act.STATE):
                continue
            if stage.optional and stage.act is not Act.STATE:
                continue
            on = course.deeds[-1].on
            if stage.act is Act.DECIDE and course.open_until is not None:
                on = max(on, course.open_until + _ONE)
            if on > self.today:
                break
            outcome = decision if stage.act is Act.DECIDE else _GOOD.get(stage.act, Outcome.NONE)
            if stage.act is Act.LIFT and procedure.kind is CaseKind.LISTING:
                break
            self.take(case, procedure, stage, on, outcome)
            if stage.act is until:
                break
        return case.steps.order_by("-number")[0].on


Play = Callable[[_Stage, Case], object]
"""What is done with a case once it is open."""


def play_cases(opened: Session) -> str:
    """Play them; returns what to tell."""
    office = office_of(opened, "cn")
    today = opened.clock.today("Asia/Shanghai")
    played = 0
    for day, play in ((today - timedelta(days=400), _years), (today - timedelta(days=45), _stages)):
        run_rulebook(
            "cn/lists/tax-major",
            on=day,
            catalogue=opened.catalogue,
            home=opened.home,
            clock=opened.clock,
            actor="demo",
        )
        procedure = opened.catalogue.procedure(LISTING, day)
        plays = tuple(play())
        then = replace(office, clock=Clock(day))
        for case, act in zip(propose(procedure, then, day, limit=len(plays)), plays, strict=False):
            act(_Stage(office, _actors(opened, case.subject), today), case)
            played += 1
    return f"{played} candidates, from proposal to removal, and an objection"


def _years() -> Iterator[Play]:
    """One that is not listed, for what it said; one that is, and leaves early; others that stay."""
    yield lambda stage, case: stage.play(case, Act.SERVE_DECISION, decision=Outcome.NOT_LISTED, speak=True)
    yield _leaves_early
    for _ in range(2):
        yield lambda stage, case: stage.play(case, Act.PUBLISH)


def _stages() -> Iterator[Play]:
    """One for each stage."""
    yield lambda stage, case: None  # a candidate that nobody has looked at
    for act in (
        Act.REVIEW,
        Act.NOTIFY,
        Act.SERVE_NOTICE,
        Act.STATE,
        Act.DECIDE,
        Act.CONFIRM,
        Act.SERVE_DECISION,
    ):
        yield partial(_up_to, act)
    yield _disputed


def _up_to(act: Act, stage: _Stage, case: Case) -> None:
    stage.play(case, act)


def _disputed(stage: _Stage, case: Case) -> None:
    """The organisation objects to what its candidacy rests on; the objection waits for its decision."""
    procedure = stage.office.catalogue.procedure(OBJECTION, stage.today)
    first = procedure.stages[0]
    objection = open_about(
        case.grounds.order_by("pk")[0].record,
        procedure,
        stage.at(stage.today),
        first=Deed(first.act, stage.today, first.party),
        by=stage.actors[first.party],
        said=Said("The amount is another company's.", (("Order 36", ""),)),
    )
    stage.officials_of(objection).play(objection, Act.MARK)


def _leaves_early(stage: _Stage, case: Case) -> None:
    stage.play(case, Act.PUBLISH)
    entry = Record.objects.get(steps__case=case, steps__act=Act.SERVE_DECISION)
    procedure = stage.office.catalogue.procedure(DELISTING, stage.today)
    day = earliest(entry, procedure, stage.office)
    if day is None or day > stage.today:
        return
    first = procedure.stages[0]
    leaving = open_about(
        entry,
        procedure,
        stage.at(day),
        first=Deed(first.act, day, first.party),
        by=stage.actors[first.party],
        said=Said("Tax, late fee and fine are paid.", (("Order 54", ""),)),
    )
    stage.play(leaving, Act.LIFT, decision=Outcome.GRANTED)


def _actors(opened: Session, subject: Subject) -> dict[Party, Actor]:
    """Officials of the tax authority of the company's county, one above them, and a representative."""
    acting = mandate(
        f"demo-representative-{subject.identifier}",
        subject,
        from_on=_SINCE,
        to_on=_UNTIL,
        clock=opened.clock,
        actor="demo",
    )
    officials = _officials("cn/sta", subject.division, opened.clock)
    return {**officials, Party.SUBJECT: Actor(Party.SUBJECT, mandate=acting)}


def _officials(authority: str, place: str, clock: Clock) -> dict[Party, Actor]:
    """Officials of an authority in a county, and one above them."""

    def official(name: str, level: str) -> Appointment:
        return appoint(
            f"demo-{name}-{place}",
            authority,
            level=level,
            division=place,
            head=name == "head",
            from_on=_SINCE,
            to_on=_UNTIL,
            clock=clock,
            actor="demo",
        )

    first, head, above = (
        official("official", "county"),
        official("head", "county"),
        official("above", "provincial"),
    )
    return {
        Party.OFFICIAL: Actor(Party.OFFICIAL, first, head),
        Party.HEAD: Actor(Party.HEAD, head, first),
        Party.SUPERIOR: Actor(Party.SUPERIOR, above),
        Party.CLOCK: Actor(Party.CLOCK),
    }
