"""How officials use their discretion: how often each authority departs from what a rulebook proposed.

Counts alone are published, never a case: who was not listed is nobody's business. Small groups are not told apart.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Subquery

from goodstanding.catalogue.procedure import Act
from goodstanding.procedures.deed import Outcome
from goodstanding.procedures.models import Case, Step

FEWEST = 5
"""Kinds with fewer decided cases are counted together, and what is still fewer is not told."""


@dataclass(frozen=True)
class Use:
    """What an authority did with the candidates of a list, by kind of organisation.

    Attributes:
        listed: as proposed. not_listed: departed from in favour of the organisation, `at_review` before a notice,
            `after_notice` by a decision. unproposed: listed although no rulebook proposed it.
    """

    authority: str
    procedure: str
    subjects: str
    listed: int
    at_review: int
    after_notice: int
    unproposed: int

    @property
    def decided(self) -> int:
        """All cases that were decided one way or another."""
        return self.listed + self.at_review + self.after_notice + self.unproposed

    @property
    def departures(self) -> int:
        """Cases decided otherwise than proposed."""
        return self.at_review + self.after_notice + self.unproposed


def uses() -> list[Use]:
    """The use of discretion, by authority, procedure and kind of organisation."""
    newest = Step.objects.filter(case=OuterRef("pk"), act__in=[Act.REVIEW, Act.DECIDE]).order_by("-number")
    cases = (
        Case.objects.filter(kind="listing")
        .filter(Exists(newest))
        .annotate(came=Subquery(newest.values("outcome")[:1]), path=F("procedure__path"))
        .values_list("authority", "path", "subject__kind", "came", "proposed_by")
    )
    counted: dict[tuple[str, str, str], Counter[str]] = {}
    for authority, path, kind, came, proposed in cases:
        name = {
            Outcome.DISMISSED: "at_review",
            Outcome.NOT_LISTED: "after_notice",
            Outcome.LISTED: "listed" if proposed else "unproposed",
        }.get(Outcome(came or ""))
        if name is not None:
            counted.setdefault((authority, path, kind), Counter())[name] += 1
    together = _together(counted)
    return [_use(key, counts) for key, counts in sorted(together.items()) if counts.total() >= FEWEST]


def _together(counted: dict[tuple[str, str, str], Counter[str]]) -> dict[tuple[str, str, str], Counter[str]]:
    """Kinds of organisations with few cases as one group."""
    found: dict[tuple[str, str, str], Counter[str]] = {}
    for (authority, path, kind), counts in counted.items():
        few = counts.total() < FEWEST
        found.setdefault((authority, path, "few" if few else kind), Counter()).update(counts)
    return found


def _use(key: tuple[str, str, str], counts: Counter[str]) -> Use:
    return Use(
        *key,
        listed=counts["listed"],
        at_review=counts["at_review"],
        after_notice=counts["after_notice"],
        unproposed=counts["unproposed"],
    )
