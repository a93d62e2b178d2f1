"""The missing fact behind a result that cannot be told: which delivery would have to cover which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.model import Title
from goodstanding.rules import Assessment, Rulebook, Status
from goodstanding.rules.delivered import Coverage, Gap, gaps


@dataclass(frozen=True)
class Undelivered:
    """Days from `first` (None: from the beginning) to `last`, both included, that no delivery tells of.

    `sources` are the paths and titles of those that send `item`; none if no contract does.
    """

    item: Title
    sources: tuple[tuple[str, Title], ...]
    first: date | None
    last: date

    @property
    def year(self) -> int | None:
        """The year, if the days are a whole one."""
        whole = self.first == date(self.last.year, 1, 1) and self.last == date(self.last.year, 12, 31)
        return self.last.year if whole else None

    def __str__(self) -> str:
        """As commands say it."""
        if not self.sources:
            return f"no source sends “{self.item.en}”"
        days = f"{self.first} to {self.last}" if self.first else f"the days up to {self.last}"
        who = " or ".join(path for path, _ in self.sources)
        return f"no delivery of {who} that covers {self.year or days}"


def undelivered(
    rulebook: Rulebook, catalogue: Catalogue, on: date, coverage: Coverage
) -> tuple[Undelivered, ...]:
    """What a rulebook looks at on a day and was not delivered; each source and span once."""
    items = {one.path: one for one in catalogue.items}
    return _named(gaps(rulebook, items, on, coverage), catalogue)


def missing_for(
    assessment: Assessment, rulebook: Rulebook, catalogue: Catalogue, on: date, coverage: Coverage
) -> tuple[Undelivered, ...]:
    """The same of one result, as far as it cannot be told for that reason and its reader may know."""
    lacking = {one.rule for one in assessment.lines if one.status is Status.ABSENT}.intersection(
        assessment.missing
    )
    if not lacking:
        return ()
    items = {one.path: one for one in catalogue.items}
    found = [one for one in gaps(rulebook, items, on, coverage) if one.entry in lacking]
    return _named(found, catalogue)


def _named(found: tuple[Gap, ...] | list[Gap], catalogue: Catalogue) -> tuple[Undelivered, ...]:
    titles = {one.path: one.title for one in catalogue.items}
    told: dict[tuple[object, ...], Undelivered] = {}
    for gap in found:
        sources = tuple((one.path, one.title) for one in catalogue.contracts if gap.item in one.sends)
        first = None if gap.first == date.min else gap.first
        last = gap.end - timedelta(days=1)
        key = (tuple(path for path, _ in sources) or gap.item, first, last)
        told.setdefault(key, Undelivered(titles[gap.item], sources, first, last))
    return tuple(told.values())
