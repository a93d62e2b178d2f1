"""An assessment and its lines as a reader may see them: what is closed to the reader is left out, and said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.model import Basis, Title
from goodstanding.core.reader import Reader
from goodstanding.ledger.covering import coverage_at
from goodstanding.ledger.models import Content
from goodstanding.ledger.visibility import visible_to
from goodstanding.rules import Assessment as Result
from goodstanding.rules import Line, closed_to, digest, shut_off
from goodstanding.rules.engines.workings import Workings
from goodstanding.rules.model import Entry, Rulebook
from goodstanding.standing.models import Run
from goodstanding.standing.undelivered import Undelivered, missing_for


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
    """A rulebook's result for a subject. Without a grade it cannot be told; `missing` names why not.

    Without `run` it was worked out for this view alone. `workings` are the steps to the result, where they
    were asked for, the reader may see all that it rests on, and the same result came out again. `undelivered` names
    the deliveries for want of which it cannot be told.
    """

    rulebook: str
    version: date
    digest: str
    title: Title
    on: date
    position: int
    run: UUID | None
    grade: str | None
    grade_title: Title | None
    points_low: int | None
    points_high: int | None
    possible: tuple[str, ...]
    missing: tuple[str, ...]
    missing_titles: tuple[Title, ...]
    closed: bool
    untranslatable: tuple[tuple[Title, Title], ...]
    lines: tuple[LineView, ...]
    workings: Workings | None = None
    undelivered: tuple[Undelivered, ...] = ()


def view_of(
    full: Result,
    rulebook: Rulebook,
    reader: Reader,
    *,
    on: date,
    position: int,
    run: Run | None,
    workings: Workings | None,
    shut: bool,
    catalogue: Catalogue,
) -> AssessmentView:
    """A result as the reader may see it; `shut` where what is closed to the reader may have had a part in it."""
    closed = shut or full.access > reader.access
    one = shut_off(full) if shut else closed_to(full, reader.access)
    entries = {entry.id: entry for entry in rulebook.entries()}
    contents = visible_to(reader).filter(record_id__in=[line.record_id for line in one.lines])
    records = {content.pk: content for content in contents.select_related("record", "item")}
    return AssessmentView(
        rulebook=rulebook.path,
        version=rulebook.in_force_from,
        digest=run.rulebook_digest if run else digest(rulebook),
        title=rulebook.title,
        on=on,
        position=position,
        run=run.public_id if run else None,
        grade=one.grade,
        grade_title=dict(rulebook.grade_titles).get(one.grade or ""),
        points_low=one.points.low if one.points else None,
        points_high=one.points.high if one.points else None,
        possible=one.possible,
        missing=one.missing,
        missing_titles=tuple(
            entries[each].title if each in entries else Title(each, each) for each in one.missing
        ),
        closed=closed,
        untranslatable=tuple((rule.title, rule.reason) for rule in rulebook.untranslatable),
        lines=tuple(_line(line, entries[line.rule], records) for line in one.lines),
        workings=workings,
        undelivered=missing_for(one, rulebook, catalogue, on, coverage_at(position, catalogue))
        if one.missing
        else (),
    )


def _line(line: Line, entry: Entry, records: Mapping[int, Content]) -> LineView:
    content = records.get(line.record_id) if line.record_id else None
    return LineView(
        rule=entry.id,
        title=entry.title,
        points_low=line.points.low if line.points else None,
        points_high=line.points.high if line.points else None,
        status=line.status.value,
        basis=entry.basis,
        uncertain=entry.uncertain,
        record_public_id=content.record.public_id if content else None,
        item=content.item.path if content else None,
        decided_on=content.decided_on if content else None,
    )
