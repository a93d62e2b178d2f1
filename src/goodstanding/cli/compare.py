"""`goodstanding compare`: the same organisations under two rulebooks."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock, day
from goodstanding.cli.output import as_json, console, piped, progress
from goodstanding.cli.reading import ExtractFolder, read_from
from goodstanding.cli.rulebook.diff import as_data, run_both, show_run
from goodstanding.cli.rulebook.named import one_rulebook
from goodstanding.portal.language import Language


def command(
    one: Annotated[
        str, typer.Argument(help="Path such as cn/jiangsu/environmental-credit, path@day, or a file.")
    ],
    other: Annotated[str, typer.Argument(help="The same, of the other rulebook.")],
    on: Annotated[str, typer.Option("--on", help="Day of both assessments; today by default.")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="Write the page to this HTML file.")] = None,
    lang: Annotated[Language, typer.Option("--lang", help="Language of the page.")] = Language.EN,
    extract: ExtractFolder = None,
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Assess the same organisations by two rulebooks: grade against grade, who differs, and by which rules.

    Reads the ledger of the home, or Parquet parts with --extract. With --out it writes one HTML page: the table
    and a picture of it, the rules behind each difference, what neither rulebook evaluates, and the digests and
    the position to do it again. A version that is not in force on the day is applied as if it were, which is
    said.

    Example: goodstanding compare cn/jiangsu/environmental-credit cn/hubei-wuhan/environmental-credit --out page.html
    """
    os.environ["GOODSTANDING_SERVED_PACKS"] = os.pathsep.join(pack or [])
    when = clock(today)
    wanted = day(on, "--on") if on else when.today()
    with read_from(extract, home, clock=when, packs=pack) as source, progress("Comparing") as report:
        report("both rulebooks", 0.1)
        books = [one_rulebook(name, source.catalogue, wanted) for name in (one, other)]
        found = run_both(books[0], books[1], wanted, source)
        names = source.names([each.subject_id for each in found.movers])
    if out is not None:
        from goodstanding.portal.leaflets import as_html
        from goodstanding.portal.leaflets.comparison import comparison_leaflet

        page = as_html(comparison_leaflet(found, lang, rests_on=source.rests_on, names=names))
        out.write_text(page, encoding="utf-8")
    told = as_data(found, names)
    if json or piped():
        digests = [
            {"rulebook": each.released.path, "digest": each.digest} for each in (found.one, found.other)
        ]
        as_json({"rulebooks": digests, **told, "rests_on": dict(source.rests_on), "out": out})
        return
    show_run(told, [f"{each.path}@{each.in_force_from}" for each in books])
    if out is not None:
        console.print(f"Written to {out}", markup=False, highlight=False)
