"""Clause 1.7: no measure without a law, on nobody but the listed organisation, by nobody who is not bound."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.checks.finding import Check, Finding
from goodstanding.catalogue.checks.persons import (
    LOW_INSTRUMENT,
    ON_PERSONS,
    ON_RELATED,
    TAKING_RIGHTS,
)
from goodstanding.catalogue.measure import HIGHEST, TAKES_RIGHTS, Effect, Hits, Measure
from goodstanding.catalogue.model import Pack
from goodstanding.catalogue.tripwire import Wire, wire_that_rings


def _executable(pack: Pack) -> Iterator[tuple[Measure, str]]:
    return ((one, f"measure {one.path}") for one in pack.measures if one.executable)


def _rings(one: Measure, wire: Wire) -> str:
    """The first text of the measure's title and targets that speaks of it; empty if none does."""
    texts = (one.path.partition("/")[2], one.title.en, one.title.zh, one.targets.en, one.targets.zh)
    return next((text for text in texts if wire_that_rings(text, (wire,))), "")


def _without_law(pack: Pack) -> Iterator[Finding]:
    for one, mark in _executable(pack):
        if not any(not basis.uncertain for basis in one.basis):
            yield Finding(
                f"the measure {one.path} rests on {'no certain law' if one.basis else 'no law'}",
                mark,
                "Name the instrument, or say executable: false with the reason.",
            )
        if not one.processes or one.implementers is None:
            missing = "implementers" if one.processes else "processes"
            yield Finding(
                f"the measure {one.path} does not say its {missing}",
                mark,
                "Each measure states its targets, its law, who carries it out, and at which process.",
            )


def _on_persons(pack: Pack) -> Iterator[Finding]:
    for one, mark in _executable(pack):
        ringing = _rings(one, ON_PERSONS)
        if one.hits is Hits.PERSONS or ringing:
            words = f": {ringing!r}" if ringing else ""
            yield Finding(
                f"the measure {one.path} meets natural persons and is executable{words}",
                mark,
                "Say executable: false with the reason: it stays in the pack as a fact.",
            )


def _rights(pack: Pack) -> Iterator[Finding]:
    for one, mark in _executable(pack):
        takes = one.effect is Effect.RESTRICTION and (
            one.law == "by_law" or one.dimension in TAKES_RIGHTS or bool(_rings(one, TAKING_RIGHTS))
        )
        if not takes:
            continue
        if one.law != "by_law" or one.rests_on not in HIGHEST:
            yield Finding(
                f"the measure {one.path} takes away rights and rests on a {_words(one.rests_on)}",
                mark,
                "Name the law or administrative regulation with law: by_law, or say executable: false.",
            )
        elif all(basis.uncertain or _is_low(basis.instrument) for basis in one.basis):
            yield Finding(
                f"the measure {one.path} claims a {_words(one.rests_on)}, and names none",
                mark,
                "Name the law or administrative regulation under basis.",
            )


def _is_low(instrument: str) -> bool:
    return wire_that_rings(instrument, (LOW_INSTRUMENT,)) is not None


def _words(rank: str) -> str:
    return rank.replace("_", " ")


def _on_others(pack: Pack) -> Iterator[Finding]:
    for one, mark in _executable(pack):
        ringing = _rings(one, ON_RELATED)
        if (one.hits is Hits.RELATED or ringing) and (one.reaches is None or one.reaches.uncertain):
            words = f": {ringing!r}" if ringing else ""
            yield Finding(
                f"the measure {one.path} meets others than the listed organisation{words}",
                mark,
                "Name under reaches the law that says so of the other organisation itself, or leave it out.",
            )


def _repeats(pack: Pack) -> Iterator[Finding]:
    """Of restrictions alone: the closed list is one of measures against, and nobody loses by a reward given twice."""
    national = [one for one in pack.measures if not one.division and one.effect is Effect.RESTRICTION]
    titles = {text: one for one in national for text in (one.title.en, one.title.zh)}
    numbered = {one.dimension: one for one in national if one.number is not None}
    for one, mark in _executable(pack):
        if not one.division or one.effect is not Effect.RESTRICTION:
            continue
        same = titles.get(one.title.zh) or titles.get(one.title.en) or numbered.get(one.dimension)
        if (one.repeats or same) and not _adds(one):
            repeated = one.repeats or (same.path if same else "")
            yield Finding(
                f"the local measure {one.path} repeats {repeated}",
                mark,
                "A supplement may not repeat a higher list: say executable: false with repeats, or adds.",
            )


def _adds(one: Measure) -> bool:
    return one.adds is not None and not one.repeats


CHECKS = (
    Check("GS-PACK-171", "1.7", "no measure without a law, and each says who carries it out.", _without_law),
    Check("GS-PACK-172", "1.7", "measures on natural persons are facts and are not executable.", _on_persons),
    Check(
        "GS-PACK-173",
        "1.7",
        "what takes away rights rests on a law or administrative regulation (Zhejiang, Art 26).",
        _rights,
    ),
    Check("GS-PACK-174", "1.7", "a measure meets the listed organisation alone.", _on_others),
    Check("GS-PACK-175", "1.7", "a local supplement repeats no higher list (Shenzhen, Art 72).", _repeats),
)
