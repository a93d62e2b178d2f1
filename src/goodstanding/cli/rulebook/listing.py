"""`goodstanding rulebook list`: the rulebooks that the packs hold."""

from __future__ import annotations

from goodstanding.cli.options import Json, Packs
from goodstanding.cli.output import as_json, piped, show_table
from goodstanding.cli.session import load_catalogue


def command(pack: Packs = None, json: Json = False) -> None:
    """List the rulebooks of the packs: path, kind, title, and from when each version is in force.

    Example: goodstanding rulebook list --pack cn
    """
    from goodstanding.rules.shelf import Shelf

    shelf = Shelf.of(load_catalogue(pack).packs)
    rows = [
        {
            "rulebook": path,
            "kind": shelf.versions(path)[-1].kind.value,
            "title": shelf.versions(path)[-1].title.en,
            "in_force_from": [one.in_force_from for one in shelf.versions(path)],
        }
        for path in shelf.paths
    ]
    if json or piped():
        as_json(rows)
        return
    show_table(
        "Rulebooks",
        ("rulebook", "kind", "title", "in force from"),
        [
            (one["rulebook"], one["kind"], one["title"], ", ".join(map(str, one["in_force_from"])))
            for one in rows
        ],
        whole=("rulebook",),
    )
