"""`goodstanding pack`: look at packs and check one's own."""

from __future__ import annotations

from typing import Annotated

import typer

from goodstanding.catalogue.loading import builtin_names, load_pack
from goodstanding.catalogue.measure import Measure, Memorandum
from goodstanding.catalogue.procedure import Procedure
from goodstanding.cli.options import Json
from goodstanding.cli.output import as_json, console, piped, show_sums, show_table

app = typer.Typer(help="Look at packs, and check one of your own.", no_args_is_help=True)


@app.command("list")
def list_command(json: Json = False) -> None:
    """List the packs that are shipped.

    Example: goodstanding pack list
    """
    packs = [load_pack(name) for name in builtin_names()]
    if json or piped():
        as_json([_summary(one.name) for one in packs])
        return
    show_table(
        "Packs",
        ("pack", "title", "items", "sources", "rulebooks"),
        [(one.name, one.title.en, len(one.items), len(one.contracts), len(one.rulebooks)) for one in packs],
    )


@app.command("check")
def check_command(
    pack: Annotated[str, typer.Argument(help="Folder of a pack, or the name of a shipped one.")],
    json: Json = False,
) -> None:
    """Load a pack and check every rulebook in it; exit code 3 if anything is found.

    A pack that breaks a clause of docs/reference/refusals.md does not load.

    Example: goodstanding pack check packs/my-city
    """
    from goodstanding.rules import Named, check_rulebook, load_rulebook

    loaded = load_pack(pack)
    items = {one.path: one for one in loaded.items}
    books = [load_rulebook(path) for path in loaded.rulebooks]
    named = Named.of([loaded], lambda: [book.path for book in books])
    findings = [f"{book.path}: {one}" for book in books for one in check_rulebook(book, items, named)]
    if json or piped():
        as_json(_summary(pack) | {"findings": findings})
    else:
        show_sums(f"{loaded.name}: {'not sound' if findings else 'sound'}", _summary(pack))
        for one in findings:
            console.print(one, markup=False, highlight=False)
    if findings:
        raise typer.Exit(3)


@app.command("show")
def show_command(
    pack: Annotated[str, typer.Argument(help="Folder of a pack, or the name of a shipped one.")],
    json: Json = False,
) -> None:
    """Show what a pack says may be recorded, how cases run, what lists trigger, and what it refuses.

    Example: goodstanding pack show us-nyc
    """
    loaded = load_pack(pack)
    if json or piped():
        as_json(
            {
                **_summary(pack),
                "list_of_items": [
                    {
                        "path": one.path,
                        "title": one.title.en,
                        "zh": one.title.zh,
                        "access": one.access.name.lower(),
                    }
                    for one in loaded.items
                ],
                "refused": [{"title": one.title.en, "reason": one.reason.en} for one in loaded.refused],
                "list_of_procedures": [_procedure(one) for one in loaded.procedures],
                "list_of_measures": [_measure(one) for one in loaded.measures],
                "list_of_memoranda": [_memorandum(one) for one in loaded.memoranda],
            }
        )
        return
    show_table(
        f"{loaded.title.en}: what may be recorded",
        ("item", "title", "category", "access"),
        [(one.path, one.title.en, one.category, one.access.name.lower()) for one in loaded.items],
        whole=("item",),
    )
    if loaded.procedures:
        show_table(
            "Procedures",
            ("procedure", "title", "from", "to", "stages"),
            [
                (one.path, one.title.en, one.valid_from, one.valid_to or "", len(one.stages))
                for one in loaded.procedures
            ],
            whole=("procedure",),
        )
    if loaded.measures:
        show_table(
            "Measures",
            ("measure", "title", "effect", "executable"),
            [
                (one.path, one.title.en, one.effect, "yes" if one.executable else "no")
                for one in loaded.measures
            ],
            whole=("measure",),
        )
    if loaded.memoranda:
        show_table(
            "Memoranda",
            ("memorandum", "title", "state", "lists"),
            [(one.path, one.title.en, one.state, ", ".join(one.lists)) for one in loaded.memoranda],
            whole=("memorandum", "state"),
        )
    for one in loaded.refused:
        console.print(f"refused: {one.title.en}: {one.reason.en}", markup=False, highlight=False)


def _summary(pack: str) -> dict[str, object]:
    loaded = load_pack(pack)
    return {
        "pack": loaded.name,
        "digest": loaded.digest,
        "items": len(loaded.items),
        "authorities": len(loaded.authorities),
        "sources": [one.path for one in loaded.contracts],
        "rulebooks": len(loaded.rulebooks),
        "refused": len(loaded.refused),
        "lists": len(loaded.lists),
        "refused_lists": sum(one.reason is not None for one in loaded.lists),
        "procedures": len(loaded.procedures),
        "measures": len(loaded.measures),
        "executable_measures": sum(one.executable for one in loaded.measures),
        "memoranda": len(loaded.memoranda),
        "running_memoranda": sum(one.runs for one in loaded.memoranda),
    }


def _procedure(one: Procedure) -> dict[str, object]:
    return {
        "path": one.path,
        "title": one.title.en,
        "zh": one.title.zh,
        "digest": one.digest,
        "in_force": {"from": one.valid_from, "to": one.valid_to},
        "division": one.division,
        "list": one.listing.list_id if one.listing else None,
        "stages": [stage.act.value for stage in one.stages],
        "uncertain": list(one.uncertain),
    }


def _measure(one: Measure) -> dict[str, object]:
    return {
        "path": one.path,
        "title": one.title.en,
        "zh": one.title.zh,
        "effect": one.effect.value,
        "processes": [process.value for process in one.processes],
        "law": [" ".join(filter(None, (basis.instrument, basis.article))) for basis in one.basis],
        "executable": one.executable,
        "reason": one.refused.en if one.refused else None,
    }


def _memorandum(one: Memorandum) -> dict[str, object]:
    reason = one.refused or one.waits
    return {
        "path": one.path,
        "title": one.title.en,
        "zh": one.title.zh,
        "state": one.state,
        "reason": reason.en if reason else None,
        "lists": list(one.lists),
        "agreed": [
            {"measure": each.measure, "authority": each.authority, "bound": each.bound.value}
            for each in one.agreed
        ],
        "incomplete": one.incomplete.en if one.incomplete else None,
    }
