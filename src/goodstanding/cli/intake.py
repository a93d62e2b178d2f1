"""`goodstanding intake`: take in an authority's file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.model import Contract
from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock, day
from goodstanding.cli.output import as_json, console, piped, progress, show_sums, show_table
from goodstanding.cli.session import session
from goodstanding.core.errors import Refusal


def contract_of(catalogue: Catalogue, source: str) -> Contract:
    """The contract of that path. Raises GS-CLI-010 with the paths that there are."""
    try:
        return catalogue.contract(source)
    except KeyError:
        known = ", ".join(sorted(one.path for one in catalogue.contracts))
        raise Refusal(
            "GS-CLI-010",
            f"There is no contract “{source}”.",
            where="--source",
            remedy=f"Name one of: {known}.",
        ) from None


def command(
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, JSON lines or Parquet, plain or gzipped.")],
    source: Annotated[
        str, typer.Option("--source", help="The contract, for instance us-nyc/graded-inspections.")
    ],
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            help="Last day that the file tells of (YYYY-MM-DD); the day on which it first comes by default.",
        ),
    ] = "",
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Take in an authority's file: every row is loaded, found already there, refused or reported.

    Good rows load all together or, on an error, not at all. Bad rows go to a problem file that can be
    corrected and sent again. Rows about natural persons are refused, counted, and shown nowhere.

    Where rules ask what is not there, a file answers for the days up to its own: say --as-of for a file of an
    earlier day, and to say that one that was sent before still holds.

    Example: goodstanding intake inspections.csv --source us-nyc/graded-inspections
    """
    if not file.is_file():
        raise Refusal(
            "GS-CLI-011",
            "There is no such file.",
            where=str(file),
            remedy="Check the path; a folder cannot be taken in, only a file.",
        )

    until = day(as_of, "--as-of") if as_of else None
    with session(home, clock=clock(today), packs=pack) as opened:
        from goodstanding.ledger.taking_in import take_in

        contract = contract_of(opened.catalogue, source)
        with progress(f"Taking in {file.name}") as report:
            result = take_in(
                file,
                contract,
                opened.catalogue,
                home=opened.home,
                clock=opened.clock,
                actor=opened.actor,
                as_of=until,
                progress=report,
            )
    if json or piped():
        as_json(result.as_dict())
        return
    show_report(file.name, result.as_dict())


def show_report(name: str, result: dict[str, Any]) -> None:
    """The sums of a delivery, on a terminal."""
    show_sums(
        f"{name} → {result['source']}",
        {
            "rows": result["rows"],
            "loaded": result["loaded"],
            "  of them corrections": result["corrections"],
            "subject only, no record": result["subject_only"],
            "already there": result["already"],
            "kept out, erased before": result["kept_out"],
            "refused (not admitted)": result["refused"],
            "reported": result["reported"],
            "new organisations": result["new_subjects"],
            "no longer in a whole file": result["vanished"],
            "position of the ledger": result["position"],
        },
    )
    for note in result["notes"]:
        console.print(f"  note: {note}", markup=False)
    reasons = [("refused", rule, number) for rule, number in result["refused_by_clause"].items()]
    reasons += [("reported", rule, number) for rule, number in result["problems_by_rule"].items()]
    if reasons:
        show_table("Why rows did not load", ("", "rule", "rows"), reasons)
    if result["problem_file"]:
        console.print(f"Correct and send again: {result['problem_file']}", markup=False)
    if not result["changed"]:
        console.print("Nothing is new: the ledger is as it was.")
