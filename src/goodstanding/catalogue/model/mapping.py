"""Which columns of a source become which part of a subject, record, role or tie."""

from __future__ import annotations

from dataclasses import dataclass


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
