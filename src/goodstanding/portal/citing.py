"""What a pack holds of a law that a step, an order or a document names: whether it is uncertain, or only a draft.

What is kept of a law is its instrument and its article. The marks stay in the pack, where they can be mended, and are
found again by both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import chain

from goodstanding.catalogue.model import Basis
from goodstanding.catalogue.procedure import Act, Procedure
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.wording import word


def cited(instrument: str, article: str, places: Iterable[Basis] = ()) -> Basis:
    """A law as the pack cites it.

    Args:
        places: where it was cited, if that is known: what is said there holds. Else a law is uncertain where the
            pack marks it so each time that it names it.
    """
    for one in places:
        if (one.instrument, one.article) == (instrument, article):
            return one
    return Basis(instrument, article, uncertain=(instrument, article) in _always_uncertain())


def laws_kept(pairs: Iterable[Iterable[str]], places: Iterable[Basis] = ()) -> tuple[Basis, ...]:
    """Laws as they are kept, instrument and article, with the marks of the pack."""
    known = tuple(places)
    return tuple(cited(instrument, article, known) for instrument, article in pairs)


def places_of(procedure: Procedure, act: Act) -> Iterator[Basis]:
    """Where a procedure names a law for an act, the nearest first."""
    stage = procedure.stage(act)
    if stage is not None:
        yield from stage.basis
        if stage.within is not None:
            yield stage.within.basis
    yield from procedure.basis


def is_draft(basis: Basis) -> bool:
    """Whether the pack says of the instrument, or of the part of it, that it is a draft for comment."""
    return bool(_drafts() & {basis.instrument, basis.article})


def marks(basis: Basis, lang: Language) -> tuple[str, ...]:
    """What must be read beside a law, in words; nothing beside one that is known and in force."""
    said = [word(lang, "law.draft")] if is_draft(basis) else []
    return tuple(said or ([word(lang, "uncertain")] if basis.uncertain else []))


@cache
def _drafts() -> frozenset[str]:
    return frozenset(one for pack in shelf.catalogue().packs for one in pack.drafts)


@cache
def _always_uncertain() -> frozenset[tuple[str, str]]:
    found: dict[tuple[str, str], bool] = {}
    criteria = (each for one in shelf.rulebooks() for entry in one.rulebook.entries() for each in entry.basis)
    for one in chain(_bases(shelf.catalogue().packs), criteria):
        key = (one.instrument, one.article)
        found[key] = found.get(key, True) and one.uncertain
    return frozenset(key for key, uncertain in found.items() if uncertain)


def _bases(node: object) -> Iterator[Basis]:
    """Every law in a pack, wherever it stands."""
    if isinstance(node, Basis):
        yield node
    elif isinstance(node, tuple):
        for one in node:
            yield from _bases(one)
    elif is_dataclass(node):
        for each in fields(node):
            yield from _bases(getattr(node, each.name))
