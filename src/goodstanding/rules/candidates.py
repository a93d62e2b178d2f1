"""Who meets the criteria of a list: which ones, and by which records.

A run's lines say which records an entry looked at, and not of each criterion whether it is met. So each criterion
is run once more alone, without the exceptions, over the candidates of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from goodstanding.core.reader import Access

from .engines.duckdb import in_order
from .engines.duckdb.matching import quoted
from .engines.duckdb.pointing import MET
from .extract import Extract
from .model import CANDIDATE, Derived, FactIn, FactIs, Override, Rulebook, leaves
from .records import Catalogue
from .shelf import Asked


@dataclass(frozen=True)
class KeptBack:
    """What a reader may not read: results beyond an access class, subjects not to be known of, closed results."""

    widest: Access = Access.RESTRICTED
    hidden: Collection[int] = field(default_factory=frozenset)
    closed: Collection[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Candidates:
    """Each candidate with the criteria that it meets and the records behind each; and how many others there are."""

    met: Mapping[int, Mapping[str, tuple[int, ...]]]
    none: int
    unknown: int
    closed: int


def candidates_of(
    order: Sequence[Asked],
    catalogue: Catalogue,
    extract_of: Callable[[Rulebook], Extract],
    kept_back: KeptBack,
) -> Candidates:
    """Run a list's rulebook over everyone, and each of its criteria over its candidates.

    Args:
        order: the list's rulebook after those it rests on, `Shelf.order`.
        catalogue: items by full path.
        extract_of: the parts for a rulebook.

    Raises:
        Refusal: as `engines.duckdb.assess_all`.
    """
    *before, asked = order
    with TemporaryDirectory(prefix="goodstanding-candidates-") as folder:
        with in_order(order, catalogue, extract_of, write_to=Path(folder)) as whole:
            assert whole.run.written is not None
            source = quoted(str(whole.run.written[0]))
            rows = whole.run.db.execute(f"SELECT subject_id, grade, access FROM {source}").fetchall()
        known = [row for row in rows if row[0] not in kept_back.hidden]
        told = [
            (subject, grade)
            for subject, grade, access in known
            if access <= kept_back.widest and subject not in kept_back.closed
        ]
        met: dict[int, dict[str, tuple[int, ...]]] = {
            subject: {} for subject, grade in sorted(told, key=lambda row: int(row[0])) if grade == CANDIDATE
        }
        for one in asked.rulebook.overrides if met else ():
            if one.grade == CANDIDATE:
                alone = Asked(replace(asked.rulebook, overrides=(one,)), asked.on)
                _meeting((*before, alone), one, catalogue, extract_of, Path(folder) / one.id, met)
    return Candidates(
        met,
        none=sum(grade is not None and grade != CANDIDATE for _, grade in told),
        unknown=sum(grade is None for _, grade in told),
        closed=len(known) - len(told),
    )


def _meeting(
    order: Sequence[Asked],
    criterion: Override,
    catalogue: Catalogue,
    extract_of: Callable[[Rulebook], Extract],
    folder: Path,
    met: dict[int, dict[str, tuple[int, ...]]],
) -> None:
    """Note which candidates surely meet a criterion, and by which records."""
    book = order[-1].rulebook
    named = {criterion.id, *_facts(book, criterion)}
    entries = ", ".join(str(one.ordinal) for one in book.entries() if one.id in named)
    with in_order(order, catalogue, extract_of, write_to=folder) as alone:
        assert alone.run.written is not None
        assessments, lines = (quoted(str(one)) for one in alone.run.written)
        db = alone.run.db
        db.register("wanted", pa.table({"subject_id": pa.array(list(met), pa.int64())}))
        rows = db.execute(
            f"SELECT a.subject_id, l.record_id FROM {assessments} AS a SEMI JOIN wanted USING (subject_id) "
            f"LEFT JOIN (SELECT DISTINCT subject_id, record_id FROM {lines} WHERE rule IN ({entries}) "
            f"AND status = {MET} AND record_id IS NOT NULL) AS l USING (subject_id) "
            f"WHERE a.grade = '{CANDIDATE}' ORDER BY ALL"
        ).fetchall()
    for subject, record in rows:
        before = met[subject].get(criterion.id, ())
        met[subject][criterion.id] = before if record is None else (*before, record)


def _facts(book: Rulebook, criterion: Override) -> set[str]:
    """The facts that a criterion asks, with those that they rest on."""
    facts = {one.id: one for one in book.facts}
    left = [leaf.fact for leaf in leaves(criterion.when) if isinstance(leaf, FactIn | FactIs)]
    found: set[str] = set()
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            fact = facts[name]
            left += fact.facts if isinstance(fact, Derived) else ()
    return found
