"""Conditions as nullable booleans: NULL is "cannot tell"."""

from __future__ import annotations

from datetime import date

from ...model import (
    All,
    Any,
    AtLeastOf,
    Condition,
    Exists,
    FactIn,
    FactIs,
    Not,
    PointsIn,
    RegisteredFor,
    Span,
    Window,
    leaves,
)
from .facts import Facts
from .intervals import within
from .matching import day, quoted


class Asking(Facts):
    """Answers the conditions of a rulebook, once its facts are columns."""

    def ask(self, condition: Condition) -> str:
        """A condition as a nullable boolean."""
        match condition:
            case All():
                return "(" + " AND ".join(self.ask(one) for one in condition.of) + ")"
            case Any():
                return "(" + " OR ".join(self.ask(one) for one in condition.of) + ")"
            case AtLeastOf():
                asked = [self.ask(one) for one in condition.of]
                surely = " + ".join(f"(CASE WHEN {one} THEN 1 ELSE 0 END)" for one in asked)
                perhaps = " + ".join(f"(CASE WHEN {one} IS NOT FALSE THEN 1 ELSE 0 END)" for one in asked)
                number = condition.number
                return f"(CASE WHEN {surely} >= {number} THEN TRUE WHEN {perhaps} < {number} THEN FALSE END)"
            case Not():
                return f"(NOT {self.ask(condition.of)})"
            case FactIn():
                name = self.names[condition.fact]
                return within(f"{name}_low", f"{name}_high", condition.range)
            case FactIs():
                values = ", ".join(quoted(one) for one in condition.values)
                return f"({self.names[condition.fact]}_low IN ({values}))"
            case PointsIn():
                return within("points_low", "points_high", condition.range)
            case Exists():
                return self._exists(condition)
            case RegisteredFor():
                return self._registered(condition)

    def _exists(self, condition: Exists) -> str:
        probe = next(one for one in self.probes.with_role("exists") if one.leaf == condition)
        name = f"p{probe.number}"
        unknown = f"coalesce({name}_all, 0) = 0 AND NOT {self.absent(probe)}"
        return f"(CASE WHEN coalesce({name}_sure, 0) > 0 THEN TRUE WHEN {unknown} THEN FALSE END)"

    def _registered(self, condition: RegisteredFor) -> str:
        tests = []
        for months, older in ((condition.months.low, True), (condition.months.high, False)):
            if months is not None:
                earliest: date = Window(Span.MONTHS, months).bounds(self.probes.on)[0]
                tests.append(f"registered_on {'<' if older else '>='} {day(earliest)}")
        return "(" + " AND ".join(tests) + ")"

    def note(self, owner: str, condition: Condition, reached: str = "TRUE") -> None:
        """Name the owner as missing where a record or date that its condition needs is not known."""
        for leaf in leaves(condition):
            if isinstance(leaf, Exists | RegisteredFor):
                self.unsure.append((owner, f"{self.ask(leaf)} IS NULL AND {reached}"))

    def steps(self, prefix: str, owner: str, steps: list[Condition | None]) -> list[str]:
        """For an ordered table: whether each step is possible, as expressions over a new layer."""
        asked = []
        for number, when in enumerate(steps):
            if when is not None:
                asked.append(f"{self.ask(when)} AS {prefix}{number}")
                earlier = [f"{prefix}{one} IS NOT TRUE" for one in range(number)]
                self.note(owner, when, " AND ".join(earlier) or "TRUE")
        if asked:
            self.layers.append(", ".join(asked))
        possible = []
        for number, when in enumerate(steps):
            earlier = [f"{prefix}{one} IS NOT TRUE" for one in range(number)]
            mine = [] if when is None else [f"{prefix}{number} IS NOT FALSE"]
            possible.append(" AND ".join(earlier + mine) or "TRUE")
        return possible
