"""Reads of standing, as a reader may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Max

from goodstanding.catalogue.model import Item
from goodstanding.core.reader import PUBLIC, Access, Reader
from goodstanding.ledger.models import Subject
from goodstanding.ledger.publicity import Publicity
from goodstanding.ledger.visibility import subjects_visible_to
from goodstanding.rules import Assessment as Result
from goodstanding.rules import Line, Status, digest, raised
from goodstanding.rules.model import Interval, Rulebook
from goodstanding.rules.shelf import Asked, Shelf
from goodstanding.standing.admitted import admitted
from goodstanding.standing.closing import awaits_decision, closed_among
from goodstanding.standing.cutting import kept_by, newest_like
from goodstanding.standing.models import Assessment, AssessmentLine, Run
from goodstanding.standing.showing import AssessmentView, view_of
from goodstanding.standing.workings import Holding, agreeing, looks_at_groups


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
        view_of(
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
        view_of(
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
