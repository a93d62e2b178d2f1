"""The suites: one of each shipped rulebook from its examples, and some of generated rulebooks and ledgers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from goodstanding.catalogue.loading import builtin_names, load_packs
from goodstanding.rules import Assessment, Catalogue, Record, Rulebook, Subject, load_rulebook
from goodstanding.rules.engines.reference import Everyone, assess, assess_everyone
from goodstanding.rules.model import Example
from goodstanding.rules.running import case_of, record_of
from goodstanding.rules.shelf import Shelf
from goodstanding.rules.ties import Tie
from goodstanding.rules.versions import composed
from tests.conformance.cases import Case, Suite, written
from tests.unit.rules.invented import CATALOGUE, DAYS, ledgers, lists, rulebooks
from tests.unit.rules.invented_groups import SECOND, shelves, tie_lists

FOLDER = Path(__file__).resolve().parents[2] / "conformance" / "v1"
DRAWN = 15
"""How many rulebooks of each kind are drawn."""
SHOWN = 3
"""How many subjects of a drawn ledger become cases."""


def from_example(book: Rulebook, example: Example, title: str, catalogue: Catalogue) -> Case:
    """An example as a case: members of its group become subjects that are tied to it."""
    given_case = case_of(book, example, catalogue)
    numbers = count(len(given_case.records) + 1)
    records = [(1, one) for one in given_case.records]
    subjects, ties = [given_case.subject], []
    for number, member in enumerate(example.members, 2):
        subjects.append(Subject(number, given_case.subject.kind))
        ties.append(Tie(number, 1, member.tie))
        records += [(number, record_of(one, next(numbers), catalogue)) for one in member.records]
    around = given_case.around
    expected = assess(
        given_case.rulebook, catalogue, given_case.subject, given_case.records, example.on, around
    )
    return Case(
        title=title,
        on=example.on,
        subjects=tuple(subjects),
        records=tuple(records),
        ties=tuple(ties),
        results=around.results,
        cut_offs=around.cut_offs,
        expected=expected,
    )


def shipped() -> Iterator[tuple[str, Suite]]:
    """Each rulebook of the packs, by the name of its file."""
    catalogue = load_packs(builtin_names())
    items = {one.path: one for one in catalogue.items}
    for pack in catalogue.packs:
        for file in pack.rulebooks:
            book = load_rulebook(file)
            if not book.examples:
                continue
            bare = replace(book, examples=())
            cases = tuple(
                from_example(book, one, f"example {number}", items)
                for number, one in enumerate(book.examples, 1)
            )
            name = f"{book.path.replace('/', '.')}@{book.in_force_from.isoformat()}.json"
            yield name, Suite(bare, items, cases)


def generated() -> Iterator[tuple[str, Suite]]:
    """Drawn rulebooks and ledgers: alone, as lists, and resting on another with groups and quotas."""
    drawn: list[Suite] = []
    quiet = settings(
        max_examples=DRAWN,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )

    @quiet
    @given(rulebooks(), ledgers(), st.sampled_from(DAYS))
    def alone(
        book: Rulebook, ledger: tuple[list[Subject], list[tuple[int, Record]], object], on: date
    ) -> None:
        drawn.append(_suite(Shelf((book,)), book.path, ledger[0], ledger[1], (), on))

    @quiet
    @given(lists(), ledgers(), st.sampled_from(DAYS))
    def listed(
        book: Rulebook, ledger: tuple[list[Subject], list[tuple[int, Record]], object], on: date
    ) -> None:
        drawn.append(_suite(Shelf((book,)), book.path, ledger[0], ledger[1], (), on))

    @quiet
    @given(shelves(), ledgers(), tie_lists(), st.sampled_from(DAYS))
    def resting(
        shelf: Shelf,
        ledger: tuple[list[Subject], list[tuple[int, Record]], object],
        ties: tuple[Tie, ...],
        on: date,
    ) -> None:
        drawn.append(_suite(shelf, SECOND, ledger[0], ledger[1], ties, on))

    for kind, draw in (("alone", alone), ("list", listed), ("resting", resting)):
        drawn.clear()
        draw()
        for number, suite in enumerate(drawn, 1):
            if suite.cases:
                yield f"generated-{kind}-{number:02d}.json", suite


def _suite(
    shelf: Shelf,
    path: str,
    subjects: list[Subject],
    records: list[tuple[int, Record]],
    ties: tuple[Tie, ...],
    on: date,
) -> Suite:
    """The rulebook as composed for the day, and the first subjects of the ledger that it assesses."""
    everyone = Everyone(subjects, records, ties)
    results: dict[tuple[str, date], tuple[Assessment, ...]] = {}
    order = shelf.order(shelf.on(path, on), on)
    for asked in order[:-1]:
        results[asked.key] = assess_everyone(
            asked.rulebook, CATALOGUE, everyone, asked.on, results
        ).assessments
    found = assess_everyone(order[-1].rulebook, CATALOGUE, everyone, on, results)
    cases = []
    for one in found.assessments[:SHOWN]:
        theirs = {
            key: result
            for key, assessments in results.items()
            for result in assessments
            if result.subject_id == one.subject_id
        }
        cases.append(
            Case(
                title=f"subject {one.subject_id}",
                on=on,
                subject=one.subject_id,
                subjects=tuple(subjects),
                records=tuple(records),
                ties=ties,
                results=theirs,
                cut_offs=found.cut_offs,
                expected=one,
            )
        )
    return Suite(order[-1].rulebook, CATALOGUE, tuple(cases))


def composed_for(suite: Suite, case: Case) -> Rulebook:
    """The suite's rulebook as its own amendments leave it on the day of the case."""
    return composed((suite.rulebook,), suite.rulebook, case.on)


def write_all() -> None:
    """Write every suite; files of rulebooks that are no more go."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for name, suite in (*shipped(), *generated()):
        (FOLDER / name).write_text(written(suite), encoding="utf-8")
