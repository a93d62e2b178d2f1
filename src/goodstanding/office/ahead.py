"""What comes next in each case of a page: the act that its procedure allows or owes, who must take it, and by when.

Read for all cases of the page by one statement; the course of each is worked out from its steps, as its own page does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goodstanding.catalogue.acts import TITLES
from goodstanding.catalogue.model import Title
from goodstanding.catalogue.procedure import Act, Party, Stage
from goodstanding.core.errors import Refusal
from goodstanding.office.capacity import may_prepare
from goodstanding.office.statements import columns, fields, made, row_of
from goodstanding.office.workplace import day_in, workplace
from goodstanding.portal import shelf
from goodstanding.procedures.course import Course
from goodstanding.procedures.models import Case, Deadline, Step
from goodstanding.procedures.queries import RIGHTS, Viewer, newest_of
from goodstanding.procedures.steps import course_from


class Whose(StrEnum):
    """Who must act next, as the reader of the page sees it."""

    YOURS = "yours"
    ORGANISATION = "organisation"  # and the reader does not act for it
    COLLEAGUE = "colleague"  # of the office that keeps the list, by another of its officials
    ABOVE = "above"  # another authority
    AUTHORITY = "authority"  # to the organisation all offices are one
    ITSELF = "itself"  # on its day, without anyone


@dataclass(frozen=True)
class Ahead:
    """What comes next in a case.

    Attributes:
        title: of the act.
        whose: who takes it.
        until: its last day; None where no term runs for it. Of what comes by itself, its day.
        owed: what falls due first in the case, where that is another act.
    """

    title: Title
    whose: Whose
    until: date | None
    owed: Title | None


_STEP = fields(
    Step, "id case_id number act on party outcome served_on open_until effective_from effective_to"
)
_DEADLINE = fields(Deadline, "id case_id act last")
STATEMENT = f"""
SELECT (SELECT json_agg(json_build_array({columns(_STEP, "t")}) ORDER BY t.case_id, t.number)
        FROM procedures_step t WHERE t.case_id = ANY (%(cases)s::bigint[])),
    (SELECT json_agg(json_build_array({columns(_DEADLINE, "d")}) ORDER BY d.id)
        FROM procedures_deadline d WHERE d.case_id = ANY (%(cases)s::bigint[]))
"""


def ahead_in(cases: Iterable[Case], viewer: Viewer) -> dict[int, Ahead]:
    """Case → what comes next in it, as it stands today; nothing of a case that is over, or whose procedure is not here.

    Args:
        cases: each with its procedure's version.
    """
    wanted = list(cases)
    row = row_of(STATEMENT, {"cases": [one.pk for one in wanted]}) if wanted else None
    rows, terms = (one or [] for one in row) if row else ([], [])
    steps: dict[int, list[Step]] = {}
    for step in made(Step, _STEP, rows):
        steps.setdefault(step.case_id, []).append(step)
    deadlines: dict[int, list[Deadline]] = {}
    for deadline in made(Deadline, _DEADLINE, terms):
        deadlines.setdefault(deadline.case_id, []).append(deadline)
    found = (
        (one.pk, _ahead(one, steps.get(one.pk, []), deadlines.get(one.pk, []), viewer)) for one in wanted
    )
    return {case: each for case, each in found if each is not None}


def _ahead(case: Case, steps: list[Step], deadlines: list[Deadline], viewer: Viewer) -> Ahead | None:
    pack, digest = case.procedure.path.split("/")[0], case.procedure.digest
    try:
        procedure = shelf.procedure_by_digest(digest) or workplace(pack).procedure(digest)
    except Refusal:
        return None  # its page says so, with what to do
    course, today = course_from(procedure, steps, deadlines), day_in(pack)
    stage = None if course.closed else next_stage(course, today)
    if stage is None:
        return None
    terms = list(_running(deadlines, course, today))
    until = next((one.last for one in terms if one.act == stage.act), None)
    if stage.party is Party.CLOCK:
        until = next((one.effective_to for one in reversed(course.deeds) if one.effective_to), None)
    first = terms[0].act if terms else stage.act
    owed = None if first == stage.act else _title(course, Act(first))
    return Ahead(stage.title, _whose(stage, case, course, viewer), until, owed)


def next_stage(course: Course, today: date) -> Stage | None:
    """Of what can come on a day, what must: else what the organisation asked for, else what it may do; while a term
    runs that nobody can shorten, what it is waited for."""
    possible = course.next(today)
    must = [one for one in possible if not one.optional and one.act not in RIGHTS]
    heard = [one for one in possible if one.act is Act.HOLD_HEARING and course.done(Act.ASK_HEARING)]
    rights = [one for one in possible if one.act in RIGHTS and course.done(one.act) is None]
    left = (
        one
        for one in course.procedure.stages
        if not one.optional and one.act not in RIGHTS and not course.done(one.act)
    )
    return next(iter([*must, *heard, *rights, *left, *possible]), None)


def _running(deadlines: list[Deadline], course: Course, today: date) -> Iterator[Deadline]:
    """The terms that run in a case, the earliest first: what is owed until it is done, a right until it is over."""
    for one in newest_of(deadlines):
        right = one.act in RIGHTS
        over = right and (one.last < today or course.done(Act.DECIDE) is not None)
        if course.done(Act(one.act)) is None and not over:
            yield one


def _whose(stage: Stage, case: Case, course: Course, viewer: Viewer) -> Whose:
    if stage.party in (Party.CLOCK, Party.MACHINE, Party.LAW):
        return Whose.ITSELF
    if stage.party is Party.SUBJECT:
        own = any(one.subject_id == case.subject_id for one in viewer.mandates)
        return Whose.YOURS if own else Whose.ORGANISATION
    if not viewer.appointments:
        return Whose.AUTHORITY
    if may_prepare(stage, case, course.procedure, viewer) is not None:
        return Whose.YOURS
    return Whose.ABOVE if stage.party is Party.SUPERIOR else Whose.COLLEAGUE


def _title(course: Course, act: Act) -> Title:
    stage = course.procedure.stage(act)
    return stage.title if stage else TITLES[act]
