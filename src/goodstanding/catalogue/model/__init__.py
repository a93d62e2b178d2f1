"""The typed view of a pack: what may be recorded, by whom, from which data sets.

Everything here is frozen: a pack is read once, checked (`catalogue.checks`) and never changed.
"""

from goodstanding.catalogue.model.authority import Authority, Scheme
from goodstanding.catalogue.model.columns import Column, ColumnType, RowRefusal
from goodstanding.catalogue.model.contract import Contract, Delivery, Target
from goodstanding.catalogue.model.facts import ListFact, PenaltyKind, PublicityRule, TableOfFacts
from goodstanding.catalogue.model.item import (
    Absence,
    Category,
    CodeValue,
    Field,
    FieldType,
    Item,
    Polarity,
    RefusedMatter,
    Retention,
)
from goodstanding.catalogue.model.mapping import (
    InstrumentMapping,
    RecordMapping,
    RoleMapping,
    SubjectMapping,
    TieMapping,
)
from goodstanding.catalogue.model.pack import Departure, Pack
from goodstanding.catalogue.model.words import Basis, Title

__all__ = [
    "Absence",
    "Authority",
    "Basis",
    "Category",
    "CodeValue",
    "Column",
    "ColumnType",
    "Contract",
    "Delivery",
    "Departure",
    "Field",
    "FieldType",
    "InstrumentMapping",
    "Item",
    "ListFact",
    "Pack",
    "PenaltyKind",
    "Polarity",
    "PublicityRule",
    "RecordMapping",
    "RefusedMatter",
    "Retention",
    "RoleMapping",
    "RowRefusal",
    "Scheme",
    "SubjectMapping",
    "TableOfFacts",
    "Target",
    "TieMapping",
    "Title",
]
