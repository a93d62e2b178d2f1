"""Conditions: yes, no, or cannot tell."""

from __future__ import annotations

from datetime import date

from goodstanding.core.dates import add_months
from goodstanding.core.reader import Access

from ...model import (
    All,
    Any,
    AtLeastOf,
    Condition,
    Exists,
    FactIn,
    FactIs,
    Interval,
    Not,
    PointsIn,
    RegisteredFor,
    leaves,
)
from .answers import at_least, both, either
from .facts import Facts


class Asking(Facts):
    """Answers the conditions of a rulebook, once its facts are found."""

    def ask(self, condition: Condition, owner: str) -> bool | None:
        """The answer to a condition; its owner is named as missing where a record or date is not known."""
        match condition:
            case All():
                return both([self.ask(one, owner) for one in condition.of])
            case Any():
                return either([self.ask(one, owner) for one in condition.of])
            case AtLeastOf():
                return at_least(condition.number, [self.ask(one, owner) for one in condition.of])
            case Not():
                inner = self.ask(condition.of, owner)
                return None if inner is None else not inner
            case FactIn():
                return self.number(condition.fact).within(condition.range)
            case FactIs():
                code = self.values[condition.fact]
                return code in condition.values if isinstance(code, str) else None
            case PointsIn():
                assert self.total is not None
                return self.total.within(condition.range)
            case Exists():
                answer = self.exists(condition)
            case RegisteredFor():
                answer = self.registered(condition)
        if answer is None:
            self.missing.add(owner)
        return answer

    def exists(self, condition: Exists) -> bool | None:
        """Whether there is a selected record."""
        found = self.matches(condition.select, condition.window)
        if any(one.sure for one in found):
            return True
        return None if found or self.absent(condition.select, condition.window) else False

    def registered(self, condition: RegisteredFor) -> bool | None:
        """Whether the months since registration lie in the range."""
        since = self.subject.registered_on
        if since is None:
            return None
        low, high = condition.months.low, condition.months.high
        return (low is None or _passed(since, low, self.on)) and (
            high is None or not _passed(since, high, self.on)
        )

    def condition_lines(self) -> None:
        """A line for each record that a condition looks at."""
        for owner, condition in self.rulebook.conditions():
            for leaf in leaves(condition):
                if isinstance(leaf, Exists):
                    for match in self.matches(leaf.select, leaf.window):
                        self.line(owner, match, match.sure, Interval.exactly(0))
                    if self.absent(leaf.select, leaf.window):
                        self.line(owner, None, False, Interval.exactly(0))

    def condition_access(self, condition: Condition) -> Access:
        """The access class of the most closed record that a condition looks at, itself or by its facts."""
        closest = Access.PUBLIC
        facts = set()
        for leaf in leaves(condition):
            if isinstance(leaf, Exists):
                found = self.matches(leaf.select, leaf.window)
                closest = max([closest, *(one.access for one in found)])
            elif isinstance(leaf, FactIn | FactIs):
                facts.add(leaf.fact)
        return max(closest, self.access(facts))


def _passed(since: date, months: int, on: date) -> bool:
    """Whether so many months have passed; a registration at the end of the calendar never gets there."""
    try:
        return add_months(since, months) <= on
    except OverflowError:
        return False
