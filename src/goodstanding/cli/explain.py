"""`goodstanding explain`: one organisation, line by line."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock, day
from goodstanding.cli.output import as_json, console, piped, show_table
from goodstanding.cli.session import session
from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access


def command(
    rulebook: Annotated[str, typer.Argument(help="Path such as us-nyc/restaurant-grade.")],
    subject: Annotated[str, typer.Argument(help="Identifier or public id of the organisation.")],
    on: Annotated[str, typer.Option("--on", help="Day of the assessment; today by default.")] = "",
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Explain one organisation's grade alone: every line with its points and its law.

    The same comes out as in a run over everyone. What rests on closed records shows the rule alone.

    Example: goodstanding explain us-nyc/restaurant-grade 30075445 --on 2015-06-01
    """
    when = clock(today)
    with session(home, clock=when, packs=pack) as opened:
        from goodstanding.ledger.models import Record
        from goodstanding.ledger.queries import find_subject
        from goodstanding.rules import closed_to
        from goodstanding.standing.running import explain

        found = find_subject(subject)
        if found is None:
            raise Refusal(
                "GS-CLI-012",
                "No organisation has this identifier.",
                where=subject,
                remedy="Check it for typing errors.",
            )
        book, full = explain(
            rulebook,
            found.pk,
            on=day(on, "--on") if on else when.today(),
            catalogue=opened.catalogue,
            home=opened.home,
        )
        told = closed_to(full, Access.PUBLIC)
        ids = dict(
            Record.objects.filter(pk__in=[one.record_id for one in told.lines if one.record_id]).values_list(
                "pk", "public_id"
            )
        )
    entries = {one.id: one for one in book.entries()}
    result: dict[str, Any] = {
        "rulebook": book.path,
        "in_force_from": book.in_force_from,
        "grade": told.grade,
        "possible": list(told.possible),
        "missing": list(told.missing),
        "points": _points(told.points),
        "lines": [
            {
                "rule": line.rule,
                "title": entries[line.rule].title.en,
                "points": _points(line.points),
                "status": line.status.value,
                "record": ids.get(line.record_id) if line.record_id else None,
                "basis": [f"{one.instrument} {one.article}".strip() for one in entries[line.rule].basis],
            }
            for line in told.lines
        ],
        "unknown": [{"title": one.title.en, "reason": one.reason.en} for one in book.unknown],
    }
    if json or piped():
        as_json(result)
        return
    grade = result["grade"] or "cannot tell; missing: " + ", ".join(result["missing"])
    console.print(f"[bold]{grade}[/bold]  {book.title.en}, {_shown(result['points'])}", highlight=False)
    show_table(
        "Lines",
        ("rule", "points", "record", "law"),
        [
            (one["title"], _shown(one["points"]), one["record"], "; ".join(one["basis"]))
            for one in result["lines"]
        ],
    )
    for one in result["unknown"]:
        console.print(f"not evaluated: {one['title']}: {one['reason']}", markup=False, highlight=False)


def _points(interval: Any) -> list[str | None] | None:
    if interval is None:
        return None
    return [None if one is None else f"{one / 100:g}" for one in (interval.low, interval.high)]


def _shown(points: list[str | None] | None) -> str:
    if points is None:
        return ""
    low, high = points
    return f"{low} points" if low == high else f"{low or '…'} to {high or '…'} points"
