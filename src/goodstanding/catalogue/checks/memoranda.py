"""Clause 1.7: what a memorandum may trigger, by which list, and whom it may order."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.checks.finding import Check, Finding
from goodstanding.catalogue.checks.persons import MARKET
from goodstanding.catalogue.measure import Agreed, Bound, Measure, Memorandum
from goodstanding.catalogue.model import Pack
from goodstanding.catalogue.tripwire import wire_that_rings


def _agreed(pack: Pack) -> Iterator[tuple[Memorandum, Agreed, Measure, str]]:
    measures = {one.path: one for one in pack.measures}
    for memorandum in pack.memoranda:
        for agreed in memorandum.agreed:
            yield memorandum, agreed, measures[agreed.measure], f"memorandum {memorandum.path}"


def _lists(pack: Pack) -> Iterator[Finding]:
    lists = {one.id: one for one in pack.lists}
    for memorandum in pack.memoranda:
        mark = f"memorandum {memorandum.path}"
        for name in memorandum.lists:
            if name not in lists:
                yield Finding(
                    f"the memorandum {memorandum.path} is triggered by {name!r}, a list that the pack has not",
                    mark,
                    "Correct the id, or say waits: with the reason.",
                )
            elif not lists[name].item:
                yield Finding(
                    f"the memorandum {memorandum.path} is triggered by {name!r}, a list that is refused",
                    mark,
                    "What is not kept triggers nothing: say waits: or refused: with the reason.",
                )


def _not_executable(pack: Pack) -> Iterator[Finding]:
    for memorandum, agreed, measure, mark in _agreed(pack):
        if not measure.executable:
            yield Finding(
                f"the memorandum {memorandum.path} triggers {agreed.measure}, which is not executable",
                mark,
                "Leave it out, and say so under incomplete.",
            )
        beyond = [one for one in memorandum.lists if measure.reserved_to and one not in measure.reserved_to]
        if beyond:
            yield Finding(
                f"the law of {agreed.measure} does not name the list {beyond[0]!r}",
                mark,
                f"It is reserved to {', '.join(measure.reserved_to)}.",
            )


def _bound(pack: Pack) -> Iterator[Finding]:
    authorities = {one.path: one for one in pack.authorities}
    for memorandum, agreed, _, mark in _agreed(pack):
        if agreed.bound is Bound.ORDERED and authorities[agreed.authority].market:
            yield Finding(
                f"the memorandum {memorandum.path} orders {agreed.authority}, a market participant",
                mark,
                "Say bound: subscribes.",
            )
    for one in pack.authorities:
        if not one.market and any(wire_that_rings(text, (MARKET,)) for text in (one.title.en, one.title.zh)):
            yield Finding(
                f"{one.path} is a market participant by its name, and could be ordered",
                f"authority {one.path}",
                "Say market: true.",
            )


def _contradictions(pack: Pack) -> Iterator[Finding]:
    for memorandum, agreed, measure, mark in _agreed(pack):
        if measure.effect is not memorandum.effect:
            yield Finding(
                f"the memorandum {memorandum.path} is about a {memorandum.effect} "
                f"and triggers the {measure.effect} {agreed.measure}",
                mark,
                "Rewards give and punishments take; an instrument that does both is two memoranda here.",
            )


CHECKS = (
    Check("GS-PACK-176", "1.7", "a memorandum is triggered by a list that is kept.", _lists),
    Check(
        "GS-PACK-177", "1.7", "a memorandum triggers what can be carried out, and by law.", _not_executable
    ),
    Check("GS-PACK-178", "1.7", "banks, platforms, associations and media are never ordered.", _bound),
    Check(
        "GS-PACK-179", "1.7", "no memorandum of rewards takes, and none of punishment gives.", _contradictions
    ),
)
