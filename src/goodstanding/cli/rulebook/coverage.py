"""`goodstanding rulebook coverage`: what the rulebooks carry of the tables of facts, row by row."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from goodstanding.catalogue.model import Pack
from goodstanding.cli.options import Json, Packs
from goodstanding.cli.output import as_json, console, piped, show_table
from goodstanding.cli.session import load_catalogue
from goodstanding.core.errors import Refusal
from goodstanding.portal.language import Language
from goodstanding.rules import load_rulebook
from goodstanding.rules.coverage import Coverage, coverage


def covered(pack: Pack) -> Coverage:
    """What the rulebooks of a pack carry. Refusal GS-CLI-050 if it has no tables of facts."""
    if not pack.tables:
        raise Refusal(
            "GS-CLI-050",
            f"The pack {pack.name} has no tables of facts.",
            why="Coverage is read off the rows that its rulebooks name under `covers`.",
            remedy="Add facts.yaml to the pack, or name another pack with --pack.",
        )
    items = {one.path: one for one in pack.items}
    return coverage(pack.tables, [load_rulebook(one) for one in pack.rulebooks], items)


def page(pack: Pack, lang: Language = Language.EN) -> str:
    """The table as Markdown: docs/reference/coverage.md is that of the pack of China."""
    from goodstanding.portal.leaflets import as_markdown
    from goodstanding.portal.leaflets.coverage import coverage_leaflet

    return as_markdown(coverage_leaflet(covered(pack), lang))


def command(
    pack: Packs = None,
    lang: Annotated[Language, typer.Option("--lang", help="Language of the page.")] = Language.EN,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the whole table to this file, as Markdown.")
    ] = None,
    json: Json = False,
) -> None:
    """Say what the rulebooks carry of the tables of facts: row by row, and what of it runs.

    Exit code 3 if a row is carried by nothing, or a rulebook names a row that no table has.

    Example: goodstanding rulebook coverage --pack cn --out coverage.md
    """
    packs = [one for one in load_catalogue(pack or ["cn"]).packs if one.tables or pack]
    found = [(one, covered(one)) for one in packs]
    if out is not None:
        out.write_text("\n".join(page(one, lang) for one in packs), encoding="utf-8")
    if json or piped():
        as_json([_plain(one.name, each) for one, each in found])
    else:
        for one, each in found:
            _show(one, each)
    if any(each.open or each.strange for _, each in found):
        raise typer.Exit(3)


def _plain(pack: str, found: Coverage) -> dict[str, Any]:
    return {
        "pack": pack,
        "rulebooks": [
            {
                "rulebook": one.rulebook,
                "in_force_from": one.in_force_from,
                "rules": one.rules,
                "percent": one.percent,
                "runs": one.runs,
                "uncertain": one.uncertain,
                "of_input": one.of_input,
                "range": one.range,
                "not_evaluated": one.not_evaluated,
                "refused": one.refused,
            }
            for one in found.shares
        ],
        "rows": [
            {
                "row": row.id,
                "carried_by": [
                    {
                        "rulebook": one.rulebook,
                        "in_force_from": one.in_force_from,
                        "entry": one.entry or None,
                        "state": one.state,
                        "tells": one.told,
                        "because": one.because,
                        "reason": one.reason.en if one.reason else None,
                    }
                    for one in row.carriers
                ],
            }
            for table in found.tables
            for row in table.rows
        ],
        "open": list(found.open),
        "strange": [{"rulebook": book, "row": row} for book, row in found.strange],
    }


def _show(pack: Pack, found: Coverage) -> None:
    show_table(
        pack.title.en,
        ("rulebook", "runs", "rules", "uncertain", "need input", "only a range", "not evaluated", "refused"),
        [
            (
                f"{one.rulebook}@{one.in_force_from}",
                "–" if one.percent is None else f"{one.percent} %",
                one.rules,
                one.uncertain,
                one.of_input,
                one.range,
                one.not_evaluated,
                one.refused,
            )
            for one in found.shares
        ],
        whole=("rulebook",),
    )
    rows = sum(len(one.rows) for one in found.tables)
    console.print(f"{rows - len(found.open)} of {rows} rows of facts are carried", highlight=False)
    for one in found.tables:
        left = [row.id for row in one.rows if not row.carriers]
        if left:
            console.print(f"carried by nothing: {', '.join(left)}", markup=False, highlight=False)
    for book, row in found.strange:
        console.print(f"{book} names {row}, which no table has", markup=False, highlight=False)
