"""`goodstanding rulebook examples`: run the examples, and see what none of them reaches."""

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
    """Run the worked examples and show each; exit code 3 if one fails or a branch is reached by none.

    Branches are rules and the brackets of their tables, starts, bands, overrides, bars, criteria, quotas and
    amendments.

    Example: goodstanding rulebook examples cn/tax-credit
    """
    from goodstanding.rules import load_rulebook, run_examples
    from goodstanding.rules.reaching import branches, unreached
    from goodstanding.rules.running import shown

    items = {one.path: one for one in load_catalogue(pack).items}
    results: list[dict[str, Any]] = []
    for file in files(rulebooks, pack):
        book = load_rulebook(file)
        results.append(
            {
                "rulebook": book.path,
                "in_force_from": book.in_force_from,
                "examples": [
                    {
                        "title": one.example.title
                        if isinstance(one.example.title, str)
                        else one.example.title.en,
                        "on": one.example.on,
                        "grade": one.assessment.grade if one.assessment else None,
                        "points": shown(one.assessment.points)
                        if one.assessment and one.assessment.points
                        else None,
                        "missing": list(one.assessment.missing) if one.assessment else [],
                        "passed": one.passed,
                        "differences": list(one.differences),
                    }
                    for one in run_examples(book, items)
                ],
                "branches": len(branches(book)),
                "unreached": [
                    {"part": one.part, "id": one.id, "which": one.which} for one in unreached(book, items)
                ],
            }
        )
    if json or piped():
        as_json(results)
    else:
        for result in results:
            _show(result)
    if any(one["unreached"] or not all(each["passed"] for each in one["examples"]) for one in results):
        raise typer.Exit(3)


def _show(result: dict[str, Any]) -> None:
    show_table(
        f"{result['rulebook']}, in force from {result['in_force_from']}",
        ("example", "on", "grade", "points", "holds"),
        [
            (
                one["title"] or number,
                one["on"],
                one["grade"] or "cannot tell",
                one["points"],
                "yes" if one["passed"] else "; ".join(one["differences"]),
            )
            for number, one in enumerate(result["examples"], 1)
        ],
        whole=("on",),
    )
    missed = result["unreached"]
    console.print(
        f"{result['branches'] - len(missed)} of {result['branches']} branches are reached by an example",
        highlight=False,
    )
    for one in missed:
        which = f", {one['which']}" if one["which"] else ""
        console.print(f"no example reaches {one['part']} {one['id']}{which}", markup=False, highlight=False)
