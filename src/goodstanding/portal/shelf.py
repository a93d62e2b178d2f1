"""The packs and rulebooks that the pages show: read once in a process, checked, never changed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from functools import cache

from goodstanding.catalogue.domains import SUBJECT_KINDS
from goodstanding.catalogue.loading import Catalogue, builtin_names, load_packs
from goodstanding.catalogue.model import Contract, Item, Pack, Title
from goodstanding.catalogue.procedure import Procedure
from goodstanding.core.divisions import Divisions
from goodstanding.core.identifiers.registry import SCHEMES
from goodstanding.portal.language import Language
from goodstanding.rules.model import Rulebook, digest
from goodstanding.rules.shelf import Shelf


@dataclass(frozen=True)
class Shelved:
    """A version of a rulebook with the digest of its canonical model."""

    rulebook: Rulebook
    digest: str

    @property
    def name(self) -> str:
        """The path inside its pack: `tax-credit`."""
        return self.rulebook.path.partition("/")[2]

    @property
    def version(self) -> str:
        """What names the version in an address: the first day in force."""
        return self.rulebook.in_force_from.isoformat()

    def in_force(self, on: date) -> bool:
        """Whether it is in force on a day."""
        book = self.rulebook
        return book.in_force_from <= on and (book.in_force_to is None or on < book.in_force_to)


@cache
def catalogue() -> Catalogue:
    """All packs of this installation."""
    served = [one for one in os.environ.get("GOODSTANDING_SERVED_PACKS", "").split(os.pathsep) if one]
    return load_packs(served or builtin_names())


def warm() -> None:
    """Read everything now, so that a broken pack stops the start and no reader waits for it."""
    rulebooks()
    divisions()


@cache
def rulebooks() -> tuple[Shelved, ...]:
    """All rulebooks of all packs, by path and then the newest version first."""
    books = sorted(rule_shelf().rulebooks, key=lambda one: one.in_force_from, reverse=True)
    return tuple(Shelved(one, digest(one)) for one in sorted(books, key=lambda one: one.path))


@cache
def rule_shelf() -> Shelf:
    """The same rulebooks, as standing asks for them."""
    return Shelf.of(catalogue().packs)


def pack_named(name: str) -> Pack | None:
    """The pack of that name, if this installation has it."""
    return next((one for one in catalogue().packs if one.name == name), None)


def item_at(path: str) -> Item | None:
    """The item, if a pack of this installation has it: the ledger may hold items of a pack that was left out."""
    return items().get(path)


@cache
def items() -> dict[str, Item]:
    """Every item by its path."""
    return {one.path: one for one in catalogue().items}


def contract_at(path: str) -> Contract | None:
    """The contract of a source, if a pack of this installation has it."""
    return _contracts().get(path)


@cache
def _contracts() -> dict[str, Contract]:
    return {one.path: one for one in catalogue().contracts}


@cache
def _authorities() -> dict[str, Title]:
    return {one.path: one.title for pack in catalogue().packs for one in pack.authorities}


def authority_title(path: str) -> Title:
    """An authority's title; its path where no pack names it."""
    return _authorities().get(path) or Title(path, path)


@cache
def _citations() -> dict[str, str]:
    return {one.en: one.zh for pack in catalogue().packs for one in pack.citations}


def cited_text(text: str, lang: Language) -> str:
    """An instrument, or a part of one, as a pack cites it; in Chinese where the pack says how it is called there."""
    return _citations().get(text, text) if lang is Language.ZH else text


@cache
def _procedures() -> dict[str, Procedure]:
    return {one.digest: one for one in catalogue().procedures}


def procedure_by_digest(digest: str) -> Procedure | None:
    """The version of a procedure that a case goes by, if a pack here has it."""
    return _procedures().get(digest)


def procedure_title(path: str) -> Title:
    """A procedure's title, of its newest version; its path where no pack has it."""
    versions = [one for one in _procedures().values() if one.path == path]
    return max(versions, key=lambda one: one.valid_from).title if versions else Title(path, path)


@cache
def _zones() -> dict[str, str]:
    return {one.subject.scheme: pack.zone for pack in reversed(catalogue().packs) for one in pack.contracts}


def zone_of(scheme: str) -> str:
    """The time zone in which the days of a subject with an identifier of this scheme are counted."""
    return _zones().get(scheme, "UTC")


@cache
def packs_about(scheme: str) -> frozenset[str]:
    """The packs that have a source about subjects with identifiers of this scheme."""
    return frozenset(
        pack.name
        for pack in catalogue().packs
        for one in pack.contracts
        if scheme in (one.subject.scheme, *(legacy for legacy, _ in one.subject.legacy))
    )


@cache
def _schemes() -> dict[str, Title]:
    own = {one.name: one.title for pack in catalogue().packs for one in pack.own_schemes}
    return {name: Title(one.title, one.title_zh) for name, one in SCHEMES.items()} | own


def scheme_text(scheme: str, lang: Language) -> str:
    """What an identifier of this scheme is called; the scheme's name where neither core nor a pack says."""
    title = _schemes().get(scheme)
    return lang.of(title) if title else scheme


@cache
def divisions() -> Divisions | None:
    """The codes of GB/T 2260, which the pack of China brings."""
    pack = pack_named("cn")
    return Divisions.load(pack.folder / "divisions.csv") if pack else None


def kind_text(kind: str, lang: Language) -> str:
    """A kind of subject."""
    title = SUBJECT_KINDS.get(kind)
    return lang.of(title) if title else kind


def rulebook_at(path: str, version: str = "") -> Shelved | None:
    """A version of a rulebook (its first day in force); without one, the newest."""
    return next(
        (one for one in rulebooks() if one.rulebook.path == path and version in ("", one.version)), None
    )
