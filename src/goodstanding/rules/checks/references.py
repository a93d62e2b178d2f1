"""Checks of what a rulebook names beside itself: its authority, the list that it is about, other rulebooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from goodstanding.catalogue.model import Pack
from goodstanding.core.nearest import did_you_mean

from ..model import ResultOf, Rulebook
from .findings import Finding, finding


@dataclass(frozen=True)
class Named:
    """What can be named: full paths of authorities and lists, and a question for those of rulebooks.

    `rulebooks` is asked only where a rulebook rests on another one: many files are read to answer.
    """

    authorities: frozenset[str]
    lists: frozenset[str]
    rulebooks: Callable[[], Iterable[str]]

    @classmethod
    def of(cls, packs: Iterable[Pack], rulebooks: Callable[[], Iterable[str]]) -> Named:
        """What these packs name. A list is one of `lists.yaml`, or an item that is a listing."""
        packs = tuple(packs)
        lists = {f"{pack.name}/{one.id}" for pack in packs for one in pack.lists}
        lists |= {one.path for pack in packs for one in pack.items if one.listing}
        return cls(
            frozenset(one.path for pack in packs for one in pack.authorities), frozenset(lists), rulebooks
        )


def references(rulebook: Rulebook, named: Named) -> Iterator[Finding]:
    """The authority, the list and the rulebooks that are named exist."""
    if rulebook.authority not in named.authorities:
        yield finding(
            37,
            "authority",
            f"there is no authority {rulebook.authority}",
            did_you_mean(rulebook.authority, named.authorities)
            + "Name one of authorities.yaml, or add it there; another pack's with --pack.",
        )
    if rulebook.of_list is not None and rulebook.of_list not in named.lists:
        yield finding(
            38,
            "list",
            f"there is no list {rulebook.of_list}",
            did_you_mean(rulebook.of_list, named.lists)
            + "Name one of lists.yaml or an item that is a listing, or add it there.",
        )
    wanted = [
        (one.id, one.rulebook)
        for one in rulebook.facts
        if isinstance(one, ResultOf) and one.rulebook != rulebook.path
    ]
    known = frozenset(named.rulebooks()) if wanted else frozenset()
    for owner, path in wanted:
        if path not in known:
            yield finding(
                51,
                owner,
                f"it is the result of {path}, which is not here",
                did_you_mean(path, known)
                + "Name a rulebook of the packs or of a file beside it, or load its pack with --pack.",
            )
