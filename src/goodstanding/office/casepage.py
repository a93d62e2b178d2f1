"""Everything about a case on one page, as one of its parties may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goodstanding.catalogue.acts import TITLES
from goodstanding.catalogue.model import Basis, Title
from goodstanding.catalogue.procedure import Act, CaseKind, Party, Procedure, Stage
from goodstanding.office.alerts.reach import Told, not_reached, told_in_case
from goodstanding.office.grounds import GroundLine, grounds_of
from goodstanding.office.naming import newest_name
from goodstanding.office.reading import CaseRows, DraftLine, GoneLine, UploadLine, rows_of_case
from goodstanding.office.workplace import calendar_of, day_in, working_days, workplace
from goodstanding.portal import shelf
from goodstanding.portal.citing import laws_kept, places_of
from goodstanding.portal.language import Language
from goodstanding.procedures.commitments import Commitment, commitment_of
from goodstanding.procedures.course import Course
from goodstanding.procedures.effects import reference
from goodstanding.procedures.models import Case, Deadline, Promise, Step
from goodstanding.procedures.queries import RIGHTS, Viewer, newest_of
from goodstanding.procedures.steps import course_from

UNTIL_SERVED = {
    Act.REVIEW: Act.SERVE_NOTICE,
    Act.NOTIFY: Act.SERVE_NOTICE,
    Act.DECIDE: Act.SERVE_DECISION,
    Act.CONFIRM: Act.SERVE_DECISION,
}
"""What the organisation is told when it is served, and not before."""


@dataclass(frozen=True)
class StepLine:
    """A step taken. `told` is false to the organisation while what was written is not served.

    `documented`: a document was drawn up, which has a page of its own.
    """

    step: Step
    title: Title
    by: tuple[str, ...]
    basis: tuple[Basis, ...]
    told: bool
    documented: bool


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
    """A case as a viewer sees it. `drafts` are shown to its officials alone."""

    case: Case
    name: str
    reference: str
    procedure: Procedure
    course: Course
    today: date
    grounds: tuple[GroundLine, ...]
    steps: tuple[StepLine, ...]
    deadlines: tuple[DeadlineLine, ...]
    next: tuple[Stage, ...]
    drafts: tuple[DraftLine, ...]
    uploads: tuple[UploadLine, ...]
    forgotten: tuple[GoneLine, ...]
    told: tuple[Told, ...]
    commitment: Commitment | None = None
    gone_on: date | None = None

    @property
    def promises(self) -> tuple[Promise, ...]:
        """What was promised, in its order; nothing in other cases."""
        return tuple(one.promise for one in self.commitment.lines) if self.commitment else ()

    @property
    def missed(self) -> bool:
        """Whether the organisation was not reached by what it was to be told last, while the case goes on."""
        return not self.course.closed and not_reached(self.told)

    @property
    def speaks(self) -> bool:
        """Whether the organisation may still use a right that it has not used."""
        return any(one.act in RIGHTS and self.course.done(one.act) is None for one in self.next)

    @property
    def untold(self) -> bool:
        """Whether a notice was served of which nothing was told yet."""
        return not self.course.closed and not self.told and self.course.done(Act.SERVE_NOTICE) is not None


def case_page(public_id: UUID, viewer: Viewer, lang: Language) -> CasePage | None:
    """What a party sees; None to whoever is none.

    Raises:
        Refusal: GS-CASE-020 where the version of its procedure is not here.
    """
    rows = rows_of_case(viewer, public_id)
    if rows is None:
        return None
    case, pack = rows.case, rows.case.procedure.path.split("/")[0]
    digest = case.procedure.digest
    procedure = shelf.procedure_by_digest(digest) or workplace(pack).procedure(digest)
    today = day_in(pack)
    course = course_from(procedure, rows.steps, rows.deadlines)
    as_official = bool(viewer.appointments)
    noticed = as_official or course.done(Act.SERVE_NOTICE) is not None or course.done(Act.APPLY) is not None
    return CasePage(
        case,
        newest_name(lang, rows.names) or case.subject.identifier,
        reference(case),
        procedure,
        course,
        today,
        grounds_of(case.authority, rows.evidence) if noticed else (),
        _steps(rows, procedure, course, as_official=as_official),
        _deadlines(rows, course, today, lang),
        course.next(today),
        rows.drafts,
        tuple(one for one in rows.uploads if one.kept_until > today),
        rows.forgotten,
        told_in_case(case.pk, today),
        commitment_of(case, procedure, today, public=False, taken=rows.steps),
        rows.gone_on,
    )


def _steps(
    rows: CaseRows, procedure: Procedure, course: Course, *, as_official: bool
) -> tuple[StepLine, ...]:
    lines = []
    for step, by, documented in zip(rows.steps, rows.signed, rows.documented, strict=True):
        act = Act(step.act)
        stage = procedure.stage(act)
        waits = (
            None if procedure.kind is CaseKind.COMMITMENT else UNTIL_SERVED.get(act)
        )  # the organisation began it
        served = waits is None or procedure.stage(waits) is None or course.done(waits) is not None
        lines.append(
            StepLine(
                step,
                stage.title if stage else TITLES[act],
                by,
                laws_kept(step.basis, places_of(procedure, act)),
                as_official or served or course.closed,
                documented,
            )
        )
    return tuple(lines)


def _deadlines(rows: CaseRows, course: Course, today: date, lang: Language) -> tuple[DeadlineLine, ...]:
    calendar = calendar_of(rows.case.procedure.path.split("/")[0])
    lines = []
    for one in newest_of(rows.deadlines):
        act = Act(one.act)
        stage = course.procedure.stage(act)
        taken, right = course.done(act), act in RIGHTS
        silent = taken is not None and taken.party is Party.LAW
        done = not silent and (taken is not None or course.closed)
        skipped = tuple(
            (date.fromisoformat(day), calendar.title(why, lang.value)) for day, why in one.not_counted
        )
        late = 0 if done or right else working_days(calendar, one.last, today)
        if silent and taken is not None:
            late = max(1, working_days(calendar, one.last, taken.on))
        lines.append(DeadlineLine(one, stage.title if stage else TITLES[act], skipped, done, right, late))
    return tuple(lines)


def for_party(stage: Stage) -> bool:
    """Whether a person takes this stage: neither the machine nor the clock."""
    return stage.party not in (Party.MACHINE, Party.CLOCK)
