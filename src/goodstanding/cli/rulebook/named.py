"""How a command names rulebooks: by a file, by a path, or by a path and a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from goodstanding.catalogue.loading import Catalogue
from goodstanding.cli.session import load_catalogue
from goodstanding.core.errors import Refusal
from goodstanding.core.nearest import did_you_mean
from goodstanding.rules import Named, Rulebook, load_rulebook
from goodstanding.rules.shelf import Shelf


def files(named: list[str] | None, packs: list[str] | None) -> list[Path]:
    """The files of these rulebooks, all versions of a path; of every shipped one where none is named.

    Raises:
        Refusal: GS-CLI-014 if a name is neither a file nor a rulebook.
    """
    catalogue = load_catalogue(packs)
    if not named:
        return [path for pack in catalogue.packs for path in pack.rulebooks]
    found: list[Path] = []
    for one in named:
        if Path(one).is_file():
            found.append(Path(one))
            continue
        shipped = [
            path for pack in catalogue.packs for path in pack.rulebooks if load_rulebook(path).path == one
        ]
        if not shipped:
            raise _unknown(one, catalogue)
        found.extend(shipped)
    return found


def one_rulebook(name: str, catalogue: Catalogue, on: date | None = None) -> Rulebook:
    """A file, `path@day`, or a path: then the version in force on the day, or else the newest.

    Raises:
        Refusal: GS-CLI-014 neither a file nor a rulebook; GS-RULES-071, 072 for the day.
    """
    if Path(name).is_file():
        return load_rulebook(Path(name))
    from goodstanding.rules.comparing import named_version

    shelf = Shelf.of(catalogue.packs)
    if name.partition("@")[0] not in shelf.paths:
        raise _unknown(name, catalogue)
    return named_version(shelf, name, on)


def named_around(file: Path, catalogue: Catalogue) -> Named:
    """What a rulebook of this file can name: what the packs hold, and the rulebooks of the files beside it."""

    def rulebooks() -> Iterator[str]:
        yield from (load_rulebook(path).path for pack in catalogue.packs for path in pack.rulebooks)
        for path in sorted(file.parent.glob("*.y*ml")):
            try:
                yield load_rulebook(path).path
            except Refusal:  # it is no rulebook, or not yet one: it resolves nothing, which is then found
                continue

    return Named.of(catalogue.packs, rulebooks)


def _unknown(name: str, catalogue: Catalogue) -> Refusal:
    return Refusal(
        "GS-CLI-014",
        f"“{name}” is neither a file nor a rulebook of the packs.",
        remedy=did_you_mean(name.partition("@")[0], Shelf.of(catalogue.packs).paths)
        + "Name a YAML file or a path; goodstanding rulebook list names all paths.",
    )
