"""Facts about the real system that a pack states: publicity, penalties, lists, tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.model.words import Basis, Title


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
