"""`goodstanding rulebook reproduce`: see whether a rulebook gives what was published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from goodstanding.cli.options import Json, Packs
from goodstanding.cli.output import as_json, console, piped, show_table
from goodstanding.cli.rulebook.named import files
from goodstanding.cli.session import load_catalogue
from goodstanding.core.errors import Refusal


def command(
    rulebook: Annotated[str, typer.Argument(help="Path such as uk-food/hygiene-rating, or a YAML file.")],
    file: Annotated[Path, typer.Argument(help="CSV with the published grades, plain or gzipped.")],
    source: Annotated[str, typer.Option("--source", help="Contract that says which column is which field.")],
    on: Annotated[
        str, typer.Option("--on", help="Day of the version of the rulebook; its first by default.")
    ] = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Recompute published grades from the numbers alone, and list what differs by kind.

    Every row is a subject of its own; no name and no ledger is needed. Rows without a published grade of the
    rulebook, or without one of its numbers, are left out and counted.

    Example: goodstanding rulebook reproduce us-nyc/restaurant-grade inspections.csv --source us-nyc/graded-inspections
    """
    import duckdb

    from goodstanding.catalogue.model import FieldType
    from goodstanding.cli.intake import contract_of
    from goodstanding.cli.options import day
    from goodstanding.rules import load_rulebook
    from goodstanding.rules.reproduce import reproduce

    if not file.is_file():
        raise Refusal("GS-CLI-011", "There is no such file.", where=str(file), remedy="Check the path.")
    book = load_rulebook(files([rulebook], pack)[-1])
    catalogue = load_catalogue(pack)
    contract = contract_of(catalogue, source)
    items = {one.path: one for one in catalogue.items}
    looked_at = {select.item for _, select, _ in book.selects()}
    kinds = {one.name: one.type for path in looked_at for one in items[path].fields}
    used = dict(contract.record.fields)
    columns = {
        field: used[field] for field, kind in kinds.items() if kind is FieldType.NUMBER and field in used
    }
    published = [used[field] for field, kind in kinds.items() if kind is FieldType.CODE and field in used]
    if not columns or not published:
        raise Refusal(
            "GS-CLI-018",
            "The contract does not say which columns hold the numbers and the published grade.",
            where=source,
            remedy="Name the contract of a source whose item has number fields and a code field.",
        )
    grade = published[0]
    wanted = ", ".join("'" + one.replace("'", "''") + "'" for one in book.grades)
    stated = " AND ".join(f"coalesce(trim(\"{name}\"), '') <> ''" for name in columns.values())
    with duckdb.connect() as con:
        path = str(file).replace("'", "''")
        con.execute(
            f"CREATE VIEW sheet AS SELECT * FROM read_csv('{path}', all_varchar = true, header = true)"
        )
        said = con.sql("SELECT count(*) FROM sheet").fetchall()
        rows = con.sql(
            f'SELECT "{grade}", {", ".join(chr(34) + name + chr(34) for name in columns.values())}'
            f' FROM sheet WHERE "{grade}" IN ({wanted}) AND {stated}'
        ).to_arrow_table()
    result = reproduce(book, items, rows, columns, grade, day(on, "--on") if on else book.in_force_from)
    told: dict[str, Any] = {
        "rulebook": book.path,
        "rows": said[0][0],
        "compared": result.rows,
        "agreeing": result.agreeing,
        "share": result.share,
        "differences": [
            {"published": pair[0], "computed": pair[1], "rows": times}
            for pair, times in result.differences.items()
        ],
    }
    if json or piped():
        as_json(told)
        return
    console.print(
        f"{result.agreeing:,} of {result.rows:,} published grades come out: {result.share} %", highlight=False
    )
    show_table(
        "What differs",
        ("published", "computed", "rows"),
        [(one["published"], one["computed"] or "cannot tell", one["rows"]) for one in told["differences"]],
    )
