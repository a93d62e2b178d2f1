"""Cases of several lists, in every stage of a listing, and how entries end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from goodstanding.catalogue.procedure import Act
from goodstanding.cli.demo.reasons import SPARED, both
from goodstanding.cli.demo.stage import ONE, PROVINCE, Stagehand
from goodstanding.cli.session import Session
from goodstanding.ledger.models import Record
from goodstanding.procedures.deed import Outcome
from goodstanding.procedures.departing import with_code
from goodstanding.procedures.models import Case
from goodstanding.procedures.proposing import propose
from goodstanding.standing.running import run_rulebook

Play = Callable[[Stagehand, Case], object]
"""What is done with a case once it is open."""


@dataclass(frozen=True)
class Set:
    """Candidates of one list on one day, each with its play; `ago` in days before today."""

    list_id: str
    ago: int
    plays: tuple[Play, ...]


def play_sets(opened: Session, stage: Stagehand, sets: tuple[Set, ...]) -> int:
    """Let the rulebook of each list propose, and play what it proposed; returns how many cases."""
    played = 0
    for one in sets:
        cases = proposed(opened, stage, one.list_id, stage.today - timedelta(days=one.ago), len(one.plays))
        for case, play in zip(cases, one.plays, strict=False):
            play(stage, case)
            played += 1
    return played


def proposed(opened: Session, stage: Stagehand, list_id: str, day: date, limit: int) -> list[Case]:
    """Cases of the candidates that the rulebook of a list finds on a day."""
    run_rulebook(
        f"cn/lists/{list_id}",
        on=day,
        catalogue=opened.catalogue,
        home=opened.home,
        clock=opened.clock,
        actor="demo",
    )
    procedure = opened.catalogue.procedure(f"cn/listing/{list_id}", day)
    return propose(procedure, stage.at(day), day, limit=limit, place=PROVINCE)


def up_to(act: Act, *also: Act) -> Play:
    """A case that got as far as an act."""
    return lambda stage, case: stage.play(case, act, also=frozenset(also))


def not_listed(stage: Stagehand, case: Case) -> None:
    """What the company said was right."""
    stage.play(case, Act.SERVE_DECISION, decision=Outcome.NOT_LISTED, also=frozenset({Act.STATE}))


def dismissed(code: str) -> Play:
    """An official does not take the candidate up, for a reason with this code."""
    return lambda stage, case: stage.take(
        case,
        Act.REVIEW,
        stage.workday(case.opened_on + ONE),
        outcome=Outcome.DISMISSED,
        reasons=with_code(SPARED[code], code),
    )


def returned(stage: Stagehand, case: Case) -> None:
    """The authority above does not consent."""
    on = stage.play(case, Act.DECIDE)
    stage.take(
        case,
        Act.CONFIRM,
        on + ONE,
        outcome=Outcome.RETURNED,
        reasons=both("现有证据不足以支持该决定，退回。", "The evidence does not carry the decision."),
    )


def ends(path: str, why: str, *, after: int = 20, decision: Outcome = Outcome.GRANTED) -> Play:
    """An entry about whose end a case is opened, under another procedure, some days after its publication."""

    def play(stage: Stagehand, case: Case) -> None:
        on = stage.play(case, Act.PUBLISH) + timedelta(days=after)
        if on > stage.today:
            return
        procedure = stage.office.catalogue.procedure(path, on)
        asked = stage.ask_for(entry_of(case), procedure, on, why)
        until = Act.LIFT if decision is Outcome.GRANTED else Act.SERVE_DECISION
        stage.play(asked, until, decision=decision)

    return play


def entry_of(case: Case) -> Record:
    """The entry that a case's decision wrote."""
    return Record.objects.select_related("content__subject").get(
        steps__case=case, steps__act=Act.SERVE_DECISION
    )


_STAGES = (
    Act.REVIEW,
    Act.NOTIFY,
    Act.SERVE_NOTICE,
    Act.STATE,
    Act.ASK_HEARING,
    Act.DECIDE,
    Act.CONFIRM,
    Act.SERVE_DECISION,
    Act.PUBLISH,
)


def each_stage() -> Iterator[Play]:
    """One case for each stage, from a candidate that nobody has looked at to an entry in term."""
    yield lambda stage, case: None
    yield from (up_to(act) for act in _STAGES)
    yield up_to(Act.HOLD_HEARING, Act.STATE, Act.ASK_HEARING)
    yield dismissed("under-review")
    yield returned
    yield not_listed


_PAID = both(
    "税款、滞纳金、罚款均已缴清，违法行为已纠正，材料附后。",
    "Taxes, interest and fines are paid and the fault is mended; the documents are enclosed.",
)
SETS = (
    Set("tax-major", 1150, (up_to(Act.PUBLISH), up_to(Act.PUBLISH))),  # whose term is over by now
    Set(
        "tax-major",
        400,
        (
            ends("cn/delisting/tax-major", _PAID, after=190),
            ends("cn/delisting/tax-major", _PAID, after=190, decision=Outcome.REFUSED),
            ends(
                "cn/delisting/annulled",
                both(
                    "人民法院已判决撤销该决定，判决书附后。",
                    "A court annulled the decision; its judgment is enclosed.",
                ),
            ),
            ends(
                "cn/delisting/withdrawn",
                both("经自查发现列入对象错误。", "The authority found that it had listed the wrong company."),
            ),
            up_to(Act.PUBLISH),
        ),
    ),
    Set("market-serious", 200, (up_to(Act.PUBLISH),)),
    Set(  # what the page of discretion counts
        "social-insurance",
        90,
        (
            *(dismissed("put-right") for _ in range(5)),
            *(dismissed("minor") for _ in range(3)),
            *(dismissed("record-wrong") for _ in range(3)),
            *(up_to(Act.PUBLISH) for _ in range(4)),
            not_listed,
        ),
    ),
    Set("market-serious", 45, tuple(each_stage())),
    Set("tax-major", 45, tuple(each_stage())),
    Set("procurement", 45, (up_to(Act.REVIEW), up_to(Act.SERVE_NOTICE), up_to(Act.PUBLISH))),
    Set("wage-arrears", 30, (lambda stage, case: None, up_to(Act.NOTIFY), up_to(Act.DECIDE))),
)
