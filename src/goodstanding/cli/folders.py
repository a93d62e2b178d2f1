"""Folders that a command writes files into: nothing that lies there is lost without a word."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goodstanding.core.errors import Refusal

Replace = Annotated[
    bool,
    typer.Option("--replace", help="Write into a folder that holds files; those of the same names go."),
]


def refuse_used(folder: Path, *, replace: bool) -> None:
    """Raises GS-CLI-022 if files could be lost, or if it is no folder."""
    if folder.exists() and not folder.is_dir():
        raise Refusal(
            "GS-CLI-022",
            "This is a file, and a folder is needed.",
            where=str(folder),
            remedy="Name a folder; it is made if it is not there.",
        )
    if not replace and folder.is_dir() and (held := sorted(folder.iterdir())):
        more = " and more" if len(held) > 1 else ""
        raise Refusal(
            "GS-CLI-022",
            "The folder is not empty.",
            where=str(folder),
            why=f"It holds {held[0].name}{more}; files of the same names would be lost.",
            remedy="Name an empty folder or one that is not there yet, or say --replace.",
        )


def refuse_used_file(path: Path) -> None:
    """Raises GS-CLI-022 if something lies there already."""
    if path.exists():
        raise Refusal(
            "GS-CLI-022",
            "Something lies there already.",
            where=str(path),
            remedy="Name a file that is not there yet.",
        )
