"""The faults that are planted in the files: what each is, how often, and which cell it spoils.

A row has at most one, so the counts add up. The original of a repeated or conflicting row is good; the row
that is added carries the fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from goodstanding.catalogue.model import ColumnType, Contract, Target
from goodstanding.generator.chance import literal
from goodstanding.generator.codes import individual_business, person_check, wrong_check
from goodstanding.generator.words import STALLS


class Kind(StrEnum):
    """A kind of planted fault. Whole-file faults (GB 18030) are stated by the file instead."""

    SHIFTED = "shifted-columns"
    """From the identifier on, every cell stands one column too far to the right."""
    FULL_WIDTH = "full-width-digits"
    """Digits of the full-width block, as Chinese input methods write them."""
    THOUSANDS = "thousands-separators"
    """1,234,567.00 where other rows have 1234567.00."""
    UNIT = "unit-in-number"
    """The unit written behind the amount: 12.50元."""
    MISSING = "missing-number"
    """No identifier."""
    CHECK = "invalid-check-digit"
    """An identifier whose last character is wrong."""
    PLACEHOLDER = "placeholder-date"
    """1900-01-01 where the day was not known."""
    IMPOSSIBLE = "impossible-date"
    """30 February."""
    UNKNOWN = "unknown-code"
    """A kind of matter, role or tie that the contract does not have."""
    LOST = "lost-characters"
    """A name in which an earlier conversion has lost characters."""
    REPEATED = "repeated-row"
    """The same row again, further down."""
    CONFLICT = "conflicting-key"
    """Another row with the key of a good one and other content."""
    TRADER = "individual-business"
    """A valid code of an individual business (92 …) under a stall's name."""
    PERSON = "person-number-in-name"
    """A checksum-valid citizen's number behind the name; its division is the fictional province's."""


PER_HUNDRED_THOUSAND: dict[Kind, int] = {
    Kind.SHIFTED: 40,
    Kind.FULL_WIDTH: 100,
    Kind.THOUSANDS: 150,
    Kind.UNIT: 40,
    Kind.MISSING: 80,
    Kind.CHECK: 120,
    Kind.PLACEHOLDER: 120,
    Kind.IMPOSSIBLE: 30,
    Kind.UNKNOWN: 30,
    Kind.LOST: 40,
    Kind.REPEATED: 200,
    Kind.CONFLICT: 60,
    Kind.TRADER: 150,
    Kind.PERSON: 20,
}
"""Stated rates, of the rows of a file that can have the fault."""

ADDED = (Kind.REPEATED, Kind.CONFLICT)
"""Kinds that add a row instead of spoiling one."""

_FULL_WIDTH_DIGITS = "０１２３４５６７８９"


@dataclass(frozen=True)
class Spots:
    """The columns of a contract that faults are planted in; empty where it has none."""

    identifier: str
    name: str
    day: str
    amount: str
    code: str
    conflict: str

    @classmethod
    def of(cls, contract: Contract) -> Spots:
        """Where the faults of a contract's file go."""
        match contract.target:
            case Target.SUBJECTS:
                subject = contract.subject
                day, code, name = subject.registered_on, subject.kind_column, subject.name
            case Target.ROLES:
                day, code, name = contract.role.from_on, contract.role.role, contract.role.person
            case Target.TIES:
                day, code, name = contract.tie.from_on, contract.tie.kind, ""
            case _:
                day = contract.record.decided_on or contract.record.occurred_on
                code, name = contract.record.item_column, contract.subject.name
        other = {Target.ROLES: contract.role.to_on, Target.TIES: contract.tie.to_on}
        # A shift or an end is not part of the key; the day of a role or a tie is.
        conflict = other.get(contract.target, day)
        return cls(contract.subject.identifier, name, day, contract.record.amount, code, conflict)

    def kinds(self, contract: Contract) -> tuple[Kind, ...]:
        """The kinds that a file of this contract can have."""
        amount = contract.column(self.amount) if self.amount else None
        without: set[Kind] = set()
        if amount is None:
            without |= {Kind.UNIT}
        if amount is None or not amount.thousands:
            without |= {Kind.THOUSANDS}
        if not self.name:
            without |= {Kind.LOST, Kind.PERSON}
        if contract.target is Target.ROLES:
            without |= {Kind.LOST}
        if not self.code:
            without |= {Kind.UNKNOWN}
        return tuple(kind for kind in Kind if kind not in without)


