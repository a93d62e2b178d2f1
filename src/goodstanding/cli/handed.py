"""Parquet files that a command is handed, instead of a ledger: checked, and made ready for each rulebook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from goodstanding.catalogue.loading import Catalogue
from goodstanding.core.errors import Refusal
from goodstanding.rules import Extract, Rulebook
from goodstanding.rules.delivered import read_coverage
from goodstanding.standing.universe import within

ITEMS, MERGES = "items.parquet", "merges.parquet"


@dataclass(frozen=True)
class Files:
    """Parquet files by what their rows are; only records must be there."""

    records: tuple[Path, ...]
    endings: tuple[Path, ...] = ()
    subjects: tuple[Path, ...] = ()
    ties: tuple[Path, ...] = ()
    items: Path | None = None
    merges: Path | None = None
    coverage: tuple[Path, ...] = ()

    @classmethod
    def in_folder(cls, folder: Path) -> Files:
        """The parts of a folder, by their names. Refusal GS-CLI-051 if it holds no records."""
        found = {
            kind: tuple(sorted(folder.glob(f"{kind}*.parquet")))
            for kind in ("records", "endings", "subjects", "ties", "coverage")
        }
        if not found["records"]:
            raise Refusal(
                "GS-CLI-051",
                "There are no records here.",
                where=str(folder),
                why="The folder holds Parquet parts: records*.parquet, and where there are any endings*, subjects*, "
                "ties*, coverage*, items.parquet and merges.parquet.",
                remedy="Check the path; the columns are those of docs/reference/extract.md.",
            )
        merges = folder / MERGES
        return cls(
            found["records"],
            found["endings"],
            found["subjects"],
            found["ties"],
            merges=merges if merges.exists() else None,
            coverage=found["coverage"],
        )

    @property
    def numbers(self) -> Path | None:
        """The file that says what item numbers mean: the named one, or the one beside the records."""
        beside = {one.parent / ITEMS for one in self.records if (one.parent / ITEMS).is_file()}
        return self.items or (beside.pop() if len(beside) == 1 else None)

    @property
    def all(self) -> tuple[Path, ...]:
        """Every file that is read."""
        others = (one for one in (self.numbers, self.merges) if one is not None)
        return (*self.records, *self.endings, *self.subjects, *self.ties, *self.coverage, *others)

    def digests(self) -> tuple[tuple[str, str], ...]:
        """SHA-256 of every file, by its name; by its path where two have one name."""
        names = [one.name for one in self.all]
        return tuple((one.name if names.count(one.name) == 1 else str(one), _digest(one)) for one in self.all)


@dataclass
class Handed:
    """Checked files. `extract_of` is what a run reads for a rulebook."""

    extract: Extract
    catalogue: Catalogue
    folder: Path
    read: dict[str, Extract] = field(default_factory=dict)

    def extract_of(self, book: Rulebook) -> Extract:
        """The files, with the subjects that the rulebook's pack deals with where the files say how they are known.

        Raises:
            Refusal: GS-RULES-027 if the records lack a column that the rulebook looks at.
        """
        from goodstanding.rules.parts import check_columns, looked_at

        check_columns(self.extract, looked_at(book, {one.path: one for one in self.catalogue.items}))
        packs = {one.name: one for one in self.catalogue.packs}
        if book.pack not in packs or not self._say_schemes():
            return self.extract
        if book.pack not in self.read:
            self.read[book.pack] = within(self.extract, packs[book.pack], self.folder)
        return self.read[book.pack]

    def _say_schemes(self) -> bool:
        import pyarrow.parquet as pq

        return bool(self.extract.subjects) and "scheme" in pq.read_schema(self.extract.subjects[0]).names


@contextmanager
def handed(files: Files, catalogue: Catalogue, scratch: Path | None = None) -> Iterator[Handed]:
    """Check the files and make them ready.

    Args:
        scratch: a folder that every worker of a cluster can read; this machine's own otherwise.

    Raises:
        Refusal: GS-RULES-027, 080 to 085 for what is wrong with them; 028 for merges in a circle.
    """
    from goodstanding.rules.parts import check_contents, read_items, read_merges

    extract = Extract(files.records, files.endings, files.subjects, ties=files.ties)
    if files.merges is not None:
        extract = replace(extract, merges=read_merges(files.merges))
        extract.resolved()
    if files.numbers is not None:
        extract = replace(extract, items=read_items(files.numbers))
    if files.coverage:
        extract = replace(extract, coverage=read_coverage(files.coverage))
    check_contents(extract, {one.path: one for one in catalogue.items})
    with TemporaryDirectory(prefix="goodstanding-files-", dir=scratch) as folder:
        yield Handed(extract, catalogue, Path(folder))


def named(
    records: Sequence[Path] | None,
    endings: Sequence[Path] | None,
    subjects: Sequence[Path] | None,
    ties: Sequence[Path] | None,
    items: Path | None,
    merges: Path | None,
    coverage: Sequence[Path] | None,
) -> Files:
    """The files that options name."""
    return Files(
        tuple(records or ()),
        tuple(endings or ()),
        tuple(subjects or ()),
        tuple(ties or ()),
        items,
        merges,
        tuple(coverage or ()),
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
