"""`goodstanding explain`: one organisation, line by line."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Annotated, Any

import typer
from rich.markup import escape

from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock, day
from goodstanding.cli.output import as_json, console, piped, show_sums, show_table
from goodstanding.cli.session import session
from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access, Reader


def command(
    rulebook: Annotated[str, typer.Argument(help="Path such as us-nyc/restaurant-grade.")],
    subject: Annotated[str, typer.Argument(help="Identifier or public id of the organisation.")],
    on: Annotated[str, typer.Option("--on", help="Day of the assessment; today by default.")] = "",
    home: Home = HOME,
    today: Today = "",
    office: Annotated[
        bool, typer.Option("--office", help="For the office alone: shared records, lists and tiers too.")
    ] = False,
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Explain one organisation's grade alone: what decided it, and every line with its points and its law.

    The same comes out as in a run over everyone. What rests on closed records shows the rule alone.

    Example: goodstanding explain us-nyc/restaurant-grade 30075445 --on 2015-06-01
    """
    when = clock(today)
    with session(home, clock=when, packs=pack) as opened:
        from goodstanding.ledger.covering import coverage_at
        from goodstanding.ledger.models import Record
        from goodstanding.ledger.publicity import Publicity
        from goodstanding.ledger.queries import find_subject
        from goodstanding.ledger.writing import current_position
        from goodstanding.rules import closed_to, digest, raised, shut_off
        from goodstanding.rules.shelf import Shelf
        from goodstanding.standing.closing import awaits_decision, closed_among
        from goodstanding.standing.cutting import kept_by, newest_like
        from goodstanding.standing.running import explain
        from goodstanding.standing.undelivered import missing_for
        from goodstanding.standing.workings import workings_of

        reader = Reader(Access.SHARED) if office else Reader.public()
        found = find_subject(subject, reader)
        if found is None:
            raise Refusal(
                "GS-CLI-012",
                "No organisation has this identifier.",
                where=subject,
                remedy="Check it for typing errors.",
            )
        on_day = day(on, "--on") if on else when.today()
        shelf = Shelf.of(opened.catalogue.packs)
        order = shelf.order(shelf.on(rulebook, on_day), on_day)
        if awaits_decision(order, reader):
            raise Refusal(
                "GS-CLI-054",
                "The result is not shown to the public before an official decides.",
                where=rulebook,
                why="A candidacy for a list, or a tier, that is told is a listing without notice.",
                remedy="Officials add --office, and keep what they read to the office.",
            )
        book, full = explain(
            rulebook,
            found.pk,
            on=on_day,
            catalogue=opened.catalogue,
            home=opened.home,
        )
        publicity = Publicity(opened.catalogue, when.today())
        over = publicity.over((one.record_id for one in full.lines if one.record_id), reader)
        told = closed_to(raised(full, over, Access.SHARED), reader.access)
        if closed_among([found.pk], order, reader, publicity, current_position()):
            told = replace(shut_off(full), access=max(told.access, Access.SHARED))
        coverage = coverage_at(current_position(), opened.catalogue)
        lacking = missing_for(told, book, opened.catalogue, on_day, coverage)
        steps = None
        if told.access <= reader.access:
            steps = workings_of(
                full,
                order,
                position=current_position(),
                catalogue=opened.catalogue,
                cut_offs=kept_by(newest_like(book.path, digest(book), on_day)),
            )
        ids = dict(
            Record.objects.filter(pk__in=[one.record_id for one in told.lines if one.record_id]).values_list(
                "pk", "public_id"
            )
        )
        said = _in_words(book, steps, pack) if steps else None
    entries = {one.id: one for one in book.entries()}
    scored = {one.id for one in book.rules}
    result: dict[str, Any] = {
        "rulebook": book.path,
        "in_force_from": book.in_force_from,
        "grade": told.grade,
        "possible": list(told.possible),
        "missing": list(told.missing),
        "undelivered": [str(one) for one in lacking],
        "points": _points(told.points),
        "decided": list(said.decided) if said else [],
        "workings": _workings(book, steps) if steps else None,
        "criteria": _criteria(book, steps) if steps else None,
        "lines": [
            {
                "rule": line.rule,
                "title": entries[line.rule].title.en,
                "points": _points(line.points) if line.rule in scored else None,
                "status": line.status.value,
                "record": ids.get(line.record_id) if line.record_id else None,
                "basis": [f"{one.instrument} {one.article}".strip() for one in entries[line.rule].basis],
            }
            for line in told.lines
        ],
        "untranslatable": [{"title": one.title.en, "reason": one.reason.en} for one in book.untranslatable],
    }
    if json or piped():
        as_json(result)
        return
    grade = result["grade"] or "cannot tell; missing: " + ", ".join(result["missing"])
    total = f", {_shown(result['points'])}" if result["points"] else ""
    console.print(f"[bold]{escape(grade)}[/bold]  {escape(book.title.en)}{total}", highlight=False)
    for one in result["undelivered"]:
        console.print(f"{one[0].upper()}{one[1:]}.", markup=False, highlight=False)
    if said:
        if said.steps:
            show_sums("How the grade follows", said.steps)
        for one in said.decided:
            console.print(one, markup=False, highlight=False)
    columns = ("rule", "points", "record", "law") if book.has_points else ("rule", "record", "law")
    show_table(
        "Lines",
        columns,
        [
            (
                one["title"],
                *([_shown(one["points"])] if book.has_points else []),
                one["record"],
                "; ".join(one["basis"]),
            )
            for one in result["lines"]
        ],
        whole=("points", "record"),
    )
    for one in result["untranslatable"]:
        console.print(f"not evaluated: {one['title']}: {one['reason']}", markup=False, highlight=False)


