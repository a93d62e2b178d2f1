"""`goodstanding generate`: a fictional province, from a seed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goodstanding.cli.folders import Replace, refuse_used
from goodstanding.cli.options import Json, Today, clock
from goodstanding.cli.output import as_json, piped, progress, show_table


def command(
    folder: Annotated[Path, typer.Argument(help="Where the agencies' files go; made if it is not there.")],
    organisations: Annotated[
        int, typer.Option("--organisations", min=10, help="How many organisations.")
    ] = 50_000,
    records: Annotated[int, typer.Option("--records", min=10, help="About how many records.")] = 500_000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same files.")] = 2026,
    replace: Replace = False,
    today: Today = "",
    json: Json = False,
) -> None:
    """Make a fictional province: invented organisations with valid codes, and their agencies' faulty files.

    Every name is invented and every code is of a division that does not exist. `manifest.json` says which
    faults were planted, so that what intake finds can be compared.

    Example: goodstanding generate province --organisations 1000 --records 10000 --seed 7
    """
    from goodstanding.generator import generate_province

    refuse_used(folder, replace=replace)
    with progress("Generating") as report:
        province = generate_province(
            folder,
            organisations=organisations,
            records=records,
            seed=seed,
            today=clock(today).today("Asia/Shanghai"),
            progress=report,
        )
    files = [{"file": one.name, "source": one.contract, "rows": one.rows} for one in province.files]
    if json or piped():
        as_json({"folder": str(folder), "seed": seed, "files": files})
        return
    show_table(
        "A fictional province",
        ("file", "source", "rows"),
        [tuple(one.values()) for one in files],
        whole=("source",),
    )
