"""`goodstanding evaluate`: run a rulebook over everyone."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock, day
from goodstanding.cli.output import as_json, console, piped, progress, show_sums, show_table
from goodstanding.cli.session import load_catalogue, session
from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Reader

if TYPE_CHECKING:
    from goodstanding.catalogue.loading import Catalogue
    from goodstanding.rules import Extract
    from goodstanding.rules.engines.chosen import Engine
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
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for assessments and lines, as Parquet.")
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

    With --records it runs on plain Parquet files, without a database, and writes its result to --out.
    With --again it repeats a kept run and compares; exit code 3 if something else comes out.

    Examples:

      goodstanding evaluate us-nyc/restaurant-grade --on 2015-06-01

      goodstanding evaluate my-rulebook.yaml --records records.parquet --out result --on 2025-01-01

      goodstanding evaluate us-nyc/restaurant-grade --engine spark --master spark://host:7077
    """
    from goodstanding.rules.engines.chosen import chosen

    if records:
        from goodstanding.rules import Extract

        files = Extract(tuple(records), tuple(endings or ()), tuple(subjects or ()), ties=tuple(ties or ()))
        with chosen(engine, master) as ready:
            _on_files(rulebook, files, out, on, today, pack, json, ready)
        return
    named = {"--endings": endings, "--subjects": subjects, "--ties": ties, "--out": out}
    only_files = [option for option, given in named.items() if given]
    if only_files or Path(rulebook).is_file():
        raise Refusal(
            "GS-CLI-021",
            "Which records?",
            where=", ".join(only_files) or rulebook,
            why="Options for files, and a rulebook of a file, are for runs without a ledger.",
            remedy="Name the files with --records, and a folder with --out; or name the path of a rulebook alone.",
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


def _on_files(
    name: str,
    extract: Extract,
    out: Path | None,
    on: str,
    today: str,
    packs: list[str] | None,
    json: bool,
    engine: Engine,
) -> None:
    from goodstanding.rules.engines.duckdb import in_order
    from goodstanding.rules.shelf import Shelf

    if out is None:
        raise Refusal("GS-CLI-017", "Where should the result go?", remedy="Name a folder with --out.")
    for path in (*extract.records, *extract.endings, *extract.subjects, *extract.ties):
        if not path.is_file():
            raise Refusal("GS-CLI-011", "There is no such file.", where=str(path), remedy="Check the path.")
    catalogue = load_catalogue(packs)
    wanted = day(on, "--on") if on else clock(today).today()
    shelf = Shelf.of(catalogue.packs)
    rulebook = shelf.from_file(Path(name), wanted) if Path(name).is_file() else shelf.on(name, wanted)
    items = {one.path: one for one in catalogue.items}
    order = shelf.order(rulebook, wanted)
    with in_order(order, items, lambda _: extract, write_to=out, assess=engine.assess) as ordered:
        run = ordered.run
        grades = run.grades()
        _show(
            {
                "rulebook": rulebook.path,
                "in_force_from": rulebook.in_force_from,
                "on": wanted,
                "subjects": run.counts["subjects"],
                "lines": run.counts["lines"],
                "grades": grades,
                "out": out,
            },
            json,
        )


def _show(result: dict[str, Any], json: bool) -> None:
    if json or piped():
        as_json(result)
        return
    grades, places, whole = result.pop("grades"), result.pop("places", []), result.pop("places_of", {})
    show_sums("Evaluated", result)
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
