"""`goodstanding rulebook docs`: a rulebook as a page that reads like law."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from goodstanding.cli.options import Json, Packs
from goodstanding.cli.output import as_json, console, piped
from goodstanding.cli.rulebook.named import one_rulebook
from goodstanding.cli.session import load_catalogue
from goodstanding.portal.language import Language


def command(
    rulebook: Annotated[str, typer.Argument(help="Path such as cn/tax-credit, path@day, or a YAML file.")],
    lang: Annotated[Language, typer.Option("--lang", help="Language of the page.")] = Language.EN,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write it to this file: HTML where it ends in .html.")
    ] = None,
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Write a rulebook as a page that reads like law: every rule, its points, its law, and what is not evaluated.

    Markdown on the output; with --out in a file, as Markdown or as one HTML file without scripts.

    Example: goodstanding rulebook docs cn/tax-credit@2025-07-01 --lang zh --out tax-credit.html
    """
    os.environ["GOODSTANDING_SERVED_PACKS"] = os.pathsep.join(pack or [])
    from goodstanding.portal.leaflets import as_html, as_markdown
    from goodstanding.portal.leaflets.rulebook import rulebook_leaflet

    book = one_rulebook(rulebook, load_catalogue(pack))
    leaflet = rulebook_leaflet(book, lang)
    page = as_html(leaflet) if out and out.suffix.lower() in (".html", ".htm") else as_markdown(leaflet)
    told = {"rulebook": book.path, "in_force_from": book.in_force_from, "lang": lang}
    if out is not None:
        out.write_text(page, encoding="utf-8")
        if json or piped():
            as_json({**told, "out": out})
        else:
            console.print(f"Written to {out}", markup=False, highlight=False)
    elif json:
        as_json({**told, "markdown": page})
    else:
        print(page, end="")
