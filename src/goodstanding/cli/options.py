"""Options that many commands share."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.core.home import DEFAULT_HOME

Home = Annotated[
    Path, typer.Option("--home", envvar="GOODSTANDING_HOME", help="Folder with everything that is kept.")
]
HOME = DEFAULT_HOME
Today = Annotated[str, typer.Option("--today", help="Act as if it were this day (YYYY-MM-DD).")]
Packs = Annotated[
    list[str] | None,
    typer.Option(
        "--pack",
        envvar="GOODSTANDING_PACKS",
        help="Packs to use, by name or folder; all shipped ones by default.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, as when piped.")]


def day(text: str, option: str) -> date:
    """The day that an option names. Raises GS-CLI-001 if it is none."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise Refusal(
            "GS-CLI-001",
            f"“{text}” is not a day.",
            where=option,
            remedy="Write it as YYYY-MM-DD, for instance 2026-03-31.",
        ) from None


def clock(today: str) -> Clock:
    """The clock of a command: the real one, or one that stands on `--today`."""
    return Clock(day(today, "--today")) if today else Clock()
