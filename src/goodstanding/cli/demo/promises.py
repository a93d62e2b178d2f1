"""Commitments in each of their ends: kept, kept in part, broken, due to be checked, and open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef

from goodstanding.catalogue.procedure import Act, Party
from goodstanding.cli.demo.stage import ONE, PROVINCE, Stagehand
from goodstanding.ledger.models import Content, Subject
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.models import Case
from goodstanding.procedures.promising import Promised
from goodstanding.procedures.steps import Said, open_case

PROCEDURE = "cn/commitment/national"
_GIVEN = 60
"""Days before the first promise is due."""


@dataclass(frozen=True)
class _Play:
    """Before whom; in how many days from today the promises are due; what is found of each, and what follows."""

    authority: str
    due: int
    found: tuple[Outcome, ...] = ()
    follows: Outcome = Outcome.SPARED


_KEPT, _PARTLY, _BROKEN = (Outcome.KEPT, Outcome.KEPT), (Outcome.KEPT, Outcome.BROKEN), (Outcome.BROKEN,) * 2
_PLAYS = (
    _Play("cn/samr", -120, _KEPT),
    _Play("cn/mohrss", -40, _KEPT),
    _Play("cn/samr", -90, _BROKEN, Outcome.BARRED),
    _Play("cn/mohrss", -60, _PARTLY, Outcome.ENTERED),
    _Play("cn/mohrss", -100, _PARTLY, Outcome.SPARED),
    _Play("cn/samr", -1),
    _Play("cn/samr", 30),
)


def play_commitments(stage: Stagehand) -> int:
    """Play them, each by a company of its own; returns how many."""
    played = 0
    for play, subject in zip(_PLAYS, _companies(), strict=False):
        case = _given(stage, play, subject)
        stage.play(case, Act.PUBLISH)
        if play.found:
            _found(stage, case, play)
        played += 1
    return played


def _given(stage: Stagehand, play: _Play, subject: Subject) -> Case:
    due = stage.today + timedelta(days=play.due)
    on = stage.workday(due - timedelta(days=_GIVEN))
    procedure = stage.office.catalogue.procedure(PROCEDURE, on)
    items = (
        Promised(
            due - timedelta(days=20),
            "企业公示系统 By the register of annual reports",
            en="The annual report that was missing is filed, and stays open to everyone.",
            zh="补报逾期未报的年度报告并向社会公示。",
            law=(("企业信息公示暂行条例", "8"),),
        ),
        Promised(
            due,
            "现场检查 By a visit",
            en="The fault that the last inspection named is mended at every site.",
            zh="对上次检查指出的问题，在全部场所完成整改。",
        ),
    )
    return open_case(
        procedure,
        subject,
        stage.at(on),
        first=Deed(Act.APPLY, on, Party.SUBJECT),
        by=stage.actor(Party.SUBJECT, play.authority, subject),
        said=Said(text=f"# {procedure.title.zh} {procedure.title.en}\n", promises=items),
        authority=play.authority,
    )


def _found(stage: Stagehand, case: Case, play: _Play) -> None:
    """An official checks; where something was not kept the company may answer, and it is decided what follows."""
    on = stage.workday(stage.today + timedelta(days=play.due + 3))
    stage.take(case, Act.KEEP, on, findings=play.found, reasons="The register and every site were looked at.")
    if play.found == _KEPT:
        return
    on = stage.workday(on + ONE)
    stage.take(case, Act.SERVE_NOTICE, on)
    until = case.steps.get(act=Act.SERVE_NOTICE).open_until or on
    if play.follows is Outcome.SPARED:
        stage.take(
            case, Act.STATE, on + ONE, reasons="The site was closed by flood; the fault is mended since."
        )
    on = stage.workday(until + ONE)
    why = "What was promised was not done by its day."
    if play.follows is Outcome.SPARED:
        why = "The flood was not the company's; the fault is mended."
    stage.take(case, Act.FOLLOW, on, outcome=play.follows, reasons=why)
    stage.take(case, Act.SERVE_DECISION, on)


def _companies() -> Iterator[Subject]:
    """Companies of the province of which there is a record and no case, by the order in which records came."""
    own = Case.objects.filter(subject=OuterRef("subject"))
    found = Content.objects.filter(
        subject__division__startswith=PROVINCE, subject__kind="enterprise", item__path__endswith="inspection"
    ).exclude(Exists(own))
    seen: set[int] = set()
    for one in found.select_related("subject").order_by("record_id")[:200]:
        if one.subject_id not in seen:
            seen.add(one.subject_id)
            yield one.subject
