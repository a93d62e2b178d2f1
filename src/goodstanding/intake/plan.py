"""One contract met with one file: which column stands where, under which name each stage knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from goodstanding.catalogue.model import Column, Contract, Item, RowRefusal, Target
from goodstanding.catalogue.model import Scheme as OwnScheme
from goodstanding.core.errors import Refusal
from goodstanding.core.identifiers.registry import scheme as core_scheme
from goodstanding.core.identifiers.scheme import Scheme, own_scheme
from goodstanding.intake.batch import Note
from goodstanding.intake.problemfile import OWN_COLUMNS
from goodstanding.intake.readers.source import Source


@dataclass(frozen=True)
class Plan:
    """What the stages need to write their SQL. Cells are named by the place of their column in the
    contract: s3 the trimmed text, t3 the text that holds a value, v3 the value, f3 its fault.

    Args:
        contract, items: what the file is checked against.
        source: the cells.
        places: place in the file of each column of the contract that the file has.
        schemes: identifier schemes by name.
        currency: of the pack, for amounts without a column of their own.
        today: the civil day in the authority's zone.
    """

    contract: Contract
    items: Mapping[str, Item]
    source: Source
    places: Mapping[str, int]
    schemes: Mapping[str, Scheme]
    currency: str
    today: date
    numbers: Mapping[str, int] = field(default_factory=dict)

    def raw(self, column: str) -> str:
        """The cell as received."""
        return f"c{self.places[column]}" if column in self.places else "CAST(NULL AS VARCHAR)"

    def trimmed(self, column: str) -> str:
        """The cell's text without white space at its ends."""
        return f"s{self.numbers[column]}" if column in self.places else "CAST(NULL AS VARCHAR)"

    def text(self, column: str) -> str:
        """The text, NULL where the contract says that it means no value."""
        return f"t{self.numbers[column]}" if column in self.places else "CAST(NULL AS VARCHAR)"

    def value(self, column: str) -> str:
        """The typed value; NULL for a column that is not there or not named ('')."""
        return f"v{self.numbers[column]}" if column and column in self.places else "NULL"

    def is_column(self, name: str) -> bool:
        """Whether the contract has a column of this name (a mapping may state a fixed word instead)."""
        return name in self.numbers

    def taken(self) -> list[Column]:
        """The columns that are taken in and that the file has."""
        return [one for one in self.contract.columns if not one.ignored and one.name in self.places]

    def scheme_of(self, column: str) -> Scheme | None:
        """The identifier scheme that a column's cells must satisfy."""
        contract = self.contract
        named = contract.column(column).scheme
        if column == contract.subject.identifier:
            named = contract.subject.scheme
        elif contract.target is Target.TIES and column == contract.tie.other:
            named = contract.tie.scheme
        return self.schemes[named] if named else None


def plan(
    contract: Contract,
    items: Mapping[str, Item],
    source: Source,
    *,
    schemes: Sequence[OwnScheme],
    currency: str,
    today: date,
    where: str,
) -> tuple[Plan, tuple[Note, ...]]:
    """Find the contract's columns in the file.

    Raises:
        Refusal: GS-INTAKE-011 if a column is missing without which no row can be read or admitted,
            -012 if the contract maps an amount and nobody states a currency.
    """
    places = {name: place for place, name in enumerate(source.headers) if name is not None}
    names = [one.name for one in contract.columns]
    missing = [name for name in names if name not in places]
    fatal = [name for name in missing if name in _indispensable(contract)]
    if fatal:
        raise Refusal(
            "GS-INTAKE-011",
            f"the file lacks columns that the contract requires: {', '.join(fatal)}",
            where=f"{where}, header",
            why=f"the header names {sum(name in places for name in names)} of the contract's {len(names)} columns",
            remedy="name the columns in the first line as the contract does; see the contract's page",
        )
    if contract.record.amount and not contract.record.currency and not currency:
        raise Refusal(
            "GS-INTAKE-012",
            "the contract takes in an amount, and neither it nor its pack states a currency",
            where=contract.path,
            remedy="name a column with the currency in the contract, or the currency of the pack",
        )
    known = {
        one.name: own_scheme(one.name, one.pattern, title=one.title.en, title_zh=one.title.zh)
        for one in schemes
    }
    used = {contract.subject.scheme, contract.tie.scheme, *(one for one, _ in contract.subject.legacy)}
    used |= {one.scheme for one in contract.columns}
    made = Plan(
        contract=contract,
        items=items,
        source=source,
        places={name: place for name, place in places.items() if name in names},
        schemes={one: known[one] if one in known else core_scheme(one) for one in used if one},
        currency=currency,
        today=today,
        numbers={name: number for number, name in enumerate(names)},
    )
    return made, _notes(contract, source, missing)


def _notes(contract: Contract, source: Source, missing: list[str]) -> tuple[Note, ...]:
    found = []
    names = {one.name for one in contract.columns}
    if set(OWN_COLUMNS) <= set(source.headers):
        names |= {*OWN_COLUMNS}
    for place, header in enumerate(source.headers):
        if header is not None and header not in names:
            shown = header if header and len(header) <= 60 and not any(c.isdigit() for c in header) else ""
            found.append(
                Note(
                    "unknown-column", f"column {place + 1} is not in the contract; it was not taken in", shown
                )
            )
    for name in missing:
        if not contract.column(name).ignored:
            found.append(Note("missing-column", "the file lacks this column; its cells count as empty", name))
    return tuple(found)


def _indispensable(contract: Contract) -> set[str]:
    """Columns without which a row cannot be read, found again or admitted."""
    needed = {one.name for one in contract.columns if one.required and not one.ignored}
    needed |= {*contract.key, contract.subject.identifier}
    waiting: list[RowRefusal] = list(contract.refuse)
    while waiting:
        one = waiting.pop()
        needed.add(one.column)
        waiting.extend(one.also)
    if contract.target is Target.ROLES:
        needed |= {contract.role.person}
    if contract.target is Target.TIES:
        needed |= {contract.tie.other}
    return needed
