"""The catalogue: what may be recorded, and how long it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from goodstanding.catalogue.model.words import Basis, Title
from goodstanding.core.reader import Access


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
class RefusedMatter:
    """Something of the real system that Goodstanding shows and does not do, with the reason."""

    title: Title
    clause: str
    reason: Title
