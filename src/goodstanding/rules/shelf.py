"""All rulebooks of the packs in force, found by path and day, and the order in which they rest on each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from goodstanding.catalogue.model import Pack
from goodstanding.core.errors import Refusal
from goodstanding.core.nearest import did_you_mean
from goodstanding.core.reader import Access

from .language import load_rulebook
from .model import ResultDay, ResultOf, Rulebook, digest, invalid
from .versions import composed, composed_all, in_force, parts_of

LONGEST = 100
"""How many rulebooks, or years of one, may rest on each other: more is no law, and takes no end."""


@dataclass(frozen=True)
class Asked:
    """A rulebook, composed for a day, and that day."""

    rulebook: Rulebook
    on: date

    @property
    def key(self) -> tuple[str, date]:
        """What a fact that reads the result asks for."""
        return self.rulebook.path, self.on


@dataclass(frozen=True)
class Shelf:
    """Rulebooks in all their versions, ordered by path and first day in force.

    `restricted` names the items of their packs that only readers admitted to them may see.
    """

    rulebooks: tuple[Rulebook, ...]
    restricted: frozenset[str] = frozenset()

    @classmethod
    def of(cls, packs: Iterable[Pack]) -> Shelf:
        """The rulebooks of these packs.

        Raises:
            Refusal: GS-RULES-… for a file that is no rulebook; GS-RULES-050 to 054 for versions, amendments and
                rulebooks that do not fit together.
        """
        packs = tuple(packs)
        found = [_read(path, pack.digest) for pack in packs for path in pack.rulebooks]
        items = [one for pack in packs for one in pack.items]
        shelf = cls(
            tuple(sorted(found, key=lambda one: (one.path, one.in_force_from))),
            frozenset(one.path for one in items if one.access is Access.RESTRICTED),
        )
        shelf.check_references()
        for path in shelf.paths:
            for _ in composed_all(shelf.versions(path)):  # refuses what does not fit together
                pass
        return shelf

    @property
    def paths(self) -> tuple[str, ...]:
        """Each path once."""
        return tuple(dict.fromkeys(one.path for one in self.rulebooks))

    def versions(self, path: str) -> tuple[Rulebook, ...]:
        """All versions of a path as they were released, oldest first; empty if there are none."""
        return tuple(one for one in self.rulebooks if one.path == path)

    def on(self, path: str, day: date) -> Rulebook:
        """The rulebook that a day is assessed by: the version in force, composed with earlier versions and
        amendments where it says so.

        Raises:
            Refusal: GS-RULES-070 no such rulebook; GS-RULES-071 no version of it on that day; GS-RULES-050,
                052, 053 versions and amendments that do not fit together.
        """
        versions = self.versions(path)
        if not versions:
            raise Refusal(
                "GS-RULES-070",
                f"There is no rulebook “{path}”.",
                remedy=did_you_mean(path, self.paths) + "goodstanding rulebook list names all of them.",
            )
        frame = in_force(versions, day)
        if frame is not None:
            return composed(versions, frame, day)
        spans = "; ".join(f"from {one.in_force_from} to {one.in_force_to or 'now'}" for one in versions)
        raise Refusal(
            "GS-RULES-071",
            f"No version of {path} is in force on {day}.",
            why=f"It is in force {spans}.",
            remedy="Choose another day with --on.",
        )

    def from_file(self, path: Path, day: date) -> Rulebook:
        """A rulebook of a file that stands on no shelf, as its own amendments leave it on a day.

        Raises:
            Refusal: GS-RULES-… for a file that is no rulebook; GS-RULES-052, 053 for its amendments.
        """
        book = load_rulebook(path)
        return composed((book,), book, day)

    def order(self, rulebook: Rulebook, on: date) -> tuple[Asked, ...]:
        """A rulebook composed for a day, after all whose results it rests on, each on its own day.

        A day on which no version of the other is in force has no result, and is passed over.

        The rulebook that is asked for comes last. It may be a draft that stands on no shelf: whatever rests on
        its path, on its day, would rest on another one.

        Raises:
            Refusal: GS-RULES-051 if it rests on a rulebook that is not here; GS-RULES-054 if it rests on itself,
                on the same day, or on so many years that no end is in sight.
        """
        done: dict[tuple[str, date], Asked] = {}
        self._put(Asked(rulebook, on), done, ())
        return tuple(done.values())

    def _put(
        self, asked: Asked, done: dict[tuple[str, date], Asked], way: tuple[tuple[str, date], ...]
    ) -> None:
        """Put a rulebook after those it rests on; `way` is what rests on it."""
        if asked.key in way or len(way) > LONGEST:
            raise _circular(path for path, _ in way)
        for fact in asked.rulebook.facts:
            if isinstance(fact, ResultOf):
                self._check_reference(asked.rulebook, fact)
                day = fact.day.day(asked.on)
                there = in_force(self.versions(fact.rulebook), day)
                if there is not None and (fact.rulebook, day) not in done:
                    self._put(Asked(self.on(fact.rulebook, day), day), done, (*way, asked.key))
        done[asked.key] = asked

    def parts(self, rulebook: Rulebook) -> tuple[Rulebook, ...]:
        """The released versions that a composed rulebook is made of, the one in force first."""
        versions = self.versions(rulebook.path)
        frame = next((one for one in versions if one.in_force_from == rulebook.in_force_from), rulebook)
        return parts_of(versions, frame)

    @cached_property
    def _by_digest(self) -> dict[str, Rulebook]:
        found = [one for path in self.paths for one in composed_all(self.versions(path))]
        return {digest(one): one for one in (*found, *self.rulebooks)}

    def by_digest(self) -> dict[str, Rulebook]:
        """Every rulebook that some day is assessed by, by the digest of its model: what a manifest names."""
        return self._by_digest

    def _check_reference(self, rulebook: Rulebook, fact: ResultOf) -> None:
        if not self.versions(fact.rulebook):
            raise invalid(
                51,
                f"{rulebook.path} rests on {fact.rulebook}, which is not here",
                why=f"fact {fact.id} is its result",
                remedy="name a rulebook of the packs that are loaded, or load its pack too",
            )

    def check_references(self) -> None:
        """Whether the rulebooks that others rest on are there, and in no circle.

        A circle that leads to an earlier year ends, since rulebooks begin; one within a day does not.

        Raises:
            Refusal: GS-RULES-051 a rulebook that is not there; GS-RULES-054 a circle.
        """
        same_day: dict[str, set[str]] = {}
        for one in self.rulebooks:
            for fact in one.facts:
                if not isinstance(fact, ResultOf):
                    continue
                self._check_reference(one, fact)
                if fact.day is ResultDay.SAME_DAY:
                    same_day.setdefault(one.path, set()).add(fact.rulebook)
        for path in same_day:
            circle = _circle(path, same_day)
            if circle:
                raise _circular(circle)


def _circular(paths: Iterable[str]) -> Refusal:
    return invalid(
        54,
        f"the results of {', '.join(dict.fromkeys(paths))} rest on each other",
        why="none of them could be worked out first",
        remedy="let one of them look at the end of the year before (last_year_end), and begin in a year that is "
        "not so long ago",
    )


def _circle(start: str, rests_on: dict[str, set[str]]) -> list[str]:
    """The way from a rulebook back to itself; empty if there is none."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for other in sorted(rests_on.get(way[-1], ())):
            if other == start:
                return way
            if other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return []


@cache
def _read(path: Path, _pack_digest: str) -> Rulebook:
    """A released rulebook never changes; the pack's digest tells if a file on disk did."""
    return load_rulebook(path)
