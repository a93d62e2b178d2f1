"""Whether what a pack names is there: items, authorities, columns, schemes, fields; and nothing twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from goodstanding.catalogue.model import Contract, Pack, Target
from goodstanding.catalogue.publicity import CLOCKS, applicable
from goodstanding.core.errors import Refusal


def check_references(pack: Pack, marks: Mapping[str, str]) -> None:
    """Raise GS-PACK-05N for the first name that leads nowhere or is given twice."""
    _twice(pack, marks)
    for zone, where in [(pack.zone, pack.name), *((one.zone, one.path) for one in pack.authorities)]:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise Refusal(
                "GS-PACK-056",
                f"there is no time zone {zone!r}",
                where=marks.get(f"authority {where}", f"{pack.name}/pack.yaml"),
                remedy="A name of the IANA list, for instance Asia/Shanghai.",
            ) from error
    for contract in pack.contracts:
        _contract(pack, contract, marks)
    _lists(pack, marks)
    _publicity(pack, marks)


def _publicity(pack: Pack, marks: Mapping[str, str]) -> None:
    """A listing is public while it is in effect, and no rule of publicity ends that."""
    records = {one.path for one in pack.items if not one.listing}
    for rule in pack.publicity:
        where = marks[f"rule {rule.id}"]
        for path in rule.items:
            if path not in records:
                raise Refusal(
                    "GS-PACK-061",
                    f"there is no item {path!r} whose publicity can end, or it is a listing",
                    where=where,
                    remedy="Correct the name. A listing is public for as long as it is in effect.",
                )
        if rule.items and not applicable(rule):
            raise Refusal(
                "GS-PACK-062",
                f"the publicity rule {rule.id!r} names items and cannot be applied to them",
                where=where,
                why="Applied is only what is certain: a maximum without doubt, for a level that records "
                f"state, counted from {' or '.join(CLOCKS)}.",
                remedy="Remove `items`; the rule is then shown and not applied.",
            )


def _lists(pack: Pack, marks: Mapping[str, str]) -> None:
    keepers = {one.path for one in pack.authorities}
    own = {one.path for one in pack.items if one.listing and one.own}
    reported = {one.path for one in pack.items if one.listing and not one.own}
    for one in pack.lists:
        named = (
            (one.keeper, keepers, "authority"),
            (one.item, own, "listing of our own"),
            (one.reported, reported, "reported listing"),
        )
        for path, known, kind in named:
            if path and path not in known:
                raise Refusal(
                    "GS-PACK-060",
                    f"there is no {kind} {path!r}",
                    where=marks[f"list {pack.name}/{one.id}"],
                    remedy="Correct the name, or add it.",
                )


def _twice(pack: Pack, marks: Mapping[str, str]) -> None:
    groups = {
        "item": [one.path for one in pack.items],
        "contract": [one.path for one in pack.contracts],
        "authority": [one.path for one in pack.authorities],
        "list": [f"{pack.name}/{one.id}" for one in pack.lists],
        "rule": [one.id for one in pack.publicity],
        "penalty": [one.code for one in pack.penalty_kinds],
    }
    for kind, paths in groups.items():
        for path in paths:
            if paths.count(path) > 1:
                raise Refusal(
                    "GS-PACK-050",
                    f"there are two {kind} entries with the path {path!r}",
                    where=marks.get(f"{kind} {path}", pack.name),
                    why="A path names one thing.",
                    remedy="Rename or remove one of them.",
                )


def _contract(pack: Pack, contract: Contract, marks: Mapping[str, str]) -> None:
    if contract.authority not in {one.path for one in pack.authorities}:
        raise Refusal(
            "GS-PACK-051",
            f"there is no authority {contract.authority!r}",
            where=marks[f"contract {contract.path}"],
            remedy="Add it to authorities.yaml or correct the name.",
        )
    _target(contract, marks)
    _items(pack, contract, marks)
    declared = {one.name: one for one in contract.columns}
    used = set()
    for part, name in used_columns(contract):
        where = marks[f"{part} {contract.path}"]
        if name not in declared:
            raise Refusal(
                "GS-PACK-053",
                f"{part} names the column {name!r}, which the contract does not declare",
                where=where,
                remedy="Declare it under columns.",
            )
        if declared[name].ignored and part != "refuse":
            raise Refusal(
                "GS-PACK-054",
                f"{part} uses the column {name!r}, which is declared ignored",
                where=where,
                why="What is ignored is not taken in.",
                remedy="Remove `ignored` or the mapping.",
            )
        used.add(name)
    for column in contract.columns:
        if column.name not in used and not column.ignored:
            raise Refusal(
                "GS-PACK-055",
                f"nothing uses the column {column.name!r}",
                where=marks[f"column {contract.path} {column.name}"],
                why="Every cell is used, declared ignored, or reported.",
                remedy="Map it, or say ignored: with the reason.",
            )
    schemes = [contract.subject.scheme, *(scheme for scheme, _ in contract.subject.legacy)]
    schemes += [contract.tie.scheme] if contract.tie.scheme else []
    for scheme in (*schemes, *(one.scheme for one in contract.columns if one.scheme)):
        if scheme not in pack.schemes:
            raise Refusal(
                "GS-PACK-057",
                f"the pack does not know the identifier scheme {scheme!r}",
                where=marks[f"subject {contract.path}"],
                remedy="Name it under schemes in pack.yaml.",
            )


def _target(contract: Contract, marks: Mapping[str, str]) -> None:
    mapped = {
        Target.RECORDS: bool(contract.record.item or contract.record.item_column),
        Target.ROLES: bool(contract.role.person),
        Target.TIES: bool(contract.tie.other),
    }
    for target, given in mapped.items():
        if given != (target is contract.target):
            raise Refusal(
                "GS-PACK-058",
                f"the target is {contract.target.value}, and the mapping of {target.value} is "
                + ("there" if given else "missing"),
                where=marks[f"contract {contract.path}"],
                remedy="Write the mapping that belongs to the target, and no other.",
            )
    if not contract.key:
        raise Refusal(
            "GS-PACK-059",
            "the contract has no key",
            where=marks[f"key {contract.path}"],
            why="Without a key nothing can be corrected, and the same file sent twice would count twice.",
            remedy="Name the columns that identify a row.",
        )


def _items(pack: Pack, contract: Contract, marks: Mapping[str, str]) -> None:
    record, where = contract.record, marks[f"record {contract.path}"]
    if bool(record.item_column) != bool(record.items) or (record.item and record.item_column):
        raise Refusal(
            "GS-PACK-052",
            "the record has no clear item",
            where=where,
            remedy="Either item: …, or item_column: … with items: {value: item, …}.",
        )
    known = {one.path: one for one in pack.items}
    for path in items_of(contract):
        if path not in known:
            raise Refusal(
                "GS-PACK-052",
                f"there is no item {path!r}",
                where=where,
                remedy="Add it to the catalogue or correct the name.",
            )
    for field, _ in record.fields:
        if not any(known[path].field_named(field) for path in items_of(contract)):
            raise Refusal(
                "GS-PACK-052",
                f"no item of the contract has a field {field!r}",
                where=where,
                remedy="Add the field to the item or correct the name.",
            )


def items_of(contract: Contract) -> tuple[str, ...]:
    """Paths of the items that the contract brings, each once, in their order."""
    paths = [contract.record.item] if contract.record.item else []
    return tuple(dict.fromkeys((*paths, *(path for _, path in contract.record.items))))


def used_columns(contract: Contract) -> Iterator[tuple[str, str]]:
    """(part, column) for each column that the contract's mappings name."""
    subject, record, tie, role = contract.subject, contract.record, contract.tie, contract.role
    names = {
        "key": [*contract.key, *contract.subject_only_when_blank, *(name for name, _ in contract.floors)],
        "subject": [
            subject.identifier,
            subject.name,
            subject.name_en,
            subject.former_names,
            subject.division,
            subject.registered_on,
            subject.kind_column,
            *(name for _, name in subject.legacy),
        ],
        "record": [
            record.item_column,
            record.occurred_on,
            record.decided_on,
            record.effective_from,
            record.effective_to,
            record.amount,
            record.currency,
            record.seriousness,
            *(name for _, name in record.fields),
        ],
        "instrument": [
            contract.instrument.authority,
            contract.instrument.number,
            contract.instrument.article,
            contract.instrument.dated,
        ],
        "role": [role.person, role.role, role.from_on, role.to_on],
        "tie": [tie.other, tie.kind, tie.from_on, tie.to_on],
        "refuse": [name for one in contract.refuse for name in (one.column, *(a.column for a in one.also))],
    }
    for part, members in names.items():
        yield from ((part, name) for name in members if name)
