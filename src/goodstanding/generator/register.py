"""The facts behind the register's own files: organisations, holders of roles, ties. SQL relations."""

from __future__ import annotations

from datetime import date

from goodstanding.catalogue.model import Target
from goodstanding.generator import words
from goodstanding.generator.cells import Weighted, from_word
from goodstanding.generator.chance import Chance, array, below, literal
from goodstanding.generator.deliveries import Delivery

OWNERSHIP: Weighted = (
    ("国有", 4),
    ("集体", 3),
    ("其他内资", 14),
    ("私营", 72),
    ("港澳台商投资", 3),
    ("外商投资", 4),
)
SIZES: Weighted = (("大型", 2), ("中型", 10), ("小型", 38), ("微型", 50))
"""Shares in a hundred, so that each class of the register has some."""

# Beside the legal representative, or the person in charge of a branch, who every organisation has.
OTHERS = (("director", 40), ("supervisor", 20))
PREDECESSOR_PERCENT = 12


def registered(target: Target, chance: Chance, today: date) -> str:
    """SQL of the facts of a register's file: j, code and what its contract asks for, and w_fault."""
    match target:
        case Target.ROLES:
            rows = _roles(chance, today)
        case Target.TIES:
            rows = _ties()
        case _:
            rows = "SELECT *, i AS j FROM organisation"
    return chance.drawn(f"({rows})", target, ("fault",), "j")


def classes(chance: Chance, delivery: Delivery) -> str:
    """SQL of one row for each organisation that has a class: its columns, j, ownership, size, occurred DATE.

    A class is of the day of registration: nobody here has grown or been sold.
    """
    kinds = ", ".join(map(literal, delivery.kinds))
    rows = f"(SELECT *, i AS j, registered_on AS occurred FROM organisation WHERE kind IN ({kinds}))"
    drawn = chance.drawn(rows, delivery.name, ("ownership", "size"), "j")
    return f"""
        SELECT *, {from_word(OWNERSHIP, "w_ownership")} AS ownership, {from_word(SIZES, "w_size")} AS size
        FROM ({drawn})"""


def _roles(chance: Chance, today: date) -> str:
    """j is 4 × organisation + place: who is in office, a predecessor, and others. Names are invented."""

    def person(slot: int) -> str:
        family, given = f"w_family_{slot}", f"w_given_{slot}"
        return (
            f"{array([zh for zh, _ in words.SURNAMES])}[{below(family, len(words.SURNAMES))} + 1] || "
            f"{array([zh for zh, _ in words.GIVEN])}[{below(given, len(words.GIVEN))} + 1]"
        )

    slots = (1, *range(2, 2 + len(OTHERS)))
    names = [f"{part}_{slot}" for part in ("family", "given", "has") for slot in slots]
    drawn = chance.drawn("organisation", "role", (*names, "predecessor", "change"))
    head = "CASE WHEN branch THEN 'person_in_charge' ELSE 'legal_representative' END"
    predecessor = f"{below('w_predecessor', 100)} < {PREDECESSOR_PERCENT}"
    since = f"DATE {literal(today.isoformat())} - registered_on"
    change = f"(registered_on + ({below('w_change', f'greatest({since}, 1)')})::INTEGER)"
    parts = [
        f"""SELECT i * 4 AS j, code, person, {head} AS role,
                   CASE WHEN {predecessor} THEN {change} ELSE registered_on END AS from_on, NULL::DATE AS to_on
            FROM drawn""",
        f"""SELECT i * 4 + 1 AS j, code, {person(1)} AS person, {head} AS role, registered_on AS from_on,
                   {change} AS to_on
            FROM drawn WHERE {predecessor}""",
    ]
    for slot, (role, percent) in enumerate(OTHERS, 2):
        parts.append(
            f"""SELECT i * 4 + {slot} AS j, code, {person(slot)} AS person, {literal(role)} AS role,
                       registered_on AS from_on, NULL::DATE AS to_on
                FROM drawn
                WHERE kind = 'enterprise' AND NOT branch AND {below(f"w_has_{slot}", 100)} < {percent}"""
        )
    return f"WITH drawn AS MATERIALIZED ({drawn}) {' UNION ALL '.join(parts)}"


def _ties() -> str:
    """A branch is tied to its company; a held company to its holder, which is its shareholder too."""
    return """
        SELECT child.i * 2 AS j, child.code, CASE WHEN child.branch THEN 'branch_of' ELSE 'subsidiary_of' END AS tie,
               parent.code AS other, child.registered_on AS from_on, NULL::DATE AS to_on
        FROM organisation AS child JOIN organisation AS parent ON child.parent = parent.i
        UNION ALL
        SELECT child.i * 2 + 1, parent.code, 'shareholder_of', child.code, child.registered_on, NULL::DATE
        FROM organisation AS child JOIN organisation AS parent ON child.parent = parent.i
        WHERE NOT child.branch"""
