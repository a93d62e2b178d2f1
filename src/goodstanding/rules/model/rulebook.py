"""The rulebook itself: a versioned, dated, cited set of rules of one kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goodstanding.catalogue.domains import SUBJECT_KINDS
from goodstanding.catalogue.model import Basis, Title

from .added import added
from .changes import Amendment, Quota, VersionedBy
from .conditions import Condition, Exists, leaves
from .examples import Example
from .facts import Derived, Fact, Recorded
from .grading import Bands, Bar, Ladder, Override, Total
from .rules import AnyRule, JudgedRule, MeasuredRule, Rule
from .selects import Select
from .tiers import Tier
from .values import invalid
from .windows import Window

KINDS_OF_SUBJECT = frozenset(SUBJECT_KINDS)
CANDIDATE, NONE = "candidate", "none"
"""What a list's criteria lead to: whoever meets one is a candidate, never an entry."""


class Kind(StrEnum):
    """What a rulebook yields."""

    GRADE = "grade"
    LIST = "list"
    TIER = "tier"
    INDEX = "index"


@dataclass(frozen=True)
class Section:
    """A group of rules whose sum is kept between two bounds, both included, in hundredths."""

    id: str
    title: Title
    at_least: int | None = None
    at_most: int | None = None

    def __post_init__(self) -> None:
        if self.at_least is None and self.at_most is None:
            raise invalid(4, f"section {self.id} has no bound")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise invalid(11, f"section {self.id} holds nothing")


@dataclass(frozen=True)
class Start:
    """The points that a subject starts with, if the condition is met; without one, for everyone left."""

    points: int
    when: Condition | None = None


class Because(StrEnum):
    """Why something is not evaluated.

    `no_data`: no source gives it. `not_published`: the rule was never published. `open_ended`: the wording
    leaves it to whoever applies it. `refused`: section 1 of the design refuses it. `out_of_scope`: it is not
    about the result (a procedure, a use).
    """

    NO_DATA = "no_data"
    NOT_PUBLISHED = "not_published"
    OPEN_ENDED = "open_ended"
    REFUSED = "refused"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Untranslated:
    """Something of the law that the rulebook does not evaluate, with the reason. Shown, never guessed.

    `points` is what it can give at most, in hundredths, where the law says so: published sums hold with it.
    """

    id: str
    title: Title
    reason: Title
    basis: tuple[Basis, ...]
    because: Because
    covers: tuple[str, ...] = ()
    points: int | None = added(None)
    section: str | None = added(None)


@dataclass(frozen=True)
class Entry:
    """What a line points to: a rule, a fact, an override, a bar, the start or the table of grades."""

    ordinal: int
    id: str
    title: Title
    basis: tuple[Basis, ...]
    uncertain: bool = False


