"""The typed view of measures and memoranda: what a listing triggers, by whom, under which law.

Measures on natural persons stay in the pack as facts and are not executable (design, section 1, clause 7).
What no measure and no memorandum may do is held by `catalogue.checks` when a pack loads.
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


class Dimension(StrEnum):
    """What a measure touches: the dimensions of the provincial regulations, and those of the national basic list."""

    LICENSING = "licensing"
    FACILITATION = "facilitation"
    INSPECTION = "inspection"
    PROCUREMENT = "procurement"
    LAND = "land"
    SUBSIDY = "subsidy"
    HONOURS = "honours"
    FINANCE = "finance"
    SERVICE = "service"
    PUBLICITY = "publicity"
    FRANCHISE = "franchise"
    MARKET_ACCESS = "market_access"
    OFFICE = "office"
    CONSUMPTION = "consumption"
    EXIT = "exit"
    SCHOOLING = "schooling"
    OTHER = "other"


TAKES_RIGHTS = frozenset(
    {
        Dimension.MARKET_ACCESS,
        Dimension.OFFICE,
        Dimension.CONSUMPTION,
        Dimension.EXIT,
        Dimension.SCHOOLING,
    }
)
"""Where a restriction always needs a law or administrative regulation (Zhejiang, Art 26)."""


class Rank(StrEnum):
    """The highest instrument that a measure rests on, from the highest to the lowest."""

    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative_regulation"
    CENTRAL_POLICY = "central_policy"
    JUDICIAL_INTERPRETATION = "judicial_interpretation"
    DEPARTMENT_RULE = "department_rule"
    LOCAL_REGULATION = "local_regulation"
    MEMORANDUM = "memorandum"


HIGHEST = (Rank.LAW, Rank.ADMINISTRATIVE_REGULATION)
"""The ranks on which a measure that takes away rights may rest."""


class Hits(StrEnum):
    """Whom a measure meets. `related`: a parent, branch, supplier or officer's other organisation."""

    LISTED = "listed"
    RELATED = "related"
    PERSONS = "persons"


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
        dimension: what it touches.
        rests_on: the highest instrument among `basis`.
        hits: whom it meets; anyone but the listed organisation only with `reaches`.
        reaches: the law that says so of the other organisation itself.
        implementers: which bodies carry it out, in words.
        grade: class in a provincial regulation (`reward`, `adverse`, `serious`); empty in national measures.
        number_in_grade: its number in that class.
        repeats: path of the measure of the national basic list that it repeats: a local one that does is not
            carried out beside it.
        adds: what a local measure adds to the national one of its effect and dimension.
        reserved_to: ids of the lists that its law names: a memorandum triggers it for these alone. Empty: any list.
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
    dimension: Dimension = Dimension.OTHER
    rests_on: Rank = Rank.MEMORANDUM
    hits: Hits = Hits.LISTED
    reaches: Basis | None = None
    implementers: Title | None = None
    grade: str = ""
    number_in_grade: int | None = None
    repeats: str = ""
    adds: Title | None = None
    reserved_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agreed:
    """One measure that a memorandum triggers, and the authority that carries it out. Both are full paths."""

    measure: str
    authority: str
    bound: Bound = Bound.ORDERED


@dataclass(frozen=True)
class Memorandum:
    """An agreement that a list triggers measures.

    Args:
        path: `<pack>/<id>`.
        number: in the source's table of memoranda; `punishment` or `reward` table by `effect`, see `table`.
        lists: ids of the pack's lists that trigger it.
        refused: why it is shown and never run (persons, a domain that is closed); then `agreed` is empty.
        incomplete: what of its measures is not known.
        waits: why no list of the pack triggers it; then `lists` is empty and what was agreed is shown, not run.
        table: which table of the source has it: `punishment`, `reward`, `developing` or `programme`.
        standing: the law that lets it reach entries that stood before it; None: it meets listings of its own days.
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
    waits: Title | None = None
    table: str = ""
    standing: Basis | None = None

    @property
    def runs(self) -> bool:
        """Whether a listing triggers it: it is not refused, and the pack has its list."""
        return self.refused is None and bool(self.lists)

    @property
    def state(self) -> str:
        """`runs`, `waits` or `refused`."""
        if self.refused is not None:
            return "refused"
        return "runs" if self.runs else "waits"

    def in_force(self, day: date) -> bool:
        """Whether a listing of that day triggers it."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class MeasureFact:
    """A fact about measures that is shown and not run: a rule, an example of a memorandum, a national policy.

    `consequence` says what Goodstanding makes of it. `number` is the row of the source's table.
    """

    kind: str
    number: int
    title: Title
    consequence: Title
    source: str
    uncertain: bool = False
