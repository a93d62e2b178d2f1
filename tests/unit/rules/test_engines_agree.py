"""Three engines, one meaning: what the reference says of a ledger, the SQL says too, line by line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from goodstanding.core.errors import Refusal
from goodstanding.rules.around import Around
from goodstanding.rules.delivered import Coverage
from goodstanding.rules.engines import duckdb as duckdb_engine
from goodstanding.rules.engines import reference
from goodstanding.rules.engines.duckdb import buckets
from goodstanding.rules.engines.duckdb.emit import emit
from goodstanding.rules.engines.duckdb.matching import matches
from goodstanding.rules.engines.duckdb.outcome import Outcome
from goodstanding.rules.engines.duckdb.probes import build
from goodstanding.rules.extract import Extract
from goodstanding.rules.lines import Assessment
from goodstanding.rules.model import Rulebook
from goodstanding.rules.records import Record, Subject
from tests.unit.rules.depth import TIMES
from tests.unit.rules.invented import CATALOGUE, DAYS, ITEMS, coverages, ledgers, lists, rulebooks
from tests.unit.rules.parts import write

any_kind = st.one_of(rulebooks(), rulebooks(), rulebooks(), lists())
Ledger = tuple[list[Subject], list[tuple[int, Record]], tuple[tuple[int, int], ...]]


def by_reference(
    rulebook: Rulebook, ledger: Ledger, on: date, coverage: Coverage | None = None
) -> list[Assessment]:
    """Everyone's assessment, one after the other."""
    subjects, records, merges = ledger
    into = Extract((), merges=merges).resolved()
    found = []
    for subject in subjects:
        if subject.subject_id in into or subject.kind not in rulebook.subject_kinds:
            continue
        own = [one for owner, one in records if into.get(owner, owner) == subject.subject_id]
        found.append(reference.assess(rulebook, CATALOGUE, subject, own, on, Around(coverage=coverage)))
    return found


@settings(
    max_examples=100 * TIMES,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking a ledger takes minutes and says little
)
@given(any_kind, ledgers(), st.sampled_from(DAYS), st.booleans(), coverages())
def test_the_sql_engine_gives_what_the_reference_gives(
    rulebook: Rulebook, ledger: Ledger, on: date, numbered: bool, coverage: Coverage | None
) -> None:
    subjects, records, merges = ledger
    numbers = {path: place for place, path in enumerate(ITEMS, 7)} if numbered else None
    with TemporaryDirectory() as folder:
        extract = write(Path(folder), subjects, records, merges=merges, numbers=numbers, coverage=coverage)
        with duckdb_engine.assess_all(rulebook, CATALOGUE, extract, on, threads=1) as run:
            found = duckdb_engine.assessments_of(run)
    assert found == by_reference(rulebook, ledger, on, coverage)


@settings(
    max_examples=25 * TIMES,
    suppress_health_check=[*HealthCheck],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(any_kind, ledgers(), st.sampled_from(DAYS), st.integers(1, 6), coverages())
def test_a_subject_explained_alone_gives_what_the_run_over_everyone_gave(
    rulebook: Rulebook, ledger: Ledger, on: date, subject: int, coverage: Coverage | None
) -> None:
    subjects, records, merges = ledger
    into = Extract((), merges=merges).resolved().get(subject, subject)
    everyone = {one.subject_id: one for one in by_reference(rulebook, ledger, on, coverage)}
    with TemporaryDirectory() as folder:
        extract = write(Path(folder), subjects, records, merges=merges, coverage=coverage)
        if into not in everyone:
            with pytest.raises(Refusal, match="GS-RULES-032"):
                duckdb_engine.explain_one(rulebook, CATALOGUE, extract, subject, on)
        else:
            found = duckdb_engine.explain_one(rulebook, CATALOGUE, extract, subject, on)
            assert found == everyone[into]


@settings(
    max_examples=20 * TIMES,
    suppress_health_check=[*HealthCheck],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(any_kind, ledgers(), st.sampled_from(DAYS), coverages())
def test_a_run_in_buckets_gives_what_a_run_in_one_go_gives(
    rulebook: Rulebook, ledger: Ledger, on: date, coverage: Coverage | None
) -> None:
    subjects, records, merges = ledger
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        extract = write(Path(folder), subjects, records, merges=merges, coverage=coverage)
        patch.setattr(buckets, "at_once", lambda _: 5)
        with duckdb_engine.assess_all(rulebook, CATALOGUE, extract, on, threads=1) as run:
            found = duckdb_engine.assessments_of(run)
    assert found == by_reference(rulebook, ledger, on, coverage)


@settings(
    max_examples=25 * TIMES, phases=(Phase.explicit, Phase.generate), suppress_health_check=[*HealthCheck]
)
@given(any_kind, st.sampled_from(DAYS), coverages())
def test_every_query_of_the_plan_can_be_said_for_spark(
    rulebook: Rulebook, on: date, coverage: Coverage | None
) -> None:
    """What sqlglot cannot parse it could not translate; the queries of the plan it can."""
    probes = build(rulebook, CATALOGUE, on, coverage)
    outcome = Outcome(probes)
    queries = [
        matches(probes, "records"),
        outcome.counts("matches"),
        outcome.distinct_codes("matches"),
        outcome.query("SELECT * FROM subjects"),
        *outcome.own_lines("results"),
    ]
    for query in filter(None, queries):
        said = emit(query, "spark")
        assert not any(one in said for one in ("::", "INT128", "HUGEINT", "//"))
        assert emit(query) == query
