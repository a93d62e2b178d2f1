"""`goodstanding rulebook check`: check rulebooks before anything runs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from goodstanding.cli.options import Json, Packs
from goodstanding.cli.output import as_json, console, piped, show_table
from goodstanding.cli.rulebook.named import files, named_around
from goodstanding.cli.session import load_catalogue
from goodstanding.rules import Rulebook
from goodstanding.rules.model import CANDIDATE, Kind


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
    rules without a law, persons as a criterion, an authority, a list or a rulebook that is nowhere, and every
    example. What a file names is looked for in the packs and in the files beside it.

    Example: goodstanding rulebook check us-nyc/restaurant-grade
    """
    from goodstanding.rules import check_rulebook, load_rulebook

    catalogue = load_catalogue(pack)
    items = {one.path: one for one in catalogue.items}
    results: list[dict[str, Any]] = []
    for file in files(rulebooks, pack):
        rulebook = load_rulebook(file)
        findings = check_rulebook(rulebook, items, named_around(file, catalogue))
        results.append(
            {
                "rulebook": rulebook.path,
                "in_force_from": rulebook.in_force_from,
                "rules": len(rulebook.rules),
                **_criteria(rulebook),
                "examples": len(rulebook.examples),
                "findings": [str(one) for one in findings],
            }
        )
    if json or piped():
        as_json(results)
    else:
        show_table(
            "Rulebooks",
            ("rulebook", "in force from", "rules", "criteria", "examples", "findings"),
            [
                (
                    r["rulebook"],
                    r["in_force_from"],
                    r["rules"],
                    r["criteria"],
                    r["examples"],
                    len(r["findings"]),
                )
                for r in results
            ],
            whole=("rulebook", "in force from"),
        )
        for result in results:
            for found in result["findings"]:
                console.print(f"{result['rulebook']}: {found}", markup=False, highlight=False)
    if any(result["findings"] for result in results):
        raise typer.Exit(3)


def _criteria(rulebook: Rulebook) -> dict[str, int]:
    """How many criteria a list has, and exceptions from them; no other rulebook has any."""
    of_list = rulebook.overrides if rulebook.kind is Kind.LIST else ()
    criteria = sum(one.grade == CANDIDATE for one in of_list)
    return {"criteria": criteria, "exceptions": len(of_list) - criteria}
