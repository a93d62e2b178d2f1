"""`goodstanding ledger`: look after the ledger."""

from __future__ import annotations

import typer

from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock
from goodstanding.cli.output import as_json, console, piped, progress, show_sums, show_table
from goodstanding.cli.session import session

app = typer.Typer(help="Look after the ledger.", no_args_is_help=True)


@app.command("check")
def check_command(home: Home = HOME, today: Today = "", pack: Packs = None, json: Json = False) -> None:
    """Check the ledger against itself; exit code 3 if anything is not as it must be.

    Recomputes the digest of every event, the leaf of every content, the chain of positions, and compares the
    parts of the extract, the typed columns and the database's own guards. What was changed is named.

    Example: goodstanding ledger check
    """
    with session(home, clock=clock(today), packs=pack) as opened:
        from goodstanding.ledger.checking import check
        from goodstanding.ledger.purging import pending, purge

        if pending():
            purge(opened.home, admin_dsn=opened.lease.admin_dsn(), clock=opened.clock, actor=opened.actor)
        with progress("Checking") as report:
            result = check(opened.home, report)
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
