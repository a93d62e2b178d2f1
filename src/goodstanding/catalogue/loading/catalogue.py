"""Several packs as one typed view."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from goodstanding.catalogue.loading.folder import load_pack
from goodstanding.catalogue.measure import Measure, Memorandum
from goodstanding.catalogue.model import Authority, Contract, Item, Pack, PublicityRule
from goodstanding.catalogue.procedure import Procedure
from goodstanding.core.errors import Refusal


@dataclass(frozen=True)
class Catalogue:
    """What may be recorded, over all packs of an installation."""

    packs: tuple[Pack, ...]

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {one.path: one for pack in self.packs for one in pack.items}

    @cached_property
    def _contracts(self) -> dict[str, Contract]:
        return {one.path: one for pack in self.packs for one in pack.contracts}

    @cached_property
    def _authorities(self) -> dict[str, Authority]:
        return {one.path: one for pack in self.packs for one in pack.authorities}

    @cached_property
    def _publicity(self) -> dict[str, tuple[PublicityRule, ...]]:
        found: dict[str, tuple[PublicityRule, ...]] = {}
        for rule in (rule for pack in self.packs for rule in pack.publicity):
            for path in rule.items:
                found[path] = (*found.get(path, ()), rule)
        return found

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, over the names and digests of the packs, in the order of the names."""
        lines = sorted(f"{pack.name} {pack.digest}\n" for pack in self.packs)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, pack by pack."""
        return tuple(self._items.values())

    @property
    def contracts(self) -> tuple[Contract, ...]:
        """All contracts, pack by pack."""
        return tuple(self._contracts.values())

    @cached_property
    def procedures(self) -> tuple[Procedure, ...]:
        """All versions of all procedures, pack by pack."""
        return tuple(one for pack in self.packs for one in pack.procedures)

    def procedure(self, path: str, day: date) -> Procedure:
        """The version of a procedure under which a case is opened on a day; KeyError if none is in force."""
        for one in self.procedures:
            if one.path == path and one.in_force(day):
                return one
        raise KeyError(path)

    @cached_property
    def _measures(self) -> dict[str, Measure]:
        return {one.path: one for pack in self.packs for one in pack.measures}

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All measures, pack by pack, those that are only shown among them."""
        return tuple(self._measures.values())

    def measure(self, path: str) -> Measure:
        """The measure of that full path; KeyError if there is none."""
        return self._measures[path]

    def memoranda_of(self, pack: str, list_id: str, day: date) -> tuple[Memorandum, ...]:
        """The memoranda that an entry on a list of a pack triggers on a day."""
        return tuple(
            one
            for one in self.pack(pack).memoranda
            if one.runs and list_id in one.lists and one.in_force(day)
        )

    def publicity_of(self, path: str) -> tuple[PublicityRule, ...]:
        """The rules that end the publicity of an item's records; none for an item that no rule names."""
        return self._publicity.get(path, ())

    def pack(self, name: str) -> Pack:
        """The pack of that name; KeyError if it is not loaded."""
        for one in self.packs:
            if one.name == name:
                return one
        raise KeyError(name)

    def item(self, path: str) -> Item:
        """The item of that full path; KeyError if there is none."""
        return self._items[path]

    def contract(self, path: str) -> Contract:
        """The contract of that full path; KeyError if there is none."""
        return self._contracts[path]

    def authority(self, path: str) -> Authority:
        """The authority of that full path; KeyError if there is none."""
        return self._authorities[path]


def load_packs(names: Iterable[str | Path]) -> Catalogue:
    """Load packs by folder or name. Raises GS-PACK-008 if two of them have one name."""
    packs: list[Pack] = []
    for name in names:
        pack = load_pack(name)
        if any(pack.name == other.name for other in packs):
            raise Refusal(
                "GS-PACK-008",
                f"two packs are called {pack.name!r}",
                where=str(name),
                why="Paths of items and contracts begin with the pack's name.",
                remedy="Load one of them.",
            )
        packs.append(pack)
    return Catalogue(tuple(packs))
