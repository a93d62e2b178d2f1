"""Whether what a procedure names is there: authority, list, item, rulebook, acts; one version in force on a day."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import combinations

from goodstanding.catalogue.model import Pack
from goodstanding.catalogue.procedure import Act, CaseKind, Procedure
from goodstanding.core.errors import Refusal

_RULEBOOK = re.compile(r"^rulebook: *(\S+)", flags=re.MULTILINE)


def check_procedures(pack: Pack, marks: Mapping[str, str]) -> None:
    """Raise GS-PACK-063, -065 to -070 for the first procedure that names what is not there or contradicts another."""
    rulebooks = (
        _rulebooks(pack) if any(one.listing and one.listing.rulebook for one in pack.procedures) else ()
    )
    for one in pack.procedures:
        mark = f"procedure {one.path} {one.valid_from}"
        for name, known, kind in _named(pack, one, rulebooks):
            if name not in known:
                raise Refusal(
                    "GS-PACK-065",
                    f"there is no {kind} {name!r}",
                    where=marks[mark],
                    remedy="Correct the name, or add it.",
                )
        _of_the_entry(pack, one, marks[mark])
        _listing(pack, one, marks[mark])
        _stages(one, marks, mark)
        _tiers(one, marks[mark])
    _versions(pack, marks)


def _named(
    pack: Pack, one: Procedure, rulebooks: Collection[str]
) -> Iterator[tuple[str, Collection[str], str]]:
    """(name, what there is, what it should be)."""
    items = {each.path for each in pack.items}
    if not one.of_the_entry:
        yield one.authority, {each.path for each in pack.authorities}, "authority"
    yield from ((path, items, "item") for path in one.applies_to)
    if one.listing is not None:
        yield one.listing.list_id, {each.id for each in pack.lists}, "list"
        yield one.listing.item, items, "item"
        if one.listing.rulebook:
            yield one.listing.rulebook, rulebooks, "rulebook"


def _of_the_entry(pack: Pack, one: Procedure, where: str) -> None:
    """Only what is about entries of ours alone can be before the authority that made the entry."""
    ours = {each.path for each in pack.items if each.own}
    if one.of_the_entry and (
        one.kind is not CaseKind.DELISTING or not ours.issuperset(one.applies_to or ("",))
    ):
        raise Refusal(
            "GS-PACK-063",
            f"{one.path} names no authority, and is not about entries of ours alone",
            where=where,
            why="What another register reports was decided by nobody here.",
            remedy="Name the authority; or kind: delisting with the listings of our own under applies_to.",
        )


def _rulebooks(pack: Pack) -> frozenset[str]:
    """Paths of the pack's rulebooks: what their files say at the top."""
    texts = (path.read_text(encoding="utf-8") for path in pack.rulebooks)
    return frozenset(path for text in texts for path in _RULEBOOK.findall(text))


def _listing(pack: Pack, one: Procedure, where: str) -> None:
    if (one.kind is CaseKind.LISTING) != (one.listing is not None):
        raise Refusal(
            "GS-PACK-066",
            f"{one.path} is of kind {one.kind.value} and {'says' if one.listing else 'does not say'} what it lists",
            where=where,
            remedy="A procedure of kind listing has the key listing, and no other has.",
        )
    if one.listing is None:
        return
    item = pack.item(one.listing.item)
    if not item.own or not item.path.partition("/")[2].startswith("listing."):
        raise Refusal(
            "GS-PACK-067",
            f"{item.path} is no listing of our own",
            where=where,
            why="What another register reports is a fact, and no decision of ours writes it.",
            remedy="Name an item listing.<name> with listing: own.",
        )
    of_list = next(each for each in pack.lists if each.id == one.listing.list_id)
    if of_list.item != item.path:
        raise Refusal(
            "GS-PACK-067",
            f"the list {of_list.id} is refused"
            if not of_list.item
            else f"{item.path} is not the item of its list",
            where=where,
            remedy="A refused list has no procedure." if not of_list.item else f"Name {of_list.item}.",
        )


def _stages(one: Procedure, marks: Mapping[str, str], mark: str) -> None:
    seen: set[Act] = set()
    for number, stage in enumerate(one.stages):
        if stage.act in seen:
            raise Refusal(
                "GS-PACK-068",
                f"{one.path} has the act {stage.act.value} twice",
                where=marks[f"{mark} {number}"],
                remedy="Join the two stages.",
            )
        if stage.within is not None and stage.within.starts not in seen:
            raise Refusal(
                "GS-PACK-068",
                f"the term of {stage.act.value} starts with {stage.within.starts.value}, which is no earlier stage",
                where=marks[f"{mark} {number}"],
                why="A term that never starts never ends.",
                remedy=f"after: one of {', '.join(act.value for act in seen) or 'the stages before it'}.",
            )
        seen.add(stage.act)


def _tiers(one: Procedure, where: str) -> None:
    for tier in one.tiers:
        most = tier.at_most if tier.at_most is not None else tier.at_least
        if tier.seriousness not in (1, 2, 3) or not 0 <= tier.at_least <= most:
            raise Refusal(
                "GS-PACK-069",
                f"a tier of {one.path} has no possible months or seriousness",
                where=where,
                remedy="seriousness 1, 2 or 3; at_least is not over at_most.",
            )


def _versions(pack: Pack, marks: Mapping[str, str]) -> None:
    """Of one path, and of the listings of one list, one is in force on a day."""
    for first, second in combinations(pack.procedures, 2):
        one_list = first.listing and second.listing and first.listing.list_id == second.listing.list_id
        if first.path != second.path and not one_list:
            continue
        ends = [each.valid_to or date.max for each in (first, second)]
        if max(first.valid_from, second.valid_from) < min(ends):
            raise Refusal(
                "GS-PACK-070",
                f"two versions of {second.path} are in force on one day",
                where=marks[f"procedure {second.path} {second.valid_from}"],
                why="A case goes by the one version that was in force when it was opened.",
                remedy="End the older one: in_force: {from: …, to: <first day of the newer>}.",
            )
