"""Assessments as the page shows them: the grade, and each line with its law and its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.model import Basis, Title
from goodstanding.portal import shelf
from goodstanding.portal.filepage.entries import Entries, anchor_of
from goodstanding.portal.language import Language
from goodstanding.portal.written import points_between
from goodstanding.standing.queries import AssessmentView, LineView


@dataclass(frozen=True)
class RecordLink:
    """Where the record of a line stands: its anchor, and the page of entries that holds it."""

    anchor: str
    page: int
    title: Title | None
    day: date | None


@dataclass(frozen=True)
class GradeLine:
    """A line. `points` is empty where it carries none; without `record` it rests on none that is shown."""

    rule: str
    title: Title
    points: str
    against: bool
    status: str
    basis: tuple[Basis, ...]
    record: RecordLink | None
    record_gone: bool


@dataclass(frozen=True)
class GradeView:
    """A rulebook's result. Without a grade it cannot be told, and `missing` says what is not known."""

    pack: str
    rulebook: str
    version: str
    title: Title
    on: date
    grade: str | None
    grade_title: Title | None
    points: str
    missing: tuple[Title, ...]
    unknown: tuple[tuple[Title, Title], ...]
    lines: tuple[GradeLine, ...]

    @property
    def outdated(self) -> bool:
        """Whether it rests on a record that has ended, or is shown no more, since it was worked out."""
        return any(one.record_gone for one in self.lines)


def read_grades(
    assessments: tuple[AssessmentView, ...], entries: Entries, *, per_page: int, lang: Language
) -> tuple[GradeView, ...]:
    """The assessments of a file, with links into its entries."""
    pages = {one.anchor: place // per_page + 1 for place, one in enumerate(entries.shown)}
    return tuple(_grade(one, pages, lang) for one in assessments)


def _grade(one: AssessmentView, pages: Mapping[str, int], lang: Language) -> GradeView:
    pack, _, name = one.rulebook.partition("/")
    has_points = one.points_low is not None or one.points_high is not None
    return GradeView(
        pack=pack,
        rulebook=name,
        version=str(one.version),
        title=one.title,
        on=one.on,
        grade=one.grade,
        grade_title=one.grade_title,
        points=points_between(one.points_low, one.points_high, lang) if has_points else "",
        missing=_titles(one.rulebook, str(one.version), one.missing),
        unknown=tuple(one.unknown),
        lines=tuple(_line(line, pages, lang) for line in one.lines),
    )


def _titles(path: str, version: str, ids: tuple[str, ...]) -> tuple[Title, ...]:
    shelved = shelf.rulebook_at(path, version)
    titles = {one.id: one.title for one in shelved.rulebook.entries()} if shelved else {}
    return tuple(titles.get(one, Title(one, one)) for one in ids)


def _line(line: LineView, pages: Mapping[str, int], lang: Language) -> GradeLine:
    record, gone = None, False
    if line.record_public_id is not None:
        anchor = anchor_of(line.record_public_id)
        if anchor in pages:
            item = shelf.item_at(line.item) if line.item else None
            record = RecordLink(anchor, pages[anchor], item.title if item else None, line.decided_on)
        else:
            gone = True
    bounds = [one for one in (line.points_low, line.points_high) if one is not None]
    return GradeLine(
        rule=line.rule,
        title=line.title,
        points=points_between(line.points_low, line.points_high, lang, signed=True) if any(bounds) else "",
        against=any(one < 0 for one in bounds),
        status=str(line.status),
        basis=line.basis,
        record=record,
        record_gone=gone,
    )
