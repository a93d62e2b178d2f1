"""Reads of standing, as a reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max

from goodstanding.catalogue.model import Basis, Title
from goodstanding.core.reader import Reader
from goodstanding.ledger.models import Content
from goodstanding.rules.model import Entry, Rulebook
from goodstanding.rules.shelf import Shelf
from goodstanding.standing.models import Assessment, AssessmentLine, Run


@dataclass(frozen=True)
class LineView:
    """A line with its law and its record. A closed line shows its rule alone."""

    rule: str
    title: Title
    points_low: int | None
    points_high: int | None
    status: str
    basis: tuple[Basis, ...]
    uncertain: bool
    record_public_id: UUID | None
    item: str | None
    decided_on: date | None


@dataclass(frozen=True)
class AssessmentView:
    """A rulebook's result for a subject. Without a grade it cannot be told; `missing` names why not."""

    rulebook: str
    version: date
    digest: str
    title: Title
    on: date
    position: int
    run: UUID
    grade: str | None
    grade_title: Title | None
    points_low: int | None
    points_high: int | None
    possible: tuple[str, ...]
    missing: tuple[str, ...]
    closed: bool
    unknown: tuple[tuple[Title, Title], ...]
    lines: tuple[LineView, ...]


def newest_runs(position: int | None = None) -> list[Run]:
    """The newest run of each rulebook, at or before a position."""
    runs = (
        Run.objects.all() if position is None else Run.objects.filter(event__position__number__lte=position)
    )
    newest = runs.order_by().values("rulebook").annotate(newest=Max("id")).values_list("newest", flat=True)
    return list(Run.objects.filter(pk__in=list(newest)).order_by("rulebook"))


def assessments_of(
    subject: int, shelf: Shelf, reader: Reader, position: int | None = None
) -> tuple[AssessmentView, ...]:
    """The newest assessment of a subject by each rulebook, at or before a position.

    What is not on the shelf cannot be explained and is not shown.
    """
    rulebooks = shelf.by_digest()
    runs = {run.pk: run for run in newest_runs(position)}
    found = Assessment.objects.filter(subject_id=subject, run_id__in=runs).order_by("run__rulebook")
    lines: dict[int, list[AssessmentLine]] = {}
    for line in AssessmentLine.objects.filter(subject_id=subject, run_id__in=runs).order_by("id"):
        lines.setdefault(line.run_id, []).append(line)
    views = []
    for one in found:
        run = runs[one.run_id]
        rulebook = rulebooks.get(run.rulebook_digest)
        if rulebook is not None:
            views.append(_view(one, run, rulebook, lines.get(one.run_id, []), reader))
    return tuple(views)


def _view(
    one: Assessment, run: Run, rulebook: Rulebook, lines: list[AssessmentLine], reader: Reader
) -> AssessmentView:
    closed = one.access > reader.access
    entries = {entry.id: entry for entry in rulebook.entries()}
    records = {
        content.pk: content
        for content in Content.objects.filter(
            record_id__in=[line.record_id for line in lines if line.record_id], access__lte=reader.access
        ).select_related("record", "item")
    }
    return AssessmentView(
        rulebook=run.rulebook,
        version=run.in_force_from,
        digest=run.rulebook_digest,
        title=rulebook.title,
        on=run.on,
        position=run.position,
        run=run.public_id,
        grade=None if closed else one.grade,
        grade_title=None if closed else dict(rulebook.grade_titles).get(one.grade or ""),
        points_low=None if closed else one.points_low,
        points_high=None if closed else one.points_high,
        possible=() if closed else tuple(one.possible),
        missing=() if closed else tuple(one.missing),
        closed=closed,
        unknown=tuple((rule.title, rule.reason) for rule in rulebook.unknown),
        lines=tuple(_line(line, entries[line.rule], records, reader) for line in lines),
    )


def _line(line: AssessmentLine, entry: Entry, records: dict[int, Content], reader: Reader) -> LineView:
    closed = line.access > reader.access
    content = records.get(line.record_id) if line.record_id and not closed else None
    return LineView(
        rule=entry.id,
        title=entry.title,
        points_low=None if closed else line.points_low,
        points_high=None if closed else line.points_high,
        status="closed" if closed else line.status,
        basis=entry.basis,
        uncertain=entry.uncertain,
        record_public_id=content.record.public_id if content else None,
        item=content.item.path if content else None,
        decided_on=content.decided_on if content else None,
    )


def one_with_lines() -> UUID | None:
    """The public id of a subject that a newest run says something about: an example to read."""
    runs = [run.pk for run in newest_runs()]
    line = (
        AssessmentLine.objects.filter(run_id__in=runs, record__isnull=False, access=0)
        .select_related("subject")
        .order_by("id")
        .first()
    )
    return line.subject.public_id if line else None
