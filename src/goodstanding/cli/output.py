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

from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from goodstanding.core.errors import Refusal

console = Console()
errors = Console(stderr=True)
_NARROWEST = 8  # columns of the terminal that a text needs to be read at all


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


def show_table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], *, whole: Sequence[str] = ()
) -> None:
    """A table on the terminal. Nothing in it is cut off.

    Cells of the columns in `whole` (identifiers, paths, digests) stand in one line each, so that they can be
    copied; other cells are broken into lines. Where the terminal is too narrow for that, each row is shown as
    a block of its own.
    """
    shown = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if sum(_least(place, column, shown, whole) + 3 for place, column in enumerate(columns)) > console.width:
        _show_blocks(title, columns, shown)
        return
    table = Table(title=title, title_justify="left", header_style="bold")
    for place, column in enumerate(columns):
        kept = column in whole
        least = _least(place, column, shown, whole) if kept else None
        table.add_column(column, no_wrap=kept, min_width=least, overflow="fold")
    for row in shown:
        table.add_row(*map(escape, row))
    console.print(table)


def _least(place: int, column: str, rows: Sequence[Sequence[str]], whole: Sequence[str]) -> int:
    """The narrowest that a column may get, in cells of the terminal (a Chinese character takes two)."""
    longest = max((cell_len(row[place]) for row in rows), default=0)
    return max(cell_len(column), longest if column in whole else min(longest, _NARROWEST))


def _show_blocks(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    console.print(f"[bold]{escape(title)}[/bold]")
    width = max(map(len, columns))
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            if cell:
                # Never broken by us: a terminal that breaks a line of its own accord still copies it whole.
                print(f"  {column.ljust(width)}  {cell}")
        print()


def show_sums(title: str, sums: Mapping[str, object] | Sequence[tuple[str, object]]) -> None:
    """Names and numbers, one a line; in pairs where a name may stand twice."""
    console.print(f"[bold]{title}[/bold]")
    pairs = list(sums.items()) if isinstance(sums, Mapping) else list(sums)
    width = max(len(name) for name, _ in pairs)
    for name, value in pairs:
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