def _in_words(book: Any, steps: Any, packs: list[str] | None) -> Any:
    """The steps as the portal words them, for the packs that this command reads."""
    os.environ["GOODSTANDING_SERVED_PACKS"] = os.pathsep.join(packs or [])
    from goodstanding.portal.language import Language
    from goodstanding.portal.prose import workings_text

    return workings_text(book, steps, Language.EN)


def _workings(book: Any, steps: Any) -> dict[str, Any]:
    """The steps as data: facts by id (numbers as they are recorded, money in minor units), then points."""
    return {
        "facts": {
            name: value if isinstance(value, str) else [value.low, value.high] for name, value in steps.facts
        },
        "rules": {one.rule: _points(one.points) for one in steps.given},
        "start": _points(steps.start),
        "sections": [
            {"section": one.section, "summed": _points(one.summed), "points": _points(one.kept)}
            for one in steps.sections
        ],
        "summed": _points(steps.summed),
        "total": _points(steps.total),
        "row": None if steps.place is None else steps.place + 1,
        "bars": list(steps.bars),
        "override": steps.override,
    }


def _criteria(book: Any, steps: Any) -> list[dict[str, Any]]:
    """A list's exceptions and criteria in their order, with the answer of each: true, false, or null for unknown."""
    from goodstanding.rules.model import NONE

    answers = dict(steps.criteria)
    return [
        {
            "id": one.id,
            "title": one.title.en,
            "exception": one.grade == NONE,
            "met": answers[one.id],
            "basis": [f"{law.instrument} {law.article}".strip() for law in one.basis],
        }
        for one in book.overrides
        if one.id in answers
    ]


def _points(interval: Any) -> list[str | None] | None:
    from goodstanding.rules.model import written

    if interval is None:
        return None
    return [None if one is None else written(one) for one in (interval.low, interval.high)]


def _shown(points: list[str | None] | None) -> str:
    if points is None:
        return ""
    low, high = points
    return f"{low} points" if low == high else f"{low or '…'} to {high or '…'} points"
