"""`goodstanding evaluate`: run a rulebook over everyone."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from goodstanding.cli.evaluating_files import on_files
from goodstanding.cli.handed import Files, named
from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock, day
from goodstanding.cli.output import as_json, console, piped, progress, show_sums, show_table
from goodstanding.cli.reading import ExtractFolder
from goodstanding.cli.session import load_catalogue, session
from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Reader

if TYPE_CHECKING:
    from goodstanding.catalogue.loading import Catalogue
    from goodstanding.standing.running import RunReport


class EngineName(StrEnum):
    """The engines that take everyone at once."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def command(
    rulebook: Annotated[
        str, typer.Argument(help="Path such as us-nyc/restaurant-grade, or a YAML file.")
    ] = "",
    on: Annotated[str, typer.Option("--on", help="Day of the assessment; today by default.")] = "",
    again: Annotated[
        str, typer.Option("--again", help="Do the kept run with this id again, from its manifest.")
    ] = "",
    records: Annotated[
        list[Path] | None, typer.Option("--records", help="Parquet files of records: runs without a ledger.")
    ] = None,
    endings: Annotated[list[Path] | None, typer.Option("--endings", help="Parquet files of endings.")] = None,
    subjects: Annotated[
        list[Path] | None, typer.Option("--subjects", help="Parquet files of subjects.")
    ] = None,
    ties: Annotated[
        list[Path] | None, typer.Option("--ties", help="Parquet files of ties between subjects.")
    ] = None,
    items: Annotated[
        Path | None,
        typer.Option(
            "--items",
            help="Parquet file that names item numbers: item, number. Without it, items.parquet beside the records.",
        ),
    ] = None,
    merges: Annotated[
        Path | None,
        typer.Option("--merges", help="Parquet file of merged subjects: from_subject_id, into_subject_id."),
    ] = None,
    coverage: Annotated[
        list[Path] | None,
        typer.Option(
            "--coverage",
            help="Parquet files of the days that deliveries tell of: item, from_on, to_on. Without them, all days.",
        ),
    ] = None,
    extract: ExtractFolder = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder for assessments and lines, as Parquet, and run.json, their key."),
    ] = None,
    engine: Annotated[
        EngineName, typer.Option("--engine", help="What runs it; the result is the same.")
    ] = EngineName.DUCKDB,
    master: Annotated[
        str, typer.Option("--master", help="Spark's master: local[2], spark://host:7077, yarn, k8s://…")
    ] = "local[*]",
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Assess every organisation by a rulebook and keep the result, with a line for every reason.

    Under an index it says who comes where: only totals that are exact have a place.

    With --records, or --extract, it runs on plain Parquet files, without a database, and writes its result to
    --out; run.json there says what the codes in it mean, and what it rests on.
    With --again it repeats a kept run and compares; exit code 3 if something else comes out.

    Examples:

      goodstanding evaluate us-nyc/restaurant-grade --on 2015-06-01

      goodstanding evaluate my-rulebook.yaml --records records.parquet --out result --on 2025-01-01

      goodstanding evaluate cn/tax-credit --extract exported --out result --on 2026-03-31

      goodstanding evaluate us-nyc/restaurant-grade --engine spark --master spark://host:7077
    """
    from goodstanding.rules.engines.chosen import chosen

    beside = {
        "--endings": endings,
        "--subjects": subjects,
        "--ties": ties,
        "--items": items,
        "--merges": merges,
        "--coverage": coverage,
    }
    if extract is not None and (records or any(beside.values())):
        raise Refusal(
            "GS-CLI-021",
            "Which records?",
            where="--extract",
            why="A folder gives all of its parts, and files are named one by one.",
            remedy="Name either the folder with --extract, or the files with --records and the options beside it.",
        )
    if records or extract is not None:
        files = (
            Files.in_folder(extract)
            if extract is not None
            else named(records, endings, subjects, ties, items, merges, coverage)
        )
        if out is None:
            raise Refusal("GS-CLI-017", "Where should the result go?", remedy="Name a folder with --out.")
        wanted = day(on, "--on") if on else clock(today).today()
        with chosen(engine, master) as ready:
            _show(on_files(rulebook, files, out, wanted, load_catalogue(pack), ready), json)
        return
    only_files = [option for option, given in {**beside, "--out": out}.items() if given]
    if only_files or Path(rulebook).is_file():
        raise Refusal(
            "GS-CLI-021",
            "Which records?",
            where=", ".join(only_files) or rulebook,
            why="Options for files, and a rulebook of a file, are for runs without a ledger.",
            remedy="Name the files with --records or --extract, and a folder with --out; or name the path of a "
            "rulebook alone.",
        )
    if not rulebook and not again:
        raise Refusal("GS-CLI-015", "Which rulebook?", remedy="Name its path, or a run with --again.")
    when = clock(today)
    with session(home, clock=when, packs=pack) as opened, chosen(engine, master) as ready:
        from goodstanding.standing.running import run_again, run_rulebook

        with progress("Evaluating") as report:
            report(rulebook or again, 0.1)
            if again:
                result, expected = run_again(
                    _run_id(again), catalogue=opened.catalogue, home=opened.home, by=ready
                )
            else:
                result = run_rulebook(
                    rulebook,
                    on=day(on, "--on") if on else when.today(),
                    catalogue=opened.catalogue,
                    home=opened.home,
                    clock=opened.clock,
                    actor=opened.actor,
                    by=ready,
                )
                expected = result.result_digest
        told = asdict(result) | _places(result, opened.catalogue, when.today())
    _show(told, json)
    if result.result_digest != expected:
        console.print(f"Something else came out than then: {expected}", highlight=False)
        raise typer.Exit(3)


def _places(result: RunReport, catalogue: Catalogue, today: date) -> dict[str, Any]:
    """Who comes where, and of how many, if the rulebook is an index and the run was kept."""
    from goodstanding.ledger.publicity import Publicity
    from goodstanding.rules.model import Kind
    from goodstanding.rules.shelf import Shelf
    from goodstanding.standing.placing import places_in

    shelf = Shelf.of(catalogue.packs)
    if result.run is None or shelf.on(result.rulebook, result.on).kind is not Kind.INDEX:
        return {}
    found = places_in(result.run, Reader.public(), shelf, Publicity(catalogue, today))
    return {
        "places": [asdict(one) for one in found.shown],
        "places_of": {"organisations": found.of, "with_a_place": found.placed, "or_more": found.more},
    }


def _run_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refusal(
            "GS-CLI-016", "This is not the id of a run.", where=text, remedy="Copy it from the run's output."
        ) from None


def _show(result: dict[str, Any], json: bool) -> None:
    if json or piped():
        as_json(result)
        return
    grades, places, whole = result.pop("grades"), result.pop("places", []), result.pop("places_of", {})
    lacking = result.pop("undelivered", ())
    if other := result.pop("other_catalogue", ""):
        console.print(
            f"Done with another catalogue than then; that one's digest is {other}.",
            highlight=False,
            markup=False,
        )
    show_sums("Evaluated", result)
    for one in lacking:
        console.print(f"{one[0].upper()}{one[1:]}.", highlight=False, markup=False)
    show_table(
        "Grades", ("grade", "organisations"), [(g or "cannot tell", f"{n:,}") for g, n in grades.items()]
    )
    if places:
        console.print(_how_many(len(places), **whole), highlight=False, markup=False)
        show_table(
            "Places",
            ("place", "identifier", "name", "points"),
            [(one["place"] or "cannot tell", one["identifier"], one["name"], _points(one)) for one in places],
            whole=("identifier",),
        )


def _how_many(shown: int, *, organisations: int, with_a_place: int, or_more: bool) -> str:
    """How many of how many the table of places shows, and how many have one."""
    more = "more than " if or_more else ""
    return (
        f"{shown:,} of {more}{organisations:,} organisations with a public result are shown; "
        f"{more if with_a_place == organisations else ''}{with_a_place:,} of them have a place."
    )


def _points(one: dict[str, Any]) -> str:
    from goodstanding.rules.model import written

    low, high = ("open" if end is None else written(end) for end in (one["points_low"], one["points_high"]))
    return low if low == high else f"{low} to {high}"
