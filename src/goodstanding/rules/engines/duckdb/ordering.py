"""Rulebooks that rest on each other's results, run one after the other inside one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from ...extract import Extract
from ...lines import Assessment
from ...model import Rulebook
from ...ranking import CutOffs
from ...records import Catalogue
from ...shelf import Asked
from .running import Run, assess_all, assessments_of, explain_one

Key = tuple[str, date]


@dataclass(frozen=True)
class Ordered:
    """The run of the last rulebook, and the cut-offs of every rulebook's quotas by path and day."""

    run: Run
    cut_offs: Mapping[Key, CutOffs]


@contextmanager
def in_order(
    order: Sequence[Asked],
    catalogue: Catalogue,
    extract_of: Callable[[Rulebook], Extract],
    *,
    write_to: Path | None = None,
    assess: Callable[..., Run] = assess_all,
    **bounds: Any,
) -> Iterator[Ordered]:
    """Run rulebooks over everyone, each with the results of those before it.

    Args:
        order: as `Shelf.order` gives it; the last is the one that was asked for.
        catalogue: items by full path.
        extract_of: the ledger's parts for a rulebook; packs deal with subjects of their own.
        write_to: as of `assess_all`, for the last; what the others give and memory has no room for
            is kept beside it until the end.
        assess: the engine, with `bounds` of its own: threads and memory_limit, or a session of Spark.

    Raises:
        Refusal: as `assess_all`.
    """
    results: dict[Key, Path | pa.Table | Sequence[Assessment]] = {}
    cut_offs: dict[Key, CutOffs] = {}
    if write_to is not None:
        write_to.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="goodstanding-order-", dir=write_to) as scratch:
        for number, asked in enumerate(order):
            last = number + 1 == len(order)
            with assess(
                asked.rulebook,
                catalogue,
                extract_of(asked.rulebook),
                asked.on,
                write_to=write_to if last else Path(scratch) / str(number),
                results=results,
                lines=last,
                **bounds,
            ) as run:
                cut_offs[asked.key] = run.cut_offs
                if last:
                    yield Ordered(run, cut_offs)
                elif run.held is not None:
                    results[asked.key] = run.held
                elif run.written is not None:
                    results[asked.key] = run.written[0]


def explain_in_order(
    order: Sequence[Asked],
    catalogue: Catalogue,
    extract_of: Callable[[Rulebook], Extract],
    subject_id: int,
    cut_offs: Mapping[Key, CutOffs],
) -> Assessment:
    """Assess one subject as `in_order` assesses everyone, with the cut-offs of that run.

    Raises:
        Refusal: as `explain_one`.
    """
    results: dict[Key, Path | pa.Table | Sequence[Assessment]] = {}
    *before, asked = order
    for one in before:
        extract = extract_of(one.rulebook)
        target = extract.resolved().get(subject_id, subject_id)
        with assess_all(
            one.rulebook,
            catalogue,
            extract,
            one.on,
            threads=1,
            subject=target,
            results=results,
            cut_offs=cut_offs.get(one.key, {}),
        ) as run:
            results[one.key] = assessments_of(run)
    return explain_one(
        asked.rulebook,
        catalogue,
        extract_of(asked.rulebook),
        subject_id,
        asked.on,
        results=results,
        cut_offs=cut_offs.get(asked.key, {}),
    )
