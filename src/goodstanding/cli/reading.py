"""Where a command reads records: a folder of Parquet parts, or the ledger of the home."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from goodstanding.catalogue.loading import Catalogue
from goodstanding.cli.handed import Files, handed
from goodstanding.cli.session import load_catalogue, session
from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home as Place
from goodstanding.core.reader import PUBLIC, Access
from goodstanding.rules import Extract, Rulebook
from goodstanding.rules.comparing import Kept
from goodstanding.rules.shelf import Asked

ExtractFolder = Annotated[
    Path | None,
    typer.Option(
        "--extract",
        help="Folder with records*.parquet, endings*, subjects*, ties*: read instead of the ledger.",
    ),
]


@dataclass(frozen=True)
class Source:
    """What is read.

    Args:
        extract_of: the parts for a rulebook, with the subjects that its pack deals with.
        rests_on: what was read, by name: enough to read the same again.
        names: what organisations are called, by subject id.
        kept: what of a rulebook's results the public may not see, besides those on closed records.
    """

    catalogue: Catalogue
    extract_of: Callable[[Rulebook], Extract]
    rests_on: tuple[tuple[str, str], ...]
    names: Callable[[Sequence[int]], Mapping[int, str]]
    kept: Callable[[Sequence[Asked]], Kept] = lambda _: Kept()


@contextmanager
def read_from(extract: Path | None, home: Path, *, clock: Clock, packs: list[str] | None) -> Iterator[Source]:
    """Open the folder of Parquet parts, or the ledger as it stands now.

    Raises:
        Refusal: GS-CLI-051 no records in the folder; GS-CLI-052 none in the ledger; GS-CLI-053 a rulebook of a
            pack that is not loaded.
    """
    if extract is not None:
        catalogue, files = load_catalogue(packs), Files.in_folder(extract)
        with handed(files, catalogue) as ready:
            yield Source(
                catalogue,
                ready.extract_of,
                (*files.digests(), ("catalogue", catalogue.digest)),
                lambda _: {},
            )
        return
    with session(home, clock=clock, packs=packs) as opened:
        from goodstanding.intake import workspace

        with workspace(opened.home.work) as room:
            yield from_ledger(opened.catalogue, opened.home, room.folder, clock.today())


def from_ledger(catalogue: Catalogue, home: Place, folder: Path, today: date) -> Source:
    """The ledger as it stands now: what rests on closed records says so itself, and whom the public may not know
    is neither named nor counted.

    Args:
        home: whose database Django is pointed at.
        folder: for the subjects of each pack, as long as the source is read.
        today: the day by which publicity is judged.
    """
    from goodstanding.ledger.extract import extract_at
    from goodstanding.ledger.publicity import Publicity
    from goodstanding.ledger.visibility import subjects_visible_to
    from goodstanding.ledger.writing import current_position
    from goodstanding.standing.closing import awaits_decision, closed_over_everyone, hidden_from
    from goodstanding.standing.universe import within

    position = current_position()
    whole = extract_at(home, position, Access.RESTRICTED, catalogue)
    if not whole.records:
        raise Refusal(
            "GS-CLI-052",
            "The ledger holds no records yet.",
            where=str(home.path),
            remedy="Take in a file first (goodstanding intake), or name Parquet parts with --extract.",
        )
    known = {one.name: one for one in catalogue.packs}
    read: dict[str, Extract] = {}

    def extract_of(book: Rulebook) -> Extract:
        if book.pack not in known:
            raise Refusal(
                "GS-CLI-053",
                f"The pack {book.pack} is not loaded.",
                where=book.path,
                why="Its sources say whom the rulebook is about.",
                remedy="Name it with --pack.",
            )
        if book.pack not in read:
            room = folder / f"subjects-{book.pack}"
            room.mkdir()
            read[book.pack] = within(whole, known[book.pack], room)
        return read[book.pack]

    def names(subjects: Sequence[int]) -> dict[int, str]:
        rows = subjects_visible_to(PUBLIC).filter(pk__in=subjects).values_list("pk", "identifier")
        return {int(key): str(identifier) for key, identifier in rows}

    publicity, hidden = Publicity(catalogue, today), hidden_from(PUBLIC)

    def kept(order: Sequence[Asked]) -> Kept:
        closing = closed_over_everyone(order, PUBLIC, publicity, position)
        return Kept(hidden, closing.subjects, closing.records, not awaits_decision(order, PUBLIC))

    rests_on = (("position", str(position)), ("catalogue", catalogue.digest))
    return Source(catalogue, extract_of, rests_on, names, kept)
