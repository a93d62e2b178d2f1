"""Contracts: what one data set of one authority looks like."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from goodstanding.catalogue.model.columns import Column, RowRefusal
from goodstanding.catalogue.model.mapping import (
    InstrumentMapping,
    RecordMapping,
    RoleMapping,
    SubjectMapping,
    TieMapping,
)
from goodstanding.catalogue.model.words import Title


class Target(StrEnum):
    """What the rows of a source are."""

    RECORDS = "records"
    SUBJECTS = "subjects"
    ROLES = "roles"
    TIES = "ties"


class Delivery(StrEnum):
    """What one file is of the source: all of it, new rows, or changed rows."""

    WHOLE = "whole"
    ADDITIONS = "additions"
    CHANGES = "changes"


@dataclass(frozen=True)
class Contract:
    """What one data set of one authority looks like. `path` is `<pack>/<source>`."""

    path: str
    title: Title
    authority: str
    target: Target
    delivery: Delivery
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    subject: SubjectMapping
    record: RecordMapping = field(default_factory=RecordMapping)
    instrument: InstrumentMapping = field(default_factory=InstrumentMapping)
    role: RoleMapping = field(default_factory=RoleMapping)
    tie: TieMapping = field(default_factory=TieMapping)
    refuse: tuple[RowRefusal, ...] = ()
    subject_only_when_blank: tuple[str, ...] = ()
    encodings: tuple[str, ...] = ("utf-8",)
    delimiter: str = ","
    sheet: str = ""
    floors: tuple[tuple[str, int], ...] = ()  # (column, least percentage of filled cells)
    digest: str = ""
    covers_from: date | None = None  # the first day that deliveries tell of; None: from the beginning
    covers_days: int = 0  # for how many days after its own a delivery still speaks: until the next one is due
    no_natural_persons: str = ""  # why the source cannot hold a natural person, where `refuse` is empty

    def column(self, name: str) -> Column:
        """The column of that header; KeyError if the contract has none."""
        for one in self.columns:
            if one.name == name:
                return one
        raise KeyError(name)

    @property
    def sends(self) -> tuple[str, ...]:
        """Full paths of the items that its rows become records of."""
        if self.target is not Target.RECORDS:
            return ()
        named = (self.record.item, *(item for _, item in self.record.items))
        return tuple(dict.fromkeys(one for one in named if one))
