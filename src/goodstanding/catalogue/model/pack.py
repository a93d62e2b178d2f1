"""One jurisdiction's content."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from goodstanding.catalogue.chasing import STATED, Reminder
from goodstanding.catalogue.model.authority import Authority, Scheme
from goodstanding.catalogue.model.contract import Contract
from goodstanding.catalogue.model.facts import ListFact, PenaltyKind, PublicityRule, TableOfFacts
from goodstanding.catalogue.model.item import Category, Item, RefusedMatter
from goodstanding.catalogue.model.words import Title

if TYPE_CHECKING:
    from goodstanding.catalogue.measure import Measure, MeasureFact, Memorandum
    from goodstanding.catalogue.procedure import Procedure
    from goodstanding.catalogue.right import Right


@dataclass(frozen=True)
class Departure:
    """A reason for deciding otherwise than a rulebook proposed: its code, and what it says."""

    code: str
    title: Title


@dataclass(frozen=True)
class Pack:
    """One jurisdiction's content."""

    name: str
    title: Title
    folder: Path
    currency: str
    zone: str
    categories: tuple[Category, ...]
    items: tuple[Item, ...]
    authorities: tuple[Authority, ...]
    contracts: tuple[Contract, ...]
    rulebooks: tuple[Path, ...]
    refused: tuple[RefusedMatter, ...] = ()
    schemes: tuple[str, ...] = ()
    digest: str = ""
    notes: tuple[Title, ...] = field(default_factory=tuple)
    own_schemes: tuple[Scheme, ...] = ()
    publicity: tuple[PublicityRule, ...] = ()
    penalty_kinds: tuple[PenaltyKind, ...] = ()
    lists: tuple[ListFact, ...] = ()
    tables: tuple[TableOfFacts, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    rights: tuple[Right, ...] = ()
    measures: tuple[Measure, ...] = ()
    memoranda: tuple[Memorandum, ...] = ()
    measure_facts: tuple[MeasureFact, ...] = ()
    reminders: tuple[Reminder, ...] = STATED
    citations: tuple[Title, ...] = ()  # of instruments named in words: the text as cited, and its Chinese
    departures: tuple[Departure, ...] = ()
    drafts: tuple[str, ...] = ()  # of these, drafts for comment, not in force

    def item(self, path: str) -> Item:
        """The item of that full path; KeyError if the pack has none."""
        for one in self.items:
            if one.path == path:
                return one
        raise KeyError(path)

    def contract(self, path: str) -> Contract:
        """The contract of that full path; KeyError if the pack has none."""
        for one in self.contracts:
            if one.path == path:
                return one
        raise KeyError(path)

    def authority(self, path: str) -> Authority:
        """The authority of that full path; KeyError if the pack has none."""
        for one in self.authorities:
            if one.path == path:
                return one
        raise KeyError(path)
