"""Every row of a delivery accounted for: the sums that are kept with it, the file of its problems, the report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.model import Contract
from goodstanding.core.home import Home
from goodstanding.intake import CheckedBatch, write_problem_file
from goodstanding.ledger.models import Delivery, Event, Source
from goodstanding.ledger.report import DeliveryReport


@dataclass
class Sums:
    """What became of the rows that passed the contract, counted while they are admitted."""

    loaded: int = 0
    corrections: int = 0
    subject_only: int = 0
    already: int = 0
    kept_out: int = 0
    reported: int = 0
    vanished: int = 0
    new_subjects: int = 0


def keep_delivery(
    batch: CheckedBatch, contract: Contract, catalogue: Catalogue, sums: Sums, event: Event, source: Source
) -> None:
    """Write the delivery with its sums into the ledger, within its event."""
    counts = batch.counts
    with transaction.atomic():
        Delivery.objects.create(
            source=source,
            event=event,
            file_digest=batch.file_digest,
            contract_digest=contract.digest,
            catalogue_digest=catalogue.digest,
            rows=counts.rows_read,
            loaded=sums.loaded,
            corrections=sums.corrections,
            subject_only=sums.subject_only,
            already=sums.already + counts.repeated,
            kept_out=sums.kept_out,
            refused=counts.refused,
            reported=counts.reported + sums.reported,
            vanished=sums.vanished,
            rules={**dict(batch.refused_by_clause), **_problems_by_rule(batch)},
        )


def keep_problems(batch: CheckedBatch, contract: Contract, home: Home) -> Path | None:
    """Keep the problem file, named by the delivery; none if there is nothing to correct."""
    row = batch.con.execute(f"SELECT count(*) FROM {batch.problems} WHERE outcome <> 'note'").fetchone()
    if not row or not row[0]:
        return None
    stem = contract.path.replace("/", "--")
    path = home.problems / f"{stem}--{batch.file_digest[:16]}.csv"
    fresh = path.with_suffix(".new")
    write_problem_file(batch, fresh)
    fresh.replace(path)
    return path


def report_of(
    batch: CheckedBatch,
    contract: Contract,
    sums: Sums,
    position: int,
    changed: bool,
    problem_file: Path | None,
) -> DeliveryReport:
    """The sums, for the sender."""
    counts = batch.counts
    return DeliveryReport(
        source=contract.path,
        file_digest=batch.file_digest,
        rows=counts.rows_read,
        loaded=sums.loaded,
        corrections=sums.corrections,
        subject_only=sums.subject_only,
        already=sums.already + counts.repeated,
        kept_out=sums.kept_out,
        refused=counts.refused,
        reported=counts.reported + sums.reported,
        vanished=sums.vanished,
        new_subjects=sums.new_subjects,
        position=position,
        changed=changed,
        refused_by_clause=dict(batch.refused_by_clause),
        problems_by_rule=_problems_by_rule(batch),
        notes=tuple(f"{one.column}: {one.text}" if one.column else one.text for one in batch.notes),
        problem_file=str(problem_file) if problem_file else "",
    )


def _problems_by_rule(batch: CheckedBatch) -> dict[str, int]:
    rows = batch.con.execute(
        f"SELECT rule, count(*) FROM {batch.problems} WHERE outcome = 'reported' GROUP BY rule ORDER BY rule"
    ).fetchall()
    return {str(rule): int(number) for rule, number in rows}
