"""The typed view of a pack: what may be recorded, by whom, from which data sets.

Everything here is frozen: a pack is read once, checked (`catalogue.checks`) and never changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from goodstanding.core.reader import Access

if TYPE_CHECKING:
    from goodstanding.catalogue.measure import Measure, MeasureFact, Memorandum
    from goodstanding.catalogue.procedure import Procedure
    from goodstanding.catalogue.right import Right


class Polarity(StrEnum):
    """What an item says about its subject (2016 national catalogue)."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"


class Absence(StrEnum):
    """What it means that a subject has no record of an item."""

    NONE = "none"
    UNKNOWN = "unknown"


class FieldType(StrEnum):
    """Type of a field of an item. Rules can use `number` and `code`; `text` is only shown."""

    TEXT = "text"
    NUMBER = "number"
    CODE = "code"


@dataclass(frozen=True)
class Title:
    """A title in both languages of the product."""

    en: str
    zh: str


@dataclass(frozen=True)
class Basis:
    """A law: instrument and, where stated, its article."""

    instrument: str
    article: str = ""
    uncertain: bool = False


@dataclass(frozen=True)
class CodeValue:
    """A value of a code field; without a title where the value is a word of its own (a letter, 国家级)."""

    value: str
    title: Title | None = None


@dataclass(frozen=True)
class Field:
    """A field of an item's content.

    `slot` is 1–4 for the numbers and for the codes that rules can use, in the order in which the
    catalogue names them: the extract keeps them in the columns number_1…4 and code_1…4.
    `values` are those of a code that the catalogue names; a source may send others.
    """

    name: str
    title: Title
    type: FieldType
    slot: int | None = None
    values: tuple[CodeValue, ...] = ()

    def value_title(self, value: str) -> Title | None:
        """What a value of a code is called, if the catalogue says so."""
        return next((one.title for one in self.values if one.value == value), None)


@dataclass(frozen=True)
class Retention:
    """How long a record is kept and shown: months from the start, and the rule that says so."""

    months: int
    basis: Basis


@dataclass(frozen=True)
class Item:
    """One thing that may be recorded. `path` is `<pack>/<item>`, for instance `cn/tax.arrears`."""

    path: str
    title: Title
    category: int
    domain: str
    polarity: Polarity
    access: Access
    absence: Absence
    basis: tuple[Basis, ...]
    retention: Retention
    fields: tuple[Field, ...] = ()
    listing: bool = False
    market_information: bool = False
    own: bool = False  # of a listing: ours, written only by the decision of a case; else reported
    grounds: tuple[str, ...] = ()  # of a list about culture, internet, social organisations: filing, finance

    def field_named(self, name: str) -> Field | None:
        """The field of that name, if the item has it."""
        return next((one for one in self.fields if one.name == name), None)


@dataclass(frozen=True)
class Category:
    """One of the 19 categories of public credit information (Trivium 2020, Table 1)."""

    number: int
    title: Title
    existed_before: bool
    expandability: str


@dataclass(frozen=True)
class Authority:
    """A body that issues, lists or carries out. `path` is `<pack>/<authority>`.

    `market`: a bank, platform, association, chamber, credit bureau, publisher or company. It may subscribe to
    measures and is never ordered.
    """

    path: str
    title: Title
    level: str
    zone: str
    market: bool = False


@dataclass(frozen=True)
class RefusedMatter:
    """Something of the real system that Goodstanding shows and does not do, with the reason."""

    title: Title
    clause: str
    reason: Title


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


class ColumnType(StrEnum):
    """How a cell is read. `money` becomes an integer of minor units, `date` a civil date.

    `integer` is a whole number; a fraction of zeros, as in `5.0`, is one too.
    """

    TEXT = "text"
    CODE = "code"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"


@dataclass(frozen=True)
class Column:
    """A column of a source.

    Args:
        name: header as the authority writes it.
        type: how its cells are read.
        ignored: reason why the column is not taken in; empty if it is.
        required: whether an empty cell refuses the row.
        null: cell texts that mean "no value" (compared after trimming).
        formats: strptime formats of a date, tried in order.
        decimal, thousands: separators of numbers.
        scale: minor units of one unit as written (10,000 yuan: 1_000_000).
        scheme: identifier scheme that the cell must satisfy, for text.
        pattern: regular expression that the whole cell must match.
        values: closed list of codes; empty if open.
        minimum, maximum: inclusive bounds of integers and of money in minor units.
        max_length: characters, for text.
    """

    name: str
    type: ColumnType = ColumnType.TEXT
    ignored: str = ""
    required: bool = False
    null: tuple[str, ...] = ("",)
    formats: tuple[str, ...] = ("%Y-%m-%d",)
    decimal: str = "."
    thousands: str = ""
    scale: int = 100
    scheme: str = ""
    pattern: str = ""
    values: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    max_length: int = 0


