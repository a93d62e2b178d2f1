"""Many invented ledgers in one: what a job of Spark costs is paid once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from goodstanding.rules.engines.reference import Everyone
from goodstanding.rules.extract import Extract
from goodstanding.rules.records import Record, Subject
from goodstanding.rules.ties import Tie
from tests.unit.rules.invented import ledgers
from tests.unit.rules.invented_groups import tie_lists
from tests.unit.rules.parts import write

Drawn = TypeVar("Drawn")
STEP = 100  # the case of a subject or record is its id without the last two digits


def drawn(strategy: st.SearchStrategy[Drawn], many: int) -> list[Drawn]:
    """So many examples of a strategy, the same at each run."""
    found: list[Drawn] = []

    @settings(max_examples=many, phases=[Phase.generate], suppress_health_check=[*HealthCheck], database=None)
    @given(strategy)
    def keep(one: Drawn) -> None:
        found.append(one)

    keep()
    return found


@dataclass(frozen=True)
class Cases:
    """Several ledgers side by side, none of which knows of the others."""

    everyone: Everyone
    extract: Extract

    @staticmethod
    def of(folder: Path, many: int, *, items: Sequence[str] = ()) -> Cases:
        """So many ledgers with their ties; with `items`, the extract numbers its items."""
        subjects: list[Subject] = []
        records: list[tuple[int, Record]] = []
        ties: list[Tie] = []
        merges: list[tuple[int, int]] = []
        for case, (ledger, tied) in enumerate(drawn(st.tuples(ledgers(), tie_lists()), many), 1):
            up = case * STEP
            subjects += [replace(one, subject_id=up + one.subject_id) for one in ledger[0]]
            records += [(up + who, replace(one, record_id=up + one.record_id)) for who, one in ledger[1]]
            merges += [(up + one, up + other) for one, other in ledger[2]]
            ties += [replace(one, subject_id=up + one.subject_id, other_id=up + one.other_id) for one in tied]
        numbers = {path: place for place, path in enumerate(items, 7)} if items else None
        extract = write(folder, subjects, records, merges=tuple(merges), numbers=numbers, ties=tuple(ties))
        return Cases(Everyone(subjects, records, ties, extract.resolved()), extract)
