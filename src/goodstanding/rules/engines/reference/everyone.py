"""Everyone, one after the other: what quotas, groups and results of other rulebooks need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ...around import Around
from ...delivered import Coverage
from ...force import check_day
from ...lines import Assessment
from ...merging import resolved
from ...model import Recorded, Rulebook
from ...ranking import CutOff, cut_off
from ...records import Catalogue, Record, Subject
from ...ties import Tie, below, group_of
from .assessing import Case


@dataclass(frozen=True)
class Everyone:
    """A ledger in memory. `records` are (subject, record); `merged` says into whom a subject is merged,
    chains are followed; `coverage` as in `Around`."""

    subjects: Sequence[Subject]
    records: Sequence[tuple[int, Record]]
    ties: Sequence[Tie] = ()
    merged: Mapping[int, int] = field(default_factory=dict)
    coverage: Coverage | None = None

    def __post_init__(self) -> None:
        """Follow chains as the other engines do. Refusal GS-RULES-028 for a circle."""
        object.__setattr__(self, "merged", resolved(self.merged.items()))

    def own(self) -> dict[int, list[Record]]:
        """The records of each subject, merges resolved."""
        found: dict[int, list[Record]] = {}
        for owner, record in self.records:
            found.setdefault(self.merged.get(owner, owner), []).append(record)
        return found


@dataclass(frozen=True)
class Found:
    """Everyone's assessment, and the cut-offs of the rulebook's quotas."""

    assessments: tuple[Assessment, ...]
    cut_offs: Mapping[str, CutOff]


def groups_of(rulebook: Rulebook) -> set[tuple[str, ...]]:
    """The kinds of tie of each group that a rulebook looks at."""
    return {one.group for one in rulebook.facts if isinstance(one, Recorded) and one.group}


def members_of(
    subject: int,
    rulebook: Rulebook,
    own: Mapping[int, Sequence[Record]],
    ties: Iterable[Tie],
    on: date,
    merged: Mapping[int, int],
) -> dict[tuple[str, ...], dict[int, Sequence[Record]]]:
    """The records of each member of each group of a subject that a rulebook looks at."""
    standing = list(ties)
    return {
        kinds: {
            one: own.get(one, ()) for one in sorted(group_of(subject, below(standing, kinds, on, merged)))
        }
        for kinds in groups_of(rulebook)
    }


def assess_everyone(
    rulebook: Rulebook,
    catalogue: Catalogue,
    everyone: Everyone,
    on: date,
    results: Mapping[tuple[str, date], Sequence[Assessment]] | None = None,
) -> Found:
    """Assess every subject of a fitting kind that is merged into no other.

    Args:
        rulebook: composed for the day.
        results: everyone's assessments by the rulebooks that this one rests on, by path and day.

    Raises:
        Refusal: GS-RULES-021, 022 (catalogue), 026 (day).
    """
    check_day(rulebook, on)
    own = everyone.own()
    told = {key: {one.subject_id: one for one in assessments} for key, assessments in (results or {}).items()}
    cast: list[tuple[Subject, Around]] = []
    for subject in everyone.subjects:
        number = subject.subject_id
        if number in everyone.merged or subject.kind not in rulebook.subject_kinds:
            continue
        around = Around(
            results={key: by_subject[number] for key, by_subject in told.items() if number in by_subject},
            groups=members_of(number, rulebook, own, everyone.ties, on, everyone.merged),
        )
        cast.append((subject, around))

    def cases(cut_offs: Mapping[str, CutOff]) -> list[Case]:
        return [
            Case(
                rulebook,
                catalogue,
                subject,
                own.get(subject.subject_id, ()),
                on,
                Around(around.results, around.groups, cut_offs, everyone.coverage),
            )
            for subject, around in cast
        ]

    cut_offs: dict[str, CutOff] = {}
    for place, quota in enumerate(rulebook.quotas):
        surely, perhaps = [], []
        for case in cases(cut_offs):
            before = case.before(place)
            if not quota.among_grade or before == {quota.grade}:
                surely.append(case.ranked_by(quota))
            elif quota.grade in before:
                perhaps.append(case.ranked_by(quota))
        cut_offs[quota.id] = cut_off(quota, surely, perhaps)
    return Found(tuple(one.assess() for one in cases(cut_offs)), cut_offs)
