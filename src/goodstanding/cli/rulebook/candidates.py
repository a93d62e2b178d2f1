"""`goodstanding rulebook candidates`: who meets the criteria of a list, for the office that decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock, day
from goodstanding.cli.output import as_json, console, piped, progress, show_sums, show_table
from goodstanding.cli.reading import ExtractFolder, Source, read_from
from goodstanding.cli.rulebook.named import one_rulebook
from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access, Reader
from goodstanding.rules import Rulebook
from goodstanding.rules.candidates import Candidates, KeptBack, candidates_of

if TYPE_CHECKING:
    from goodstanding.rules.shelf import Asked

OFFICE = Reader(Access.SHARED)


def command(
    rulebook: Annotated[str, typer.Argument(help="Path of a list's rulebook, path@day, or a YAML file.")],
    on: Annotated[str, typer.Option("--on", help="Day of the assessment; today by default.")] = "",
    office: Annotated[
        bool,
        typer.Option("--office", help="For the office alone: candidates of the ledger await its decision."),
    ] = False,
    extract: ExtractFolder = None,
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Name the candidates of a list: who meets its criteria on a day, which ones, and by which records and law.

    A candidate is on no list: an official decides, after notice and a hearing. So candidates of the ledger of the
    home are named with --office alone; whose result rests on restricted records is counted and not named. With
    --extract it reads Parquet files, and names organisations and records by their numbers there.

    Example: goodstanding rulebook candidates cn/lists/wage-arrears --on 2026-03-31 --office
    """
    from goodstanding.rules.model import Kind
    from goodstanding.rules.shelf import Shelf

    when = clock(today)
    wanted = day(on, "--on") if on else when.today()
    if extract is None and not office:
        raise Refusal(
            "GS-CLI-054",
            "The result is not shown to the public before an official decides.",
            where=rulebook,
            why="A candidacy for a list that is told is a listing without notice.",
            remedy="Officials add --office, and keep what they read to the office.",
        )
    with read_from(extract, home, clock=when, packs=pack) as source, progress("Evaluating") as report:
        report(rulebook, 0.1)
        shelf = Shelf.of(source.catalogue.packs)
        if Path(rulebook).is_file():
            book = shelf.from_file(Path(rulebook), wanted)
        else:
            one_rulebook(
                rulebook, source.catalogue, wanted
            )  # a path that is unknown is answered with the nearest
            book = shelf.on(rulebook.partition("@")[0], wanted)
        if book.kind is not Kind.LIST:
            raise Refusal(
                "GS-CLI-023",
                "This rulebook has no candidates.",
                where=book.path,
                why=f"It is of kind {book.kind.value}; candidates are those who meet the criteria of a list.",
                remedy="Name a rulebook of kind list; goodstanding rulebook list says which are.",
            )
        order = shelf.order(book, wanted)
        kept_back = kept_from_office(order, source, when) if extract is None else KeptBack()
        items = {one.path: one for one in source.catalogue.items}
        told = candidates_of(order, items, source.extract_of, kept_back)
        names, records = names_for_office(told) if extract is None else ({}, {})
    _show(as_data(book, wanted, told, names, records), json)


def kept_from_office(order: tuple[Asked, ...], source: Source, when: Clock) -> KeptBack:
    """What an authority may not read of the ledger: restricted results, and whom or whose group it may not know."""
    from goodstanding.ledger.publicity import Publicity
    from goodstanding.ledger.writing import current_position
    from goodstanding.standing.closing import closed_over_everyone, hidden_from

    publicity = Publicity(source.catalogue, when.today())
    closing = closed_over_everyone(order, OFFICE, publicity, current_position())
    return KeptBack(OFFICE.access, hidden_from(OFFICE), closing.subjects)


def names_for_office(told: Candidates) -> tuple[dict[int, tuple[str, str]], dict[int, str]]:
    """Identifier and name of each candidate, and the public id of each record."""
    from goodstanding.ledger.models import Record
    from goodstanding.ledger.queries import current_names
    from goodstanding.ledger.visibility import subjects_visible_to

    called = current_names(list(told.met), OFFICE)
    rows = subjects_visible_to(OFFICE).filter(pk__in=told.met).values_list("pk", "identifier")
    records = {one for each in told.met.values() for some in each.values() for one in some}
    ids = Record.objects.filter(pk__in=records).values_list("pk", "public_id")
    return {pk: (text, called.get(pk, text)) for pk, text in rows}, {pk: str(one) for pk, one in ids}


def as_data(
    book: Rulebook,
    on: date,
    told: Candidates,
    names: Mapping[int, tuple[str, str]],
    records: Mapping[int, str],
) -> dict[str, Any]:
    """Candidates as data for JSON."""
    entries = {one.id: one for one in book.overrides}
    return {
        "rulebook": book.path,
        "in_force_from": book.in_force_from,
        "list": book.of_list,
        "on": on,
        "counts": {
            "candidates": len(told.met),
            "none": told.none,
            "cannot tell": told.unknown,
            "closed": told.closed,
        },
        "candidates": [
            {
                "organisation": names[subject][0] if subject in names else str(subject),
                "name": names[subject][1] if subject in names else None,
                "criteria": [
                    {
                        "id": name,
                        "title": entries[name].title.en,
                        "records": [records.get(one, str(one)) for one in behind],
                        "basis": [f"{law.instrument} {law.article}".strip() for law in entries[name].basis],
                    }
                    for name, behind in met.items()
                ],
            }
            for subject, met in told.met.items()
        ],
    }


def _show(told: dict[str, Any], json: bool) -> None:
    if json or piped():
        as_json(told)
        return
    show_sums(f"{told['rulebook']} on {told['on']}", told["counts"])
    if told["candidates"]:
        show_table(
            "Candidates: on no list, before an official decides",
            ("organisation", "name", "criteria", "law"),
            [
                (
                    one["organisation"],
                    one["name"],
                    "; ".join(each["title"] for each in one["criteria"]),
                    "; ".join(dict.fromkeys(law for each in one["criteria"] for law in each["basis"])),
                )
                for one in told["candidates"]
            ],
            whole=("organisation",),
        )
    else:
        console.print("Nobody is known to meet the criteria.")
