"""`goodstanding erase`: erase the content of a record."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock
from goodstanding.cli.output import as_json, console, piped, progress, show_sums
from goodstanding.cli.session import session
from goodstanding.core.errors import Refusal


def command(
    record: Annotated[str, typer.Argument(help="Public id of the record, as its file shows it.")],
    ground: Annotated[
        str,
        typer.Option("--ground", help="The law or decision that demands it; kept for ever, so no content."),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Erase a record's content from the ledger and from everything derived from it.

    Salt and content go, the skeleton stays: the ledger still verifies, and the row stays out when it is sent
    again. Parts of the extract, assessments, problem files, the database's pages and its log are cleaned.

    Example: goodstanding erase 0199… --ground "Judgment (2026) 12 of the county court" --yes
    """
    try:
        wanted = UUID(record)
    except ValueError:
        raise Refusal(
            "GS-CLI-013",
            "This is not the public id of a record.",
            where=record,
            remedy="Copy it from the organisation's file: 32 hexadecimal digits with hyphens.",
        ) from None
    if not yes:
        typer.confirm("Content that is erased cannot be had back. Erase it?", abort=True)
    with session(home, clock=clock(today), packs=pack) as opened:
        from goodstanding.ledger.erasing import erase
        from goodstanding.ledger.purging import purge

        with progress("Erasing") as report:
            report("content and what was derived from it", 0.1)
            try:
                done = erase(wanted, ground=ground, home=opened.home, clock=opened.clock, actor=opened.actor)
            except Refusal:
                # Whatever was wrong with this one, an earlier erasure may have been stopped before its end.
                purge(opened.home, admin_dsn=opened.lease.admin_dsn(), clock=opened.clock, actor=opened.actor)
                raise
            report("traces in storage", 0.4)
            purged = purge(
                opened.home, admin_dsn=opened.lease.admin_dsn(), clock=opened.clock, actor=opened.actor
            )
    result = {
        "records": [str(one) for one in done.records],
        "parts_rewritten": done.parts_rewritten,
        "partitions_rewritten": purged.partitions_rewritten,
        "problem_files_removed": purged.problem_files_removed,
        "log_cut": purged.log_cut,
    }
    if json or piped():
        as_json(result)
        return
    show_sums("Erased", {**result, "records": ", ".join(str(one) for one in done.records)})
    if not purged.log_cut:
        console.print(
            "The server's log still holds the content until an administrator runs VACUUM (FULL) pg_statistic,"
            " pg_switch_wal() and CHECKPOINT; then run this command's purge again with any erase or ledger check."
        )
