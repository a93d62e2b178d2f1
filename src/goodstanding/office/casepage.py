"""Everything about a case on one page, as one of its parties may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.acts import TITLES
from goodstanding.catalogue.model import Basis, Title
from goodstanding.catalogue.procedure import Act, Party, Procedure, Stage
from goodstanding.office.grounds import GroundLine, grounds_of
from goodstanding.office.queries import names_of_officials
from goodstanding.office.workplace import calendar_of, day_in, working_days, workplace
from goodstanding.portal.language import Language
from goodstanding.procedures.course import Course
from goodstanding.procedures.effects import reference
from goodstanding.procedures.models import Case, Deadline, Step
from goodstanding.procedures.queries import RIGHTS, Viewer, deadlines_of
from goodstanding.procedures.steps import course_of

_UNTIL_SERVED = {
    Act.REVIEW: Act.SERVE_NOTICE,
    Act.NOTIFY: Act.SERVE_NOTICE,
    Act.DECIDE: Act.SERVE_DECISION,
    Act.CONFIRM: Act.SERVE_DECISION,
}
"""What the organisation is told when it is served, and not before."""


@dataclass(frozen=True)
class StepLine:
    """A step taken. `told` is false to the organisation while what was written is not served."""

    step: Step
    title: Title
    by: tuple[str, ...]
    basis: tuple[Basis, ...]
    told: bool


@dataclass(frozen=True)
class DeadlineLine:
    """A deadline with its trail. `right`: a term of the organisation; `late`: working days over it, 0 if none."""

    deadline: Deadline
    title: Title
    not_counted: tuple[tuple[date, str], ...]
    done: bool
    right: bool
    late: int


@dataclass(frozen=True)
class CasePage:
    """A case as a viewer sees it."""

    case: Case
    reference: str
    procedure: Procedure
    course: Course
    today: date
    grounds: tuple[GroundLine, ...]
    steps: tuple[StepLine, ...]
    deadlines: tuple[DeadlineLine, ...]
    next: tuple[Stage, ...]


def case_page(case: Case, viewer: Viewer, lang: Language) -> CasePage:
    """What a party sees. Raises GS-CASE-020 where the version of its procedure is not here."""
    pack = case.procedure.path.split("/")[0]
    office, today = workplace(pack), day_in(pack)
    procedure = office.procedure(case.procedure.digest)
    course = course_of(case, procedure)
    as_official = bool(viewer.appointments)
    steps = _steps(case, procedure, course, as_official=as_official)
    noticed = as_official or course.done(Act.SERVE_NOTICE) is not None or course.done(Act.APPLY) is not None
    return CasePage(
        case,
        reference(case),
        procedure,
        course,
        today,
        grounds_of(case) if noticed else (),
        steps,
        _deadlines(case, course, today, lang),
        course.next(today),
    )


def _steps(case: Case, procedure: Procedure, course: Course, *, as_official: bool) -> tuple[StepLine, ...]:
    names = names_of_officials(case)
    return tuple(
        _step(one, procedure, course, names, as_official=as_official)
        for one in case.steps.select_related("appointment", "second").order_by("number")
    )


def _step(
    step: Step, procedure: Procedure, course: Course, names: dict[str, str], *, as_official: bool
) -> StepLine:
    act = Act(step.act)
    stage = procedure.stage(act)
    officials = [one.account for one in (step.appointment, step.second) if one is not None]
    waits = _UNTIL_SERVED.get(act)
    served = waits is None or procedure.stage(waits) is None or course.done(waits) is not None
    return StepLine(
        step,
        stage.title if stage else TITLES[act],
        tuple(names[one] for one in officials if one in names),
        tuple(Basis(instrument, article) for instrument, article in step.basis),
        as_official or served or course.closed,
    )


def _deadlines(case: Case, course: Course, today: date, lang: Language) -> tuple[DeadlineLine, ...]:
    calendar = calendar_of(case.procedure.path.split("/")[0])
    lines = []
    for one in deadlines_of(case):
        act = Act(one.act)
        stage = course.procedure.stage(act)
        done, right = course.done(act) is not None or course.closed, act in RIGHTS
        skipped = tuple(
            (date.fromisoformat(day), calendar.title(why, lang.value)) for day, why in one.not_counted
        )
        late = 0 if done or right else working_days(calendar, one.last, today)
        lines.append(DeadlineLine(one, stage.title if stage else TITLES[act], skipped, done, right, late))
    return tuple(lines)


def for_party(stage: Stage) -> bool:
    """Whether a person takes this stage: neither the machine nor the clock."""
    return stage.party not in (Party.MACHINE, Party.CLOCK)
