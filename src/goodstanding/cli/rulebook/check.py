"""`goodstanding rulebook check`: check rulebooks before anything runs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from goodstanding.cli.options import Json, Packs
from goodstanding.cli.output import as_json, console, piped, show_table
from goodstanding.cli.rulebook.named import files
from goodstanding.cli.session import load_catalogue


def command(
    rulebooks: Annotated[
        list[str] | None,
        typer.Argument(help="Files or paths such as cn/tax-credit; all shipped ones by default."),
    ] = None,
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Check rulebooks before anything runs, and run their examples; exit code 3 if anything is found.

    Gaps and overlaps of bands, grades that nobody can reach, rules that can never match the catalogue,
    rules without a law, persons as a criterion, and every example.

    Example: goodstanding rulebook check us-nyc/restaurant-grade
    """
    from goodstanding.rules import check_rulebook, load_rulebook

    items = {one.path: one for one in load_catalogue(pack).items}
    results: list[dict[str, Any]] = []
    for file in files(rulebooks, pack):
        rulebook = load_rulebook(file)
        findings = check_rulebook(rulebook, items)
        results.append(
            {
                "rulebook": rulebook.path,
                "in_force_from": rulebook.in_force_from,
                "rules": len(rulebook.rules),
                "examples": len(rulebook.examples),
                "findings": [str(one) for one in findings],
            }
        )
    if json or piped():
        as_json(results)
    else:
        show_table(
            "Rulebooks",
            ("rulebook", "in force from", "rules", "examples", "findings"),
            [
                (r["rulebook"], r["in_force_from"], r["rules"], r["examples"], len(r["findings"]))
                for r in results
            ],
            whole=("rulebook", "in force from"),
        )
        for result in results:
            for found in result["findings"]:
                console.print(f"{result['rulebook']}: {found}", markup=False, highlight=False)
    if any(result["findings"] for result in results):
        raise typer.Exit(3)
