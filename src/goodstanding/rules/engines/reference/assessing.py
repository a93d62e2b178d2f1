"""The result: from facts and points to the grade, through bars and overrides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from goodstanding.core.reader import Access

from ...around import ALONE, Around
from ...force import check_day
from ...lines import Assessment, Status
from ...model import CANDIDATE, MEASURED, NONE, Bands, Interval, Quota, Rulebook, Total, invalid
from ...ranking import keeps
from ...records import Catalogue, Record, Subject
from .pointing import Pointing

SHOWN = (Status.MET, Status.UNKNOWN, Status.ABSENT)  # the order in which lines of one entry stand


class Case(Pointing):
    """One subject on one day, assessed."""

    def by_grading(self) -> set[str]:
        """The grades that are possible before bars and overrides; "" is no grade at all."""
        grading = self.rulebook.grading
        if self.rulebook.without_criteria:
            self.missing.add("criteria")
            return {CANDIDATE, NONE}
        if isinstance(grading, Total):
            assert self.total is not None
            return {MEASURED} if self.total.exact else {MEASURED, ""}
        possible: set[str] = set()
        if isinstance(grading, Bands):
            value = self.total if grading.of is None else self.values[grading.of]
            assert isinstance(value, Interval)
            possible = {one.grade for one in grading.bands if value.within(one.range) is not False}
            if value.within(grading.reach) is not True:
                possible.add("")
                if value.exact:
                    self.missing.add(grading.of or "points")
            return possible
        for step in grading.steps:
            answer = True if step.when is None else self.ask(step.when, "grades")
            if answer is not False:
                possible.add(step.grade)
            if answer is True:
                break
        return possible

    def ranked_by(self, quota: Quota) -> Interval:
        """The value that a quota ranks."""
        if quota.by is not None:
            return self.number(quota.by)
        assert self.total is not None
        return self.total

    def ranked(self, quota: Quota, possible: set[str]) -> set[str]:
        """The grades that a quota by rank leaves possible."""
        if quota.grade not in possible:
            return possible
        cut = self.around.cut_offs.get(quota.id)
        kept = None if cut is None else keeps(quota, self.ranked_by(quota), cut)
        if kept is None:
            self.missing.add(quota.id)
        lost = possible - {quota.grade} | {quota.otherwise}
        return possible if kept is True else lost if kept is False else possible | lost

    def before(self, place: int) -> set[str]:
        """The grades that are possible before the quota at that place; finds facts and total on the way."""
        self.find_facts()
        self.total = self.points() if self.rulebook.has_points else None
        possible = self.by_grading()
        for quota in self.rulebook.quotas[:place]:
            possible = self.ranked(quota, possible)
        return possible

    def assess(self) -> Assessment:
        """Everything, in the order in which a reader would."""
        rulebook = self.rulebook
        possible = self.before(len(rulebook.quotas))
        order = rulebook.grades
        for bar in rulebook.bars:
            answer = self.ask(bar.when, bar.id)
            best = order.index(bar.at_best)
            barred = {bar.at_best if one and order.index(one) < best else one for one in possible}
            possible = barred if answer is True else possible if answer is False else possible | barred
        for override in reversed(rulebook.overrides):
            answer = self.ask(override.when, override.id)
            if answer is not False:
                possible = {override.grade} | (set() if answer is True else possible)
        self.condition_lines()
        ordinal = {one.id: one.ordinal for one in rulebook.entries()}
        lines = sorted(
            self.lines,
            key=lambda one: (
                ordinal[one.rule],
                SHOWN.index(one.status),
                one.record_id is not None,
                one.record_id or 0,
            ),
        )
        told = len(possible) == 1 and possible != {""}
        return Assessment(
            subject_id=self.subject.subject_id,
            grade=next(iter(possible)) if told else None,
            possible=tuple(one for one in (*order, "") if one in possible),
            points=self.total,
            missing=() if told else tuple(sorted(self.missing)),
            lines=tuple(lines),
            access=max((one.access for one in lines), default=Access.PUBLIC),
        )


def assess(
    rulebook: Rulebook,
    catalogue: Catalogue,
    subject: Subject,
    records: Sequence[Record],
    on: date,
    around: Around = ALONE,
) -> Assessment:
    """Assess one subject on one day.

    Args:
        rulebook: a checked rulebook.
        catalogue: items by full path, for the slots of fields and for what absence means.
        subject: its kind must be one of the rulebook's.
        records: its own records, ended ones included (`counts_until`).
        on: the day; it must lie in the rulebook's time in force.
        around: results of other rulebooks, records of the group, cut-offs of quotas.

    Raises:
        Refusal: GS-RULES-021, 022 (catalogue), 026 (day), 032 (kind of subject).
    """
    check_day(rulebook, on)
    if subject.kind not in rulebook.subject_kinds:
        raise invalid(
            32,
            f"{rulebook.path} does not grade a subject of kind {subject.kind}",
            remedy="ask about one of " + ", ".join(rulebook.subject_kinds),
        )
    return Case(rulebook, catalogue, subject, records, on, around).assess()
