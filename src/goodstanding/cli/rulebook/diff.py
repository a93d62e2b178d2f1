"""`goodstanding rulebook diff`: what changed between two rulebooks, and who moves because of it."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock, day
from goodstanding.cli.output import as_json, console, piped, progress, show_table
from goodstanding.cli.reading import ExtractFolder, Source, read_from
from goodstanding.cli.rulebook.named import one_rulebook
from goodstanding.cli.session import load_catalogue
from goodstanding.rules import Rulebook

if TYPE_CHECKING:  # the engine is loaded when something is run
    from goodstanding.rules.comparing import Comparison


def command(
    old: Annotated[str, typer.Argument(help="YAML file, path, or path@day.")],
    new: Annotated[str, typer.Argument(help="YAML file, path, or path@day.")],
    on: Annotated[
        str,
        typer.Option("--on", help="Day on which both are run; without it, and without --extract, none is."),
    ] = "",
    extract: ExtractFolder = None,
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Say in words what changed from one version of a rulebook to another; with --on, also who moves and why.

    With --on both run over the ledger of the home, or over --extract: how many go from which grade to which, by
    which rules their lines differ, and who moves furthest. A version that is not in force on the day is applied
    as if it were, and the output says so. Exit code 3 if anything differs.

    Examples:

      goodstanding rulebook diff cn/tax-credit@2014-10-01 cn/tax-credit@2025-07-01

      goodstanding rulebook diff cn/tax-credit my-draft.yaml --on 2026-03-31
    """
    os.environ["GOODSTANDING_SERVED_PACKS"] = os.pathsep.join(pack or [])
    from goodstanding.portal.language import Language
    from goodstanding.portal.prose.differences import differences

    catalogue = load_catalogue(pack)
    before, after = one_rulebook(old, catalogue), one_rulebook(new, catalogue)
    changes = [asdict(one) for one in differences(before, after, Language.EN)]
    told: dict[str, Any] = {"old": _version(before), "new": _version(after), "changes": changes}
    found = None
    if on or extract is not None:
        when = clock(today)
        wanted = day(on, "--on") if on else when.today()
        with read_from(extract, home, clock=when, packs=pack) as source, progress("Comparing") as report:
            report("both versions", 0.1)
            found = run_both(before, after, wanted, source)
            names = source.names([one.subject_id for one in found.movers])
        told["run"] = as_data(found, names)
    if json or piped():
        as_json(told)
    else:
        _show(told)
    if changes or (found and found.count(alike=False)):
        raise typer.Exit(3)


def run_both(one: Rulebook, other: Rulebook, on: date, source: Source) -> Comparison:
    """Both rulebooks over everyone on a day."""
    from goodstanding.rules.comparing import apply, compare
    from goodstanding.rules.shelf import Shelf

    shelf = Shelf.of(source.catalogue.packs)
    items = {each.path: each for each in source.catalogue.items}
    return compare(
        apply(one, on, shelf), apply(other, on, shelf), shelf, items, source.extract_of, kept=source.kept
    )


def _version(book: Rulebook) -> dict[str, Any]:
    from goodstanding.rules import digest

    return {"rulebook": book.path, "in_force_from": book.in_force_from, "digest": digest(book)}


def as_data(found: Comparison, names: Any) -> dict[str, Any]:
    """A comparison as data for JSON."""
    return {
        "on": found.one.on,
        "as_if_in_force": [one.as_if for one in (found.one, found.other)],
        "subjects": found.subjects,
        "compared_by": found.measure.by,
        "alike": found.count(alike=True),
        "differ": found.count(alike=False),
        "not_compared": found.count(alike=None),
        "cells": [
            {
                "from": one.one,
                "to": one.other,
                "subjects": one.subjects,
                "alike": one.alike,
                "reasons": [_reason(each) for each in one.reasons],
                "without_lines": one.without,
            }
            for one in found.cells
        ],
        "movers": [
            {
                "subject": names.get(one.subject_id, str(one.subject_id)),
                "from": one.one,
                "to": one.other,
                "reasons": [_reason(each) for each in one.reasons],
            }
            for one in found.movers
        ],
    }


def _reason(one: Any) -> dict[str, Any]:
    from goodstanding.rules.model import written

    return {
        "side": one.side,
        "rule": one.rule,
        "title": one.title.en,
        "subjects": one.subjects,
        "points": None if one.points is None else written(one.points),
    }


def _show(told: dict[str, Any]) -> None:
    versions = [f"{one['rulebook']}@{one['in_force_from']}" for one in (told["old"], told["new"])]
    console.print(f"{versions[0]} → {versions[1]}", markup=False, highlight=False)
    if not told["changes"]:
        console.print("The two say the same.")
    for one in told["changes"]:
        console.print(
            f"{one['happened']}: {one['part']} {one['id']}, {one['title']}", markup=False, highlight=False
        )
        for sign, said in (("-", one["before"]), ("+", one["after"])):
            for sentence in said:
                console.print(f"  {sign} {sentence}", markup=False, highlight=False)
    if "run" in told:
        show_run(told["run"], versions)


def show_run(run: dict[str, Any], names: list[str]) -> None:
    """A comparison on the terminal."""
    for as_if, name in zip(run["as_if_in_force"], names, strict=True):
        if as_if:
            console.print(f"{name} is not in force on {run['on']}: applied as if it were", highlight=False)
    console.print(
        f"{run['subjects']:,} organisations on {run['on']}: {run['alike']:,} with the same result under both, "
        f"{run['differ']:,} with different ones, {run['not_compared']:,} without a grade under at least one of them",
        highlight=False,
    )
    show_table(
        f"How many have which result under {names[0]} (first) and {names[1]} (second)",
        ("first", "second", "organisations", "rules that make the difference"),
        [
            (
                one["from"],
                one["to"],
                f"{one['subjects']:,}",
                "; ".join(f"{each['title']} ({each['subjects']:,})" for each in one["reasons"][:5]),
            )
            for one in run["cells"]
        ],
    )
    if run["movers"]:
        show_table(
            "Organisations whose two results lie furthest apart",
            ("organisation", "first", "second", "rules that make the difference"),
            [
                (
                    one["subject"],
                    one["from"],
                    one["to"],
                    "; ".join(dict.fromkeys(each["title"] for each in one["reasons"])),
                )
                for one in run["movers"]
            ],
            whole=("organisation",),
        )
