"""Runs both rulebooks over everyone and counts: grade against grade, and which lines stand behind it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from goodstanding.catalogue.model import Title
from goodstanding.core.reader import Access

from ..engines.duckdb import in_order
from ..extract import Extract
from ..model import Rulebook
from ..records import Catalogue
from ..shelf import Asked, Shelf
from .applying import Applied
from .outcomes import CANNOT_TELL, NOT_ASSESSED, NOT_PUBLIC, WITHOUT_GRADE, Measure, measure_of

MOVERS = 10


@dataclass(frozen=True)
class Kept:
    """What is kept from the reader besides what rests on closed records.

    `hidden` subjects count nowhere. The outcome of those in `subjects`, and of whoever has a line on one of
    `records`, is not public. Without `named` outcomes are counted and nobody is named.
    """

    hidden: Collection[int] = ()
    subjects: Collection[int] = ()
    records: Collection[int] = ()
    named: bool = True


NOTHING = Kept()


@dataclass(frozen=True)
class Reason:
    """An entry of one of the rulebooks (`side` 1 or 2), and how many organisations of a cell have lines of it.

    Where both are versions of one rulebook, only those count whose lines of the entry differ between the two;
    `points` is then by how much they differ, summed over those organisations, in hundredths; None is not known.
    """

    side: int
    rule: str
    title: Title
    subjects: int
    points: int | None = None


@dataclass(frozen=True)
class Cell:
    """Organisations with one outcome under the first rulebook and one under the second.

    An outcome is a grade, or one of `CANNOT_TELL`, `NOT_PUBLIC`, `NOT_ASSESSED`. `alike` None: they cannot be
    compared. `reasons` stand where they are not alike, the most frequent first; `without` is how many of these
    have no such line at all: the start, a bound or the scale alone decides.
    """

    one: str
    other: str
    subjects: int
    alike: bool | None
    reasons: tuple[Reason, ...] = ()
    without: int = 0


@dataclass(frozen=True)
class Mover:
    """An organisation whose outcomes lie furthest apart. `reasons` as of a cell, for it alone."""

    subject_id: int
    one: str
    other: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Comparison:
    """Both rulebooks over everyone on one day."""

    one: Applied
    other: Applied
    measure: Measure
    same_rulebook: bool
    cells: tuple[Cell, ...]
    movers: tuple[Mover, ...]

    @property
    def subjects(self) -> int:
        """Everyone whom at least one of the two assesses."""
        return sum(one.subjects for one in self.cells)

    def count(self, alike: bool | None) -> int:
        """How many are alike, differ, or (None) cannot be compared."""
        return sum(one.subjects for one in self.cells if one.alike is alike)

    def outcomes(self, side: int) -> tuple[str, ...]:
        """The outcomes that occur on one side, the best grade first, then what is no grade."""
        scale = self.measure.one if side == 1 else self.measure.other
        there = {one.one if side == 1 else one.other for one in self.cells}
        return tuple(one for one in (*scale, *WITHOUT_GRADE) if one in there)


def compare(
    one: Applied,
    other: Applied,
    shelf: Shelf,
    catalogue: Catalogue,
    extract_of: Callable[[Rulebook], Extract],
    *,
    readable: Access = Access.PUBLIC,
    kept: Callable[[Sequence[Asked]], Kept] = lambda _: NOTHING,
) -> Comparison:
    """Assess everyone by both rulebooks and hold the results against each other.

    Args:
        one, other: as `apply` gives them, both on one day.
        shelf: where the rulebooks are found that these rest on.
        catalogue: items by full path.
        extract_of: the ledger's parts for a rulebook.
        readable: outcomes that rest on more closed records are counted as not public, without reasons.
        kept: what is kept from the reader of the last rulebook of an order.

    Raises:
        Refusal: as `assess_all`.
    """
    with TemporaryDirectory(prefix="goodstanding-compare-") as scratch, duckdb.connect() as db:
        named = True
        for side, applied in ((1, one), (2, other)):
            folder = Path(scratch) / str(side)
            order = shelf.order(applied.rulebook, applied.on)
            with in_order(order, catalogue, extract_of, write_to=folder):
                pass
            away = kept(order)
            named = named and away.named
            _view(db, side, applied.rulebook, folder, readable, away)
        found = _Counting(db, one, other).comparison()
        return found if named else replace(found, movers=())


def _view(
    db: duckdb.DuckDBPyConnection, side: int, book: Rulebook, folder: Path, readable: Access, kept: Kept
) -> None:
    """Outcomes and lines of one side, entries by their id; lines summed for each subject and entry."""
    entries = ", ".join(f"({one.ordinal}, {_text(one.id)})" for one in book.entries())
    db.execute(f"CREATE TABLE entry{side} AS SELECT * FROM (VALUES {entries}) AS t(ordinal, id)")
    for name, numbers in (("hidden", kept.hidden), ("closed", kept.subjects), ("past", kept.records)):
        db.execute(f"CREATE TABLE {name}{side} AS SELECT unnest(?::BIGINT[]) AS id", [sorted(numbers)])
    db.execute(
        f"""
        INSERT INTO closed{side} SELECT subject_id FROM {_text(str(folder / "lines.parquet"))}
        WHERE record_id IN (SELECT id FROM past{side})
        """
    )
    db.execute(
        f"""
        CREATE TABLE outcome{side} AS
        SELECT subject_id, points_low, points_high,
               CASE WHEN access > {int(readable)} OR subject_id IN (SELECT id FROM closed{side})
                    THEN '{NOT_PUBLIC}'
                    ELSE coalesce(grade, '{CANNOT_TELL}') END AS outcome
        FROM {_text(str(folder / "assessments.parquet"))}
        WHERE subject_id NOT IN (SELECT id FROM hidden{side})
        """
    )
    db.execute(
        f"""
        CREATE TABLE lines{side} AS
        SELECT l.subject_id, e.id, count(*) AS n, sum(l.status) AS statuses,
               CASE WHEN count(*) = count(l.points_low) THEN sum(l.points_low)::BIGINT END AS low,
               CASE WHEN count(*) = count(l.points_high) THEN sum(l.points_high)::BIGINT END AS high
        FROM {_text(str(folder / "lines.parquet"))} AS l JOIN entry{side} AS e ON e.ordinal = l.rule
        GROUP BY l.subject_id, e.id
        """
    )


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class _Counting:
    """The questions that are asked of both results."""

    def __init__(self, db: duckdb.DuckDBPyConnection, one: Applied, other: Applied) -> None:
        self.db, self.one, self.other = db, one, other
        self.measure = measure_of(one.rulebook, other.rulebook)
        self.same = one.rulebook.path == other.rulebook.path
        self.titles = {
            side: {each.id: each.title for each in applied.rulebook.entries()}
            for side, applied in ((1, one), (2, other))
        }

    def comparison(self) -> Comparison:
        self.db.execute(
            f"""
            CREATE TABLE pairs AS
            SELECT coalesce(a.subject_id, b.subject_id) AS subject_id,
                   coalesce(a.outcome, '{NOT_ASSESSED}') AS one, coalesce(b.outcome, '{NOT_ASSESSED}') AS other,
                   coalesce(b.points_low, 0) - coalesce(a.points_low, 0) AS moved
            FROM outcome1 AS a FULL JOIN outcome2 AS b ON a.subject_id = b.subject_id
            """
        )
        self.db.execute(f"CREATE TABLE reasons AS {self.by_difference() if self.same else self.by_side()}")
        counts = self.db.execute(
            "SELECT one, other, count(*) FROM pairs GROUP BY one, other ORDER BY one, other"
        ).fetchall()
        cells = [self.cell(str(one), str(other), int(number)) for one, other, number in counts]
        order = (*self.measure.one, *WITHOUT_GRADE), (*self.measure.other, *WITHOUT_GRADE)
        cells.sort(key=lambda cell: (order[0].index(cell.one), order[1].index(cell.other)))
        movers = tuple(self.movers(cells))
        return Comparison(self.one, self.other, self.measure, self.same, tuple(cells), movers)

    def by_difference(self) -> str:
        """Entries of one rulebook whose lines differ between its versions."""
        return """
            SELECT subject_id, CASE WHEN b.id IS NULL THEN 1 ELSE 2 END AS side, coalesce(a.id, b.id) AS id,
                   CASE WHEN a.id IS NULL THEN 0 WHEN a.low = a.high THEN a.low END AS first,
                   CASE WHEN b.id IS NULL THEN 0 WHEN b.low = b.high THEN b.low END AS last
            FROM lines1 AS a FULL JOIN lines2 AS b USING (subject_id, id)
            WHERE (a.n, a.statuses, a.low, a.high) IS DISTINCT FROM (b.n, b.statuses, b.low, b.high)
        """

    def by_side(self) -> str:
        """All lines of both: the rulebooks' entries have nothing to do with each other."""
        return """
            SELECT subject_id, 1 AS side, id, NULL::BIGINT AS first, NULL::BIGINT AS last FROM lines1
            UNION ALL SELECT subject_id, 2, id, NULL, NULL FROM lines2
        """

    def cell(self, one: str, other: str, number: int) -> Cell:
        alike = self.measure.alike(one, other)
        if alike is None and one == other:
            return Cell(one, other, number, None)
        if alike or NOT_PUBLIC in (one, other):
            return Cell(one, other, number, alike)
        where = f"one = {_text(one)} AND other = {_text(other)}"
        (without,) = self.db.execute(
            f"SELECT count(*) FROM pairs AS p ANTI JOIN reasons AS r USING (subject_id) WHERE {where}"
        ).fetchall()[0]
        return Cell(one, other, number, alike, tuple(self.reasons(where)), without)

    def reasons(self, where: str) -> Iterator[Reason]:
        rows = self.db.execute(
            f"""
            SELECT r.side, r.id, count(*) AS subjects,
                   CASE WHEN count(*) = count(r.last - r.first) THEN sum(r.last - r.first)::BIGINT END
            FROM reasons AS r JOIN pairs AS p USING (subject_id) WHERE {where}
            GROUP BY r.side, r.id ORDER BY subjects DESC, r.side, r.id
            """
        ).fetchall()
        for side, rule, subjects, points in rows:
            yield Reason(side, rule, self.titles[side][rule], subjects, points)

    def movers(self, cells: list[Cell]) -> Iterator[Mover]:
        """Of those who are not alike, the furthest apart first; then by points, then by number."""
        far = sorted(
            (one for one in cells if one.alike is False),
            key=lambda one: -self.measure.distance(one.one, one.other),
        )
        left = MOVERS
        for cell in far:
            rows = self.db.execute(
                "SELECT subject_id FROM pairs WHERE one = ? AND other = ? ORDER BY abs(moved) DESC, subject_id LIMIT ?",
                [cell.one, cell.other, left],
            ).fetchall()
            for (subject,) in rows:
                yield Mover(subject, cell.one, cell.other, tuple(self.reasons(f"subject_id = {subject:d}")))
            left -= len(rows)
            if not left:
                return