def drawn(kinds: tuple[Kind, ...], word: str) -> str:
    """SQL of the kind of fault that a row is to have, NULL for most; `word` names a column with a word."""
    reached, branches = 0, []
    for kind in kinds:
        reached += PER_HUNDRED_THOUSAND[kind]
        branches.append(f"WHEN {word} % 100000 < {reached} THEN {literal(kind)}")
    return f"CASE WHEN {word} % 100000 >= {reached} THEN NULL {' '.join(branches)} END"


def possible(spots: Spots, fault: str) -> str:
    """SQL of the drawn fault, or NULL where this row's cells cannot show it."""
    if not spots.amount:
        return fault
    amount = quoted(spots.amount)
    return (
        f"CASE WHEN ({fault} = '{Kind.UNIT}' OR {fault} = '{Kind.FULL_WIDTH}') AND {amount} IS NULL THEN NULL "
        f"WHEN {fault} = '{Kind.THOUSANDS}' AND (strpos({amount}, '.') >= 5) IS NOT TRUE THEN NULL "
        f"ELSE {fault} END"
    )


def spoiled(contract: Contract, spots: Spots, name: str, before: str, number: str) -> str:
    """SQL of a cell with the row's fault, if the fault is in this cell.

    Args:
        name, before: this column and the one to the left of it (empty: none).
        number: SQL of a whole number that differs from row to row.
    """
    cell = quoted(name)
    cases: dict[Kind, str] = {}
    names = [column.name for column in contract.columns]
    if names.index(name) >= names.index(spots.identifier):
        cases[Kind.SHIFTED] = "NULL" if name == spots.identifier else quoted(before)
    if name == spots.identifier:
        cases[Kind.MISSING] = "NULL"
        cases[Kind.CHECK] = wrong_check(cell)
        cases[Kind.TRADER] = individual_business(cell)
    if name == spots.name:
        # An invented citizen: the division is in no revision of GB/T 2260, so the number is nobody's.
        born = f"(19500101 + 10000 * ({number} % 50))::VARCHAR"
        person = f"('990101' || {born} || lpad(({number} % 1000)::VARCHAR, 3, '0'))"
        cases[Kind.PERSON] = f"{cell} || {person} || {person_check(person)}"
        if contract.target is not Target.ROLES:
            stalls = "[" + ", ".join(literal(one) for one in STALLS) + "]"
            cases[Kind.LOST] = f"substr({cell}, 1, 3) || repeat(chr(65533), 2) || substr({cell}, 6)"
            cases[Kind.TRADER] = f"substr({cell}, 1, 5) || {stalls}[{number} % {len(STALLS)} + 1]"
    if name == spots.amount:
        whole = f"regexp_extract({cell}, '^[0-9]+')"
        cases[Kind.UNIT] = f"{cell} || '元'"
        cases[Kind.THOUSANDS] = f"format('{{:,}}', {whole}::BIGINT) || substr({cell}, length({whole}) + 1)"
    if name == (spots.amount or spots.day):
        cases[Kind.FULL_WIDTH] = f"translate({cell}, '0123456789', {literal(_FULL_WIDTH_DIGITS)})"
    if name == spots.day:
        sample = contract.column(name).formats[0]
        if contract.column(name).type is ColumnType.DATE:
            cases[Kind.PLACEHOLDER] = literal(_day(sample, "1900", "01", "01"))
            cases[Kind.IMPOSSIBLE] = literal(_day(sample, "2024", "02", "30"))
    if name == spots.code:
        cases[Kind.UNKNOWN] = literal("待核实事项")
    if not cases:
        return cell
    branches = " ".join(f"WHEN {literal(kind)} THEN {value}" for kind, value in cases.items())
    return f"CASE WHEN fault IS NULL THEN {cell} ELSE CASE fault {branches} ELSE {cell} END END"


def added(contract: Contract, spots: Spots, name: str) -> str:
    """SQL of a cell of an added row: the same, but for one day of a conflicting row."""
    cell = quoted(name)
    if name != spots.conflict:
        return cell
    written = literal(contract.column(name).formats[0])
    other = f"strftime(strptime({cell}, {written}) - INTERVAL 1 DAY, {written})"
    return f"CASE WHEN fault = {literal(Kind.CONFLICT)} THEN {other} ELSE {cell} END"


def _day(sample: str, year: str, month: str, day: str) -> str:
    return sample.replace("%Y", year).replace("%m", month).replace("%d", day)


def quoted(name: str) -> str:
    """A column's name for SQL."""
    return '"' + name.replace('"', '""') + '"'
