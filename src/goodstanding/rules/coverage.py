"""Which rows of the tables of facts the rulebooks carry, and what becomes of each.

A rulebook, and each rule of it, names under `covers` the rows that it carries, `<table>/<row from 1>`. So it can
be read off, and is never implied, what runs, what is uncertain, and what is not evaluated and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goodstanding.catalogue.model import Item, TableOfFacts, Title

from .model import Amendment, AnyRule, Bar, Because, Override, Quota, Rulebook, Untranslated
from .telling import Told, told


class State(StrEnum):
    """What becomes of a row.

    `runs`: a rule evaluates it. `uncertain`: a rule evaluates it, and the source leaves it in doubt.
    `whole`: the rulebook as a whole carries it (whom it is about, what it yields, when it holds).
    `not_evaluated`: it is written down and not evaluated, with the reason. `refused`: it is refused.
    """

    RUNS = "runs"
    UNCERTAIN = "uncertain"
    WHOLE = "whole"
    NOT_EVALUATED = "not_evaluated"
    REFUSED = "refused"


@dataclass(frozen=True)
class Carrier:
    """What carries a row: a rulebook (`entry` empty), or an entry of it. `because` says why it does not run, `told`
    what it tells if it runs."""

    rulebook: str
    in_force_from: date
    entry: str
    title: Title
    state: State
    because: Because | None = None
    reason: Title | None = None
    told: Told = Told.DEFINITE

    @property
    def version(self) -> str:
        """What names the version in an address: the first day in force."""
        return self.in_force_from.isoformat()


@dataclass(frozen=True)
class Row:
    """A row of a table of facts; without carriers, nothing carries it."""

    id: str
    carriers: tuple[Carrier, ...]


@dataclass(frozen=True)
class TableCoverage:
    """A table of facts and its rows, in their order."""

    table: TableOfFacts
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Share:
    """How many rules of a rulebook run, the steps of a table of grades among them. `uncertain` are among those
    that run; so are `of_input` and `range`, which tell something of a few or give no number (`Told`)."""

    rulebook: str
    in_force_from: date
    title: Title
    runs: int
    uncertain: int
    not_evaluated: int
    refused: int
    of_input: int = 0
    range: int = 0

    @property
    def version(self) -> str:
        """What names the version in an address: the first day in force."""
        return self.in_force_from.isoformat()

    @property
    def rules(self) -> int:
        """All rules that are written down."""
        return self.runs + self.not_evaluated + self.refused

    @property
    def percent(self) -> int | None:
        """The share that runs, in whole percent, rounded down; None where there is no rule."""
        return self.runs * 100 // self.rules if self.rules else None


@dataclass(frozen=True)
class Coverage:
    """What the rulebooks carry. `strange` are (rulebook, row) that no table has."""

    tables: tuple[TableCoverage, ...]
    shares: tuple[Share, ...]
    strange: tuple[tuple[str, str], ...]

    @property
    def open(self) -> tuple[str, ...]:
        """The rows that nothing carries."""
        return tuple(row.id for table in self.tables for row in table.rows if not row.carriers)


def coverage(
    tables: Iterable[TableOfFacts], rulebooks: Iterable[Rulebook], items: Mapping[str, Item]
) -> Coverage:
    """What the rulebooks say that they carry of the tables. `items` are those of the catalogue, by path."""
    books = sorted(rulebooks, key=lambda one: (one.path, one.in_force_from))
    by_row: dict[str, list[Carrier]] = {}
    for book in books:
        for row, carrier in _carried(book, items):
            by_row.setdefault(row, []).append(carrier)
    found = tuple(
        TableCoverage(
            table,
            tuple(
                Row(name, tuple(by_row.get(name, ())))
                for name in (f"{table.id}/{number}" for number in range(1, table.rows + 1))
            ),
        )
        for table in tables
    )
    known = {row.id for table in found for row in table.rows}
    strange = [
        (carrier.rulebook, row)
        for row, carriers in by_row.items()
        if row not in known
        for carrier in carriers
    ]
    return Coverage(found, tuple(share_of(one, items) for one in books), tuple(dict.fromkeys(strange)))


def _carried(book: Rulebook, items: Mapping[str, Item]) -> Iterator[tuple[str, Carrier]]:
    """Each row that a rulebook names, with what names it."""
    where = (book.path, book.in_force_from)
    whole = Carrier(*where, "", book.title, State.WHOLE)
    if book.without_criteria:
        reasons = book.untranslatable
        because = reasons[0].because if reasons else Because.NOT_PUBLISHED
        state = State.REFUSED if because is Because.REFUSED else State.NOT_EVALUATED
        reason = reasons[0].reason if reasons else None
        whole = Carrier(*where, "", book.title, state, because, reason)
    yield from ((row, whole) for row in book.covers)
    for one in _running(book):
        state = State.UNCERTAIN if one.uncertain else State.RUNS
        said = told(book, one.id, items)
        yield from ((row, Carrier(*where, one.id, one.title, state, told=said)) for row in one.covers)
    for gap in book.untranslatable:
        carrier = Carrier(*where, gap.id, gap.title, state_of(gap), gap.because, gap.reason)
        yield from ((row, carrier) for row in gap.covers)


def state_of(gap: Untranslated) -> State:
    """Whether something is refused, or only not evaluated."""
    return State.REFUSED if gap.because is Because.REFUSED else State.NOT_EVALUATED


def _running(book: Rulebook) -> tuple[AnyRule | Override | Bar | Quota | Amendment, ...]:
    """What of a rulebook has an effect of its own."""
    return (*book.rules, *book.overrides, *book.bars, *book.quotas, *book.amendments)


def _steps(book: Rulebook) -> int:
    """The conditions of its table of grades."""
    return sum(1 for owner, _ in book.conditions() if owner == "grades")


def share_of(book: Rulebook, items: Mapping[str, Item]) -> Share:
    """How many rules of a rulebook run, what they can tell, and what becomes of the others."""
    running = _running(book)
    telling = [told(book, one.id, items) for one in running]
    refused = sum(state_of(one) is State.REFUSED for one in book.untranslatable)
    return Share(
        book.path,
        book.in_force_from,
        book.title,
        runs=len(running) + _steps(book),
        uncertain=sum(one.uncertain for one in running),
        not_evaluated=len(book.untranslatable) - refused,
        refused=refused,
        of_input=telling.count(Told.OF_INPUT),
        range=telling.count(Told.RANGE),
    )
