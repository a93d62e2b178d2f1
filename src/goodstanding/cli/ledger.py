"""`goodstanding ledger`: look after the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goodstanding.cli.folders import Replace, refuse_used
from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock
from goodstanding.cli.output import as_json, console, piped, progress, show_sums, show_table
from goodstanding.cli.session import session
from goodstanding.core.reader import Access, Reader

app = typer.Typer(help="Look after the ledger.", no_args_is_help=True)


@app.command("check")
def check_command(home: Home = HOME, today: Today = "", pack: Packs = None, json: Json = False) -> None:
    """Check the ledger against itself; exit code 3 if anything is not as it must be.

    Recomputes the digest of every event, the leaf of every content, the chain of positions, and compares the
    parts of the extract and the typed columns. Defines the database anew beside the real one, and compares every
    guard, column and privilege. Compares versions of procedures and measures with the packs, and plays every case
    again by its procedure. What was changed is named.

    Example: goodstanding ledger check
    """
    with session(home, clock=clock(today), packs=pack) as opened:
        from goodstanding.ledger.checking import check
        from goodstanding.ledger.purging import pending, purge

        if pending():
            purge(opened.home, admin_dsn=opened.lease.admin_dsn(), clock=opened.clock, actor=opened.actor)
        with progress("Checking") as report:
            result = check(opened.home, report, opened.catalogue)
    sums = {
        "positions": result.positions,
        "records": result.records,
        "erased": result.erased,
        "parts of the extract": result.parts,
        "erasures with traces left": result.unpurged,
        "findings": len(result.findings),
    }
    if json or piped():
        as_json({**sums, "sound": result.sound, "list": [vars(one) for one in result.findings]})
    else:
        show_sums("The ledger", sums)
        if result.findings:
            show_table(
                "Findings",
                ("code", "about", "what"),
                [(f.code, f.about, f.what) for f in result.findings],
                whole=("code", "about"),
            )
        else:
            console.print("Everything verifies.")
    if not result.sound:
        raise typer.Exit(3)


@app.command("export")
def export_command(
    folder: Annotated[Path, typer.Argument(help="Where the files go; made if it is not there.")],
    position: Annotated[
        int, typer.Option("--position", min=1, help="As known at this position; now by default.")
    ] = 0,
    office: Annotated[
        bool, typer.Option("--office", help="For the office alone: shared records too. Never pass them on.")
    ] = False,
    replace: Replace = False,
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Write the ledger as Parquet files, for evaluation without a database; names and persons are not among them.

    What is public, or with --office what is shared among authorities too. `goodstanding evaluate --extract` reads
    the folder. It is a copy that no later erasure reaches: use it, and remove it.

    Example: goodstanding ledger export exported
    """
    refuse_used(folder, replace=replace)
    when = clock(today)
    with session(home, clock=when, packs=pack) as opened, progress("Exporting") as report:
        from goodstanding.intake import workspace
        from goodstanding.ledger.exporting import export
        from goodstanding.ledger.publicity import Publicity
        from goodstanding.ledger.writing import current_position

        report(str(folder), 0.1)
        with workspace(opened.home.work) as room:
            done = export(
                opened.home,
                folder,
                Reader(Access.SHARED) if office else Reader.public(),
                opened.catalogue,
                Publicity(opened.catalogue, when.today()),
                con=room.con,
                position=position or current_position(),
            )
    if json or piped():
        as_json({"folder": folder, "position": done.position, "rows": done.rows})
        return
    show_sums("Exported", {"position": done.position, **done.rows})
    console.print(f"Written to {folder}", markup=False, highlight=False)
