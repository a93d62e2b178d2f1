"""What commands print: words and tables on a terminal, JSON when piped."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from goodstanding.core.errors import Refusal

console = Console()
errors = Console(stderr=True)


class Reporter(Protocol):
    """Called with what is being done and the share done so far, 0 to 1."""

    def __call__(self, what: str, share: float, /) -> None: ...


def piped() -> bool:
    """Whether a program reads the output."""
    return not sys.stdout.isatty()


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID | Path):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no JSON form")


def as_json(value: Any) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def show_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table on the terminal."""
    table = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console.print(table)


def show_sums(title: str, sums: Mapping[str, object]) -> None:
    """Names and numbers, one a line."""
    console.print(f"[bold]{title}[/bold]")
    width = max(len(name) for name in sums)
    for name, value in sums.items():
        shown = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else value
        console.print(f"  {name.ljust(width)}  {shown}", highlight=False, markup=False)


def show_refusal(refusal: Refusal) -> None:
    """A refusal: for a reader on the error stream, and as JSON too when a program reads the output."""
    if piped():
        as_json({"error": refusal.as_dict()})
    print(str(refusal), file=sys.stderr)


@contextmanager
def progress(title: str) -> Iterator[Reporter]:
    """A bar on the error stream while something long runs; lines are left out when nobody looks."""
    with Progress(
        TextColumn("[progress.description]{task.description}"),
        BarColumn(bar_width=24),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
        disable=not sys.stderr.isatty(),
    ) as bar:
        task = bar.add_task(title, total=1.0)

        def report(what: str, share: float, /) -> None:
            bar.update(task, description=f"{title}: {what}", completed=share)

        yield report
