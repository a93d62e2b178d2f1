"""Three engines, one meaning: what the reference says of a ledger, the SQL says too, line by line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from goodstanding.rules.engines import duckdb as duckdb_engine
from goodstanding.rules.engines import reference
from goodstanding.rules.extract import Extract
from goodstanding.rules.lines import Assessment
from goodstanding.rules.model import Rulebook
from goodstanding.rules.records import Record, Subject
from tests.unit.rules.invented import CATALOGUE, DAYS, ITEMS, ledgers, rulebooks
from tests.unit.rules.parts import write

Ledger = tuple[list[Subject], list[tuple[int, Record]], tuple[tuple[int, int], ...]]


def by_reference(rulebook: Rulebook, ledger: Ledger, on: date) -> list[Assessment]:
    """Everyone's assessment, one after the other."""
    subjects, records, merges = ledger
    into = Extract((), merges=merges).resolved()
    found = []
    for subject in subjects:
        if subject.subject_id in into or subject.kind not in rulebook.subject_kinds:
            continue
        own = [one for owner, one in records if into.get(owner, owner) == subject.subject_id]
        found.append(reference.assess(rulebook, CATALOGUE, subject, own, on))
    return found


@settings(
    max_examples=250,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking a ledger takes minutes and says little
)
@given(rulebooks(), ledgers(), st.sampled_from(DAYS), st.booleans())
def test_the_sql_engine_gives_what_the_reference_gives(
    rulebook: Rulebook, ledger: Ledger, on: date, numbered: bool
) -> None:
    subjects, records, merges = ledger
    numbers = {path: place for place, path in enumerate(ITEMS, 7)} if numbered else None
    with TemporaryDirectory() as folder:
        extract = write(Path(folder), subjects, records, merges=merges, numbers=numbers)
        with duckdb_engine.assess_all(rulebook, CATALOGUE, extract, on, threads=1) as run:
            found = duckdb_engine.assessments_of(run)
    assert found == by_reference(rulebook, ledger, on)
