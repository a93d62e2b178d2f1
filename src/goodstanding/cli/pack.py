"""`goodstanding pack`: look at packs and check one's own."""

from __future__ import annotations

from typing import Annotated

import typer

from goodstanding.catalogue.loading import builtin_names, load_pack
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
    """Show what a pack says may be recorded, and what it refuses.

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
            }
        )
        return
    show_table(
        f"{loaded.title.en}: what may be recorded",
        ("item", "title", "category", "access"),
        [(one.path, one.title.en, one.category, one.access.name.lower()) for one in loaded.items],
        whole=("item",),
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
    }
