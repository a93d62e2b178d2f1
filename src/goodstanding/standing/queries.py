"""Reads of standing, as a reader may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.model import Basis, Item, Title
from goodstanding.core.reader import PUBLIC, Access, Reader
from goodstanding.ledger.covering import coverage_at
from goodstanding.ledger.models import Content, Subject
from goodstanding.ledger.publicity import Publicity
from goodstanding.ledger.visibility import subjects_visible_to, visible_to
from goodstanding.rules import Assessment as Result
from goodstanding.rules import Line, Status, closed_to, digest, raised, shut_off
from goodstanding.rules.engines.workings import Workings
from goodstanding.rules.model import Entry, Interval, Rulebook
from goodstanding.rules.shelf import Asked, Shelf
from goodstanding.standing.admitted import admitted
from goodstanding.standing.closing import awaits_decision, closed_among
from goodstanding.standing.cutting import kept_by, newest_like
from goodstanding.standing.models import Assessment, AssessmentLine, Run
from goodstanding.standing.undelivered import Undelivered, missing_for
from goodstanding.standing.workings import Holding, agreeing, looks_at_groups


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


def newest_runs(position: int | None = None) -> list[Run]:
    """The newest run of each rulebook, at or before a position."""
    runs = (
        Run.objects.all() if position is None else Run.objects.filter(event__position__number__lte=position)
    )
    newest = runs.order_by().values("rulebook").annotate(newest=Max("id")).values_list("newest", flat=True)
    return list(Run.objects.filter(pk__in=list(newest)).order_by("rulebook"))


def assessments_of(
    subject: int,
    shelf: Shelf,
    reader: Reader,
    publicity: Publicity,
    position: int | None = None,
    items: Mapping[str, Item] | None = None,
) -> tuple[AssessmentView, ...]:
    """The newest assessment of a subject by each rulebook, at or before a position.

    To a public reader, a line on a record that is no longer public is closed, as on a record that never was; so is a
    result for the reasons of `closed_among`, and what an official has yet to decide on is not there.
    What is not on the shelf cannot be explained and is not shown; nor is anything of a subject that the reader
    may not know. With `items`, what the catalogue says of each item by its path, the results that the reader
    may see come with their workings.
    """
    if not subjects_visible_to(reader, position).filter(pk=subject).exists():
        return ()
    rulebooks = shelf.by_digest()
    runs = {run.pk: run for run in newest_runs(position)}
    found = Assessment.objects.filter(subject_id=subject, run_id__in=runs).order_by("run__rulebook")
    lines: dict[int, list[AssessmentLine]] = {}
    for line in AssessmentLine.objects.filter(subject_id=subject, run_id__in=runs).order_by("id"):
        lines.setdefault(line.run_id, []).append(line)
    over = publicity.over(
        (each.record_id for rows in lines.values() for each in rows if each.record_id), reader
    )
    told, orders = [], {}
    for one in found:
        run, rulebook = runs[one.run_id], rulebooks.get(runs[one.run_id].rulebook_digest)
        if rulebook is None or awaits_decision(order := shelf.order(rulebook, run.on), reader):
            continue
        full = raised(_kept(one, rulebook, lines.get(one.run_id, [])), over, Access.SHARED)
        orders[run.pk] = order
        told.append((full, rulebook, run, admitted(reader, _books(order), shelf.restricted)))
    shut = {
        run.pk
        for _, _, run, _ in told
        if closed_among([subject], orders[run.pk], reader, publicity, run.position)
    }
    holding = None
    if items is not None and told:
        row = Subject.objects.get(pk=subject)
        holding = Holding.of(
            row,
            items,
            [run.position for _, _, run, _ in told],
            catalogue=publicity.catalogue,
            grouped=looks_at_groups(orders.values()),
        )
    return tuple(
        _view(
            one,
            rulebook,
            who,
            on=run.on,
            position=run.position,
            run=run,
            workings=agreeing(
                one, holding.work_out(orders[run.pk], position=run.position, cut_offs=kept_by(run))
            )
            if holding and one.access <= who.access and run.pk not in shut
            else None,
            shut=run.pk in shut,
            catalogue=publicity.catalogue,
        )
        for one, rulebook, run, who in told
    )


def assessments_then(
    subject: Subject,
    rulebooks: Iterable[Rulebook],
    reader: Reader,
    publicity: Publicity,
    *,
    on: date,
    position: int,
    items: Mapping[str, Item],
    shelf: Shelf,
) -> tuple[AssessmentView, ...]:
    """A subject on another day, or as known at another position, worked out by the reference engine.

    Args:
        rulebooks: those in force on the day; the ones about another kind of subject are passed over.
        items: what the catalogue says of each item, by its path.
        shelf: the rulebooks whose results others rest on.
    """
    about = [one for one in rulebooks if subject.kind in one.subject_kinds]
    if not about:
        return ()
    orders = [shelf.order(one, on) for one in about]
    about = [one for one, order in zip(about, orders, strict=True) if not awaits_decision(order, reader)]
    orders = [order for order in orders if not awaits_decision(order, reader)]
    if not about:
        return ()
    holding = Holding.of(
        subject, items, [position], catalogue=publicity.catalogue, grouped=looks_at_groups(orders)
    )
    runs = [newest_like(one.path, digest(one), on) if one.quotas else None for one in about]
    found = [
        (one, holding.work_out(order, position=position, cut_offs=kept_by(run)))
        for one, order, run in zip(about, orders, runs, strict=True)
    ]
    lines = (line for _, one in found for line in one.assessment.lines)
    over = publicity.over((line.record_id for line in lines if line.record_id), reader)
    told = [
        (
            rulebook,
            one,
            raised(one.assessment, over, Access.SHARED),
            admitted(reader, _books(order), shelf.restricted),
            bool(closed_among([subject.pk], order, reader, publicity, position)),
        )
        for (rulebook, one), order in zip(found, orders, strict=True)
    ]
    return tuple(
        _view(
            result,
            rulebook,
            who,
            on=on,
            position=position,
            run=None,
            workings=one if result.access <= who.access and not shut else None,
            shut=shut,
            catalogue=publicity.catalogue,
        )
        for rulebook, one, result, who, shut in told
    )


def _books(order: Iterable[Asked]) -> list[Rulebook]:
    return [asked.rulebook for asked in order]


def _kept(one: Assessment, rulebook: Rulebook, lines: list[AssessmentLine]) -> Result:
    """The rows of a run as an engine gave them."""
    return Result(
        subject_id=one.subject_id,
        grade=one.grade,
        possible=tuple(one.possible),
        points=Interval(one.points_low, one.points_high) if rulebook.has_points else None,
        missing=tuple(one.missing),
        lines=tuple(
            Line(
                line.rule,
                line.record_id,
                Interval(line.points_low, line.points_high),
                Status(line.status),
                line.access,
            )
            for line in lines
        ),
        access=one.access,
    )


def _view(
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


def one_with_lines() -> UUID | None:
    """The public id of a subject that a newest run says something about and anyone may know: an example to read."""
    runs = [run.pk for run in newest_runs()]
    line = (
        AssessmentLine.objects.filter(run_id__in=runs, record__isnull=False, access=Access.PUBLIC)
        .filter(subject__in=subjects_visible_to(PUBLIC))
        .select_related("subject")
        .order_by("id")
        .first()
    )
    return line.subject.public_id if line else None
