"""How the reference engine came to a result: values of facts, start, sections, and what decided the grade.

Nothing is worked out here that the engine does not work out: its own steps are noted while it takes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..around import ALONE, Around
from ..force import check_day
from ..lines import Assessment
from ..model import AnyRule, Bands, Interval, Kind, Ladder, Quota, Rule, Rulebook
from ..records import Catalogue, Record, Subject
from .reference import Case, added, clip

Value = Interval | str
"""What is known of a fact: an interval of a number, or a code."""


@dataclass(frozen=True)
class SectionSum:
    """The points of a section's rules: summed, and kept between its bounds. Without id: rules of no section."""

    section: str | None
    summed: Interval
    kept: Interval


@dataclass(frozen=True)
class Share:
    """The points of a rule that gives them by a condition or by a fact."""

    rule: str
    points: Interval


@dataclass(frozen=True)
class Workings:
    """The steps from facts and points to the grade; points in hundredths.

    `given` are the rules that have no records of their own: by a condition, or by a fact, which is one of `facts`.
    `start`, `sections`, `summed` (start and sections together) and `total` (between floor and ceiling) are
    None or empty where the rulebook has no total. `place` is the band or step of the table that holds, from 0;
    None where none surely does, and for a list, which has no table: `criteria` says of its exceptions and criteria,
    in the order in which they are asked, which are met, not met, or cannot be told (None). `ranked` says of each
    quota by rank whose grade the subject may have got before, whether it keeps it. `bars` are the ids of the bars
    that are met; `override` is the one that decides.
    """

    assessment: Assessment
    facts: tuple[tuple[str, Value], ...]
    given: tuple[Share, ...]
    start: Interval | None
    sections: tuple[SectionSum, ...]
    summed: Interval | None
    total: Interval | None
    place: int | None
    ranked: tuple[tuple[str, bool | None], ...]
    bars: tuple[str, ...]
    override: str | None
    criteria: tuple[tuple[str, bool | None], ...] = ()


class _Noting(Case):
    """A case that notes each rule's share of the total."""

    def __init__(
        self,
        rulebook: Rulebook,
        catalogue: Catalogue,
        subject: Subject,
        records: Sequence[Record],
        on: date,
        around: Around = ALONE,
    ) -> None:
        super().__init__(rulebook, catalogue, subject, records, on, around)
        self.shares: dict[str, Interval] = {}
        self.kept: dict[str, bool | None] = {}

    def ranked(self, quota: Quota, possible: set[str]) -> set[str]:
        found = super().ranked(quota, possible)
        if quota.grade in possible:
            self.kept[quota.id] = True if found is possible else None if quota.grade in found else False
        return found

    def rule_points(self, rule: AnyRule) -> Interval:
        share = super().rule_points(rule)
        self.shares[rule.id] = share
        return share

    def sections(self) -> tuple[SectionSum, ...]:
        """Each section that has a rule, in the order of the rulebook; first the rules of none."""
        found = []
        for section in (None, *self.rulebook.sections):
            rules = [one for one in self.rulebook.rules if one.section == (section.id if section else None)]
            if not rules:
                continue
            summed = added(*(self.shares[one.id] for one in rules))
            kept = clip(summed, section.at_least, section.at_most) if section else summed
            found.append(SectionSum(section.id if section else None, summed, kept))
        return tuple(found)

    def place(self) -> int | None:
        """The band or step that surely holds, before bars and overrides."""
        if self.rulebook.kind is Kind.LIST:
            return None
        grading = self.rulebook.grading
        if isinstance(grading, Bands):
            value = self.total if grading.of is None else self.values[grading.of]
            answers = [
                value.within(one.range) if isinstance(value, Interval) else None for one in grading.bands
            ]
            return answers.index(True) if True in answers else None
        for place, step in enumerate(grading.steps if isinstance(grading, Ladder) else ()):
            answer = True if step.when is None else self.ask(step.when, "grades")
            if answer is not False:
                return place if answer else None
        return None

    def criteria(self) -> tuple[tuple[str, bool | None], ...]:
        """The answers of a list's exceptions and criteria; none for another kind of rulebook."""
        if self.rulebook.kind is not Kind.LIST:
            return ()
        return tuple((one.id, self.ask(one.when, one.id)) for one in self.rulebook.overrides)

    def override(self) -> str | None:
        """The first override that is met, if none before it may be."""
        for one in self.rulebook.overrides:
            answer = self.ask(one.when, one.id)
            if answer is not False:
                return one.id if answer else None
        return None


def work_out(
    rulebook: Rulebook,
    catalogue: Catalogue,
    subject: Subject,
    records: Sequence[Record],
    on: date,
    around: Around = ALONE,
) -> Workings:
    """Assess one subject by the reference engine and keep the steps. Arguments as `reference.assess`.

    Raises:
        Refusal: GS-RULES-021, 022 (catalogue), 026 (day).
    """
    check_day(rulebook, on)
    case = _Noting(rulebook, catalogue, subject, records, on, around)
    assessment = case.assess()
    start = case.started() if rulebook.has_points else None
    sections = case.sections() if rulebook.has_points else ()
    return Workings(
        assessment=assessment,
        facts=tuple((one.id, case.values[one.id]) for one in rulebook.facts),
        given=tuple(
            Share(one.id, case.shares[one.id])
            for one in rulebook.rules
            if one.id in case.shares and not isinstance(one, Rule)
        ),
        start=start,
        sections=sections,
        summed=None if start is None else added(start, *(one.kept for one in sections)),
        total=assessment.points,
        place=case.place(),
        ranked=tuple(case.kept.items()),
        bars=tuple(one.id for one in rulebook.bars if case.ask(one.when, one.id)),
        override=case.override(),
        criteria=case.criteria(),
    )
