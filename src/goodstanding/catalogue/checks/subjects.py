"""Clauses 1.1 and 1.2: subjects are organisations; a natural person is only the holder of a role."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.checks.finding import Check, Finding
from goodstanding.catalogue.domains import PERSON_KINDS, PERSON_SCHEMES, SUBJECT_KINDS
from goodstanding.catalogue.model import Column, Contract, Pack, Target
from goodstanding.catalogue.tripwire import HOMES, PERSONS, wire_that_rings


def _kinds(pack: Pack) -> Iterator[Finding]:
    for contract in pack.contracts:
        subject = contract.subject
        kinds = ([subject.kind] if subject.kind else []) + [kind for _, kind in subject.kinds]
        for kind in kinds:
            if kind in SUBJECT_KINDS:
                continue
            what = "a natural person or its trade" if kind in PERSON_KINDS else "not known"
            yield Finding(
                f"the kind of subject {kind!r} is {what}",
                f"subject {contract.path}",
                f"One of {', '.join(SUBJECT_KINDS)}; rows of persons go under refuse:.",
            )
        if bool(subject.kind_column) != bool(subject.kinds):
            yield Finding(
                "kind_column and kinds go together: kinds is the closed list of what the column may say",
                f"subject {contract.path}",
                "Write both, or kind: alone.",
            )


def _says_how(pack: Pack) -> Iterator[Finding]:
    for contract in pack.contracts:
        if not contract.refuse and not contract.no_natural_persons:
            yield Finding(
                "the contract does not say how its source shows a natural person",
                f"contract {contract.path}",
                "Write refuse: with the rules, or natural_persons: none with because: and the reason.",
            )
        if contract.refuse and contract.no_natural_persons:
            yield Finding(
                "the contract says that there are no natural persons, and how to refuse them",
                f"contract {contract.path}",
                "Keep one of the two.",
            )


def _schemes(pack: Pack) -> Iterator[Finding]:
    for contract in pack.contracts:
        subject = contract.subject
        named = [subject.scheme, contract.tie.scheme, *(one for one, _ in subject.legacy)]
        for scheme in (*named, *(one.scheme for one in contract.columns)):
            if scheme in PERSON_SCHEMES:
                yield Finding(
                    f"{scheme!r} numbers natural persons",
                    f"subject {contract.path}",
                    "Key on the organisation's own identifier.",
                )
    for scheme in pack.schemes:
        if scheme in PERSON_SCHEMES:
            yield Finding(f"{scheme!r} numbers natural persons", "pack", "Remove it from schemes.")


def _fields(pack: Pack) -> Iterator[Finding]:
    for item in pack.items:
        for field in item.fields:
            for text in (field.name, field.title.en, field.title.zh):
                wire = wire_that_rings(text, (*PERSONS, *HOMES))
                if wire is not None:
                    yield Finding(
                        f"the field {field.name!r} of {item.path} holds {wire.matter}",
                        f"field {item.path} {field.name}",
                        "Remove the field. Holders of roles come in through a contract of target roles.",
                    )


def taken_columns(contract: Contract) -> Iterator[Column]:
    """The columns that are taken in."""
    yield from (one for one in contract.columns if not one.ignored)


def _columns(pack: Pack) -> Iterator[Finding]:
    numbers, persons = PERSONS
    own = {one.name for one in pack.own_schemes}
    for contract in pack.contracts:
        in_role = contract.target is Target.ROLES
        for column in taken_columns(contract):
            # Brazil's `cpfCnpj`: what passes the check digits of an organisation's number is no person's.
            checked = column.scheme and column.scheme not in own | PERSON_SCHEMES
            holder = in_role and column.name in (contract.role.person, contract.role.role)
            wires = (*HOMES, *(() if checked else (numbers,)), *(() if holder else (persons,)))
            wire = wire_that_rings(column.name, wires)
            if wire is not None:
                yield Finding(
                    f"the column {column.name!r} holds {wire.matter} and is taken in",
                    f"column {contract.path} {column.name}",
                    "Declare it ignored, with the reason.",
                )


def _parties(pack: Pack) -> Iterator[Finding]:
    for one in pack.procedures:
        mark = f"procedure {one.path} {one.valid_from}"
        for kind in one.subjects:
            if kind not in SUBJECT_KINDS:
                what = "a natural person or its trade" if kind in PERSON_KINDS else "not known"
                yield Finding(
                    f"the party {kind!r} of {one.path} is {what}", mark, f"One of {', '.join(SUBJECT_KINDS)}."
                )
        titles = (one.title, *(stage.title for stage in one.stages), *(each.title for each in one.evidence))
        for title in titles:
            wire = wire_that_rings(title.en, PERSONS) or wire_that_rings(title.zh, PERSONS)
            if wire is not None:
                yield Finding(
                    f"{title.en!r} of {one.path} makes {wire.matter} a party",
                    mark,
                    "Address the organisation: whoever represents it is its own affair.",
                )


CHECKS = (
    Check("GS-PACK-111", "1.1", "subjects are organisations and their establishments.", _kinds),
    Check("GS-PACK-112", "1.1", "each contract states how its source shows a natural person.", _says_how),
    Check("GS-PACK-113", "1.1", "no file is keyed on a natural person.", _schemes),
    Check("GS-PACK-121", "1.2", "a natural person is only the holder of a role.", _fields),
    Check("GS-PACK-122", "1.2", "no identity numbers, no person named responsible.", _columns),
    Check("GS-PACK-123", "1.2", "parties to a procedure are organisations.", _parties),
)