@dataclass(frozen=True)
class Rulebook:
    """A set of rules in force on [in_force_from, in_force_to).

    `start` is empty where grades rest on facts alone; `floor` and `ceiling` bound the total, in hundredths.
    `maximum` is the highest total that the law states, in hundredths; a check holds the rules against it.
    `internal` says why its results are for the office alone, where the law forbids to publish them.
    """

    path: str
    kind: Kind
    title: Title
    authority: str
    basis: tuple[Basis, ...]
    in_force_from: date
    in_force_to: date | None
    subject_kinds: tuple[str, ...]
    start: tuple[Start, ...]
    rules: tuple[AnyRule, ...]
    facts: tuple[Fact, ...]
    grading: Bands | Ladder | Total
    sections: tuple[Section, ...] = ()
    floor: int | None = None
    ceiling: int | None = None
    overrides: tuple[Override, ...] = ()
    bars: tuple[Bar, ...] = ()
    untranslatable: tuple[Untranslated, ...] = ()
    grade_titles: tuple[tuple[str, Title], ...] = ()
    notes: tuple[Title, ...] = ()
    examples: tuple[Example, ...] = ()
    of_list: str | None = added(None)
    tiers: tuple[Tier, ...] = added(())
    quotas: tuple[Quota, ...] = added(())
    amendments: tuple[Amendment, ...] = added(())
    versioned_by: VersionedBy = added(VersionedBy.ASSESSMENT)
    covers: tuple[str, ...] = added(())
    maximum: int | None = added(None)
    internal: Title | None = added(None)

    def __post_init__(self) -> None:
        if self.in_force_to is not None and self.in_force_to <= self.in_force_from:
            raise invalid(11, "the rulebook is in force on no day")
        strange = [one for one in self.subject_kinds if one not in KINDS_OF_SUBJECT]
        if strange or not self.subject_kinds:
            raise invalid(
                19,
                f"no kind of organisation: {', '.join(strange) or 'none named'}",
                why="subjects are organisations; persons and individual businesses have no file",
                remedy="name one of " + ", ".join(sorted(KINDS_OF_SUBJECT)),
            )
        if self.start and (
            self.start[-1].when is not None or any(one.when is None for one in self.start[:-1])
        ):
            raise invalid(13, "the last start, and only the last, has no condition")
        if self.rules and not self.start:
            raise invalid(
                4, "rules give points, and there is no start", remedy="add start: 0 or what the law says"
            )
        if self.floor is not None and self.ceiling is not None and self.floor > self.ceiling:
            raise invalid(11, "the floor lies above the ceiling")

    @property
    def pack(self) -> str:
        """The pack that it belongs to."""
        return self.path.partition("/")[0]

    @property
    def grades(self) -> tuple[str, ...]:
        """Every grade, the best first; what only a quota or an override gives comes last. A list has always two."""
        if self.kind is Kind.LIST:
            return (CANDIDATE, NONE)
        others = (*(one.otherwise for one in self.quotas), *(one.grade for one in self.overrides))
        return tuple(dict.fromkeys((*self.grading.grades, *others)))

    @property
    def has_points(self) -> bool:
        """Whether there is a total at all."""
        return bool(self.start)

    @property
    def without_criteria(self) -> bool:
        """Whether this is a list of which no criterion is known: nobody can be told to meet it or not.

        A list whose only criterion is suspended had one.
        """
        known = any(one.grade == CANDIDATE for one in self.overrides) or bool(self.amendments)
        return self.kind is Kind.LIST and not known

    @property
    def selecting(self) -> tuple[Rule, ...]:
        """The rules that give points by records."""
        return tuple(one for one in self.rules if isinstance(one, Rule))

    @property
    def judged(self) -> tuple[JudgedRule, ...]:
        """The rules that give points by a condition."""
        return tuple(one for one in self.rules if isinstance(one, JudgedRule))

    @property
    def measured(self) -> tuple[MeasuredRule, ...]:
        """The rules that give points by a fact's number."""
        return tuple(one for one in self.rules if isinstance(one, MeasuredRule))

    def entries(self) -> tuple[Entry, ...]:
        """What lines point to, numbered from 1 in the order of the rulebook."""
        rows: list[tuple[str, Title, tuple[Basis, ...], bool]] = []
        rows += [(one.id, one.title, one.basis, one.uncertain) for one in self.rules]
        rows += [(one.id, one.title, self.basis, False) for one in self.facts]
        rows += [(one.id, one.title, one.basis, one.uncertain) for one in self.overrides]
        rows += [(one.id, one.title, one.basis, one.uncertain) for one in self.bars]
        rows += [(one.id, one.title, one.basis, one.uncertain) for one in self.quotas]
        rows += [("start", Title("Start", "起评分"), self.basis, False)]
        rows += [("grades", Title("Grades", "等级"), self.basis, False)]
        if self.without_criteria:
            rows += [("criteria", Title("Criteria of the list", "列入条件"), self.basis, False)]
        return tuple(Entry(number, *row) for number, row in enumerate(rows, 1))

    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """Every condition, with the id of the entry that it belongs to."""
        yield from ((one.id, one.when) for one in self.judged)
        yield from ((one.id, one.when) for one in self.overrides)
        yield from ((one.id, one.when) for one in self.bars)
        yield from (("start", one.when) for one in self.start if one.when is not None)
        if isinstance(self.grading, Ladder):
            yield from (("grades", one.when) for one in self.grading.steps if one.when is not None)

    def selects(self) -> Iterator[tuple[str, Select, Window]]:
        """Every selection of records, with the id of the entry that it belongs to."""
        yield from ((one.id, one.select, one.window) for one in self.selecting)
        yield from ((one.id, one.select, one.window) for one in self.facts if isinstance(one, Recorded))
        for owner, condition in self.conditions():
            for leaf in leaves(condition):
                if isinstance(leaf, Exists):
                    yield owner, leaf.select, leaf.window

    def facts_in_order(self) -> tuple[Fact, ...]:
        """The facts, each after those that it rests on. Refusal GS-RULES-030 if they go in a circle."""
        done: dict[str, Fact] = {}
        left = list(self.facts)
        while left:
            ready = [one for one in left if not isinstance(one, Derived) or all(f in done for f in one.facts)]
            if not ready:
                raise invalid(30, f"the facts {', '.join(one.id for one in left)} rest on each other")
            done.update((one.id, one) for one in ready)
            left = [one for one in left if one.id not in done]
        return tuple(done.values())
