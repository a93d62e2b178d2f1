"""The typed view of measures and memoranda: what a listing triggers, by whom, under which law.

Measures on natural persons stay in the pack as facts and are not executable (design, section 1, clause 7).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goodstanding.catalogue.model import Basis, Title


class Effect(StrEnum):
    """Whether a measure takes away or gives."""

    RESTRICTION = "restriction"
    BENEFIT = "benefit"


class Process(StrEnum):
    """The kinds of official business at which a measure is asked for: the check at the counter."""

    PERMIT = "permit"
    TENDER = "tender"
    SUBSIDY = "subsidy"
    INSPECTION = "inspection"
    HONOUR = "honour"
    FACILITATION = "facilitation"
    LAND = "land"
    FINANCING = "financing"


class Bound(StrEnum):
    """What an implementing body must do. `ordered`: owes it; `subscribes`: a market participant, never ordered."""

    ORDERED = "ordered"
    SUBSCRIBES = "subscribes"


@dataclass(frozen=True)
class Measure:
    """One restriction or benefit.

    Args:
        path: `<pack>/<id>`.
        number: in the national basic list; None for a measure of a memorandum or of a province alone.
        executable: whether this platform may order it; with `refused`, why not.
        law: `by_law` if it takes away rights and so rests on a law or administrative regulation; `by_rule` else.
        processes: where it is asked for.
        precedence: the smaller prevails where a benefit meets a restriction; a stated law goes before a memorandum.
        pauses_in_suit: whether the law says that it rests while its decision is before a court.
        shielded_by_plan: whether an approved bankruptcy plan shields from it.
        division: prefix of the division code where it holds; empty for the whole country.
    """

    path: str
    title: Title
    effect: Effect
    basis: tuple[Basis, ...]
    targets: Title
    number: int | None = None
    law: str = "by_rule"
    processes: tuple[Process, ...] = ()
    executable: bool = True
    refused: Title | None = None
    precedence: int = 100
    pauses_in_suit: bool = False
    shielded_by_plan: bool = False
    division: str = ""
    source: str = ""
    uncertain: bool = False


@dataclass(frozen=True)
class Agreed:
    """One measure that a memorandum triggers, and the authority that carries it out."""

    measure: str
    authority: str
    bound: Bound = Bound.ORDERED


@dataclass(frozen=True)
class Memorandum:
    """An agreement that a list triggers measures.

    Args:
        path: `<pack>/<id>`.
        number: in the source's table of memoranda; `punishment` or `reward` table by `effect`.
        lists: ids of the pack's lists that trigger it.
        refused: why it is shown and never run (persons, a domain that is closed); then `agreed` is empty.
        incomplete: what of its measures is not known.
    """

    path: str
    title: Title
    effect: Effect
    keeper: str
    basis: tuple[Basis, ...]
    lists: tuple[str, ...]
    agreed: tuple[Agreed, ...]
    valid_from: date
    valid_to: date | None
    number: int | None = None
    refused: Title | None = None
    incomplete: Title | None = None
    source: str = ""
    uncertain: tuple[str, ...] = ()