@dataclass(frozen=True)
class Refusal1:
    """How this source shows a row that section 1 of the design does not admit.

    The row is refused when `column` matches `pattern` (or is blank, with `blank`), does not match
    `unless`, and every one of `also` holds too. With neither `pattern` nor `blank`, only `unless`
    decides. Patterns are RE2, searched for in the trimmed cell, and are written so that a search and
    a match of the whole cell say the same. `rule` names the clause, for instance `natural-person`.
    """

    id: str
    rule: str
    column: str
    pattern: str = ""
    blank: bool = False
    also: tuple[Refusal1, ...] = ()
    unless: str = ""  # a cell that matches this saves the row: a company's legal form, for instance


@dataclass(frozen=True)
class SubjectMapping:
    """Which columns name the subject. `kind` is fixed, or read from `kind_column` through `kinds`."""

    scheme: str
    identifier: str
    name: str = ""
    name_en: str = ""
    former_names: str = ""
    division: str = ""
    registered_on: str = ""
    kind: str = "enterprise"
    kind_column: str = ""
    kinds: tuple[tuple[str, str], ...] = ()
    legacy: tuple[tuple[str, str], ...] = ()  # (scheme, column): other identifiers of the same subject


@dataclass(frozen=True)
class InstrumentMapping:
    """The legally effective document. With `register`, the source states none: the register itself is it."""

    register: bool = False
    authority: str = ""
    number: str = ""
    article: str = ""
    dated: str = ""


@dataclass(frozen=True)
class RecordMapping:
    """Which columns become which part of a record. Values are column names of the contract."""

    item: str = ""
    item_column: str = ""
    items: tuple[tuple[str, str], ...] = ()
    occurred_on: str = ""
    decided_on: str = ""
    effective_from: str = ""
    effective_to: str = ""
    amount: str = ""
    currency: str = ""
    seriousness: str = ""
    seriousness_values: tuple[tuple[str, int], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()  # (field of the item, column)
    to_is_last_day: bool = False  # the source writes the last day in force; effective_to is the day after


@dataclass(frozen=True)
class RoleMapping:
    """A person's role in the subject: name and dates only, never a number."""

    person: str = ""
    role: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    from_on: str = ""
    to_on: str = ""


@dataclass(frozen=True)
class TieMapping:
    """A tie to another subject."""

    scheme: str = ""
    other: str = ""
    kind: str = ""
    kinds: tuple[tuple[str, str], ...] = ()
    from_on: str = ""
    to_on: str = ""


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
    record: RecordMapping = RecordMapping()
    instrument: InstrumentMapping = InstrumentMapping()
    role: RoleMapping = RoleMapping()
    tie: TieMapping = TieMapping()
    refuse: tuple[Refusal1, ...] = ()
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


@dataclass(frozen=True)
class Scheme:
    """An identifier scheme of the pack's own: `pattern` (RE2) is what a whole identifier looks like."""

    name: str
    title: Title
    pattern: str


@dataclass(frozen=True)
class PublicityRule:
    """How long adverse information of a class is published, under one regime, from one day to another.

    Months are counted from what `clock` says. `uncertain` names the attributes that the sources leave
    in doubt: such a value is shown as doubtful and never used as a silent default. The maximum is applied
    to records of `items` (full paths); a rule that names none is only shown.
    """

    id: str
    regime: Title
    basis: Basis
    information: Title
    level: str
    published: str
    minimum_months: int | None
    maximum_months: int | None
    clock: str
    ends: Title
    valid_from: date
    valid_to: date | None
    source: str
    uncertain: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class PenaltyKind:
    """A kind of administrative penalty and its class: 1 minor, 2 general, 3 serious, None not stated."""

    code: str
    title: Title
    seriousness: int | None
    published: str
    basis: Basis
    uncertain: bool = False


@dataclass(frozen=True)
class ListFact:
    """A list that the real system keeps.

    `item` is the listing of our own for it; without one, `reason` says why. Versions of one list share an item.
    `reported` is what another register reports of it, empty where none is taken in.
    """

    id: str
    title: Title
    keeper: str
    basis: Basis
    valid_from: date
    valid_to: date | None
    term_months: int | None
    early_exit_months: int | None
    grounds: Title
    item: str
    reason: Title | None
    source: str
    uncertain: tuple[str, ...] = ()
    reported: str = ""


@dataclass(frozen=True)
class TableOfFacts:
    """A table of facts about the real system, whose rows rulebooks name as what they carry: `<id>/<row from 1>`."""

    id: str
    title: Title
    rows: int
    source: str


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
