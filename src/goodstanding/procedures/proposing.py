"""From candidates to cases: a rulebook proposes, and officials take up what it proposed or dismiss it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from goodstanding.catalogue.procedure import Act, CaseKind, Party, Procedure
from goodstanding.core.errors import Refusal
from goodstanding.ledger.models import Content, Ending, Record, Subject
from goodstanding.procedures.acting import Actor
from goodstanding.procedures.deed import Deed
from goodstanding.procedures.models import Case, Step
from goodstanding.procedures.steps import Office, open_case
from goodstanding.rules.lines import Status
from goodstanding.rules.model.rulebook import CANDIDATE
from goodstanding.standing.models import Assessment, AssessmentLine, Run


@dataclass(frozen=True)
class Candidate:
    """An organisation that met a list's criteria in a run, with the records that met them.

    `usable` are those that a listing of ours may rest on: their legal basis is stated, and they have not ended.
    """

    subject: Subject
    records: tuple[int, ...]
    usable: tuple[int, ...]


def candidates(run: Run, on: date) -> Iterator[Candidate]:
    """The candidates of a run without an open case or an entry in force under the same list, by subject."""
    busy = Case.objects.filter(
        subject=OuterRef("subject"), kind=CaseKind.LISTING, proposed_by__rulebook=run.rulebook
    ).exclude(Exists(Step.objects.filter(case=OuterRef("pk"), closes=True)))
    found = (
        Assessment.objects.filter(run=run, grade=CANDIDATE)
        .exclude(Exists(busy))
        .select_related("subject")
        .order_by("subject_id")
    )
    lines: dict[int, list[int]] = {}
    met = AssessmentLine.objects.filter(run=run, status=Status.MET, record__isnull=False)
    for subject, record in met.order_by("record_id").values_list("subject_id", "record_id"):
        lines.setdefault(subject, []).append(record)
    stated = _usable({one for records in lines.values() for one in records}, on)
    for one in found:
        records = tuple(dict.fromkeys(lines.get(one.subject_id, ())))
        yield Candidate(one.subject, records, tuple(record for record in records if record in stated))


def _usable(records: set[int], on: date) -> set[int]:
    ended = Ending.objects.filter(record=OuterRef("record"), counts_until__lte=on)
    contents = Content.objects.filter(record__in=records).exclude(Exists(ended))
    stated = contents.filter(Q(body__contains='"number":')).values_list("record_id", "body")
    return {record for record, body in stated if '"register":true' not in body}


def propose(
    procedure: Procedure, office: Office, on: date, *, limit: int | None = None, place: str = ""
) -> list[Case]:
    """Open a case for each candidate of the newest run of a procedure's rulebook.

    A candidate whose records all lack a stated legal basis is left out: no listing could rest on them.

    Args:
        place: prefix of the division codes whose candidates are taken up; all by default.

    Raises:
        Refusal: GS-CASE-023 if the procedure lists nobody by a rulebook, or the rulebook has not been run.
    """
    path = procedure.listing.rulebook if procedure.listing else ""
    run = Run.objects.filter(rulebook=path).order_by("-id").first() if path else None
    if run is None:
        raise Refusal(
            "GS-CASE-023",
            "There are no candidates to take up.",
            where=procedure.path,
            why=f"{path} has not been run."
            if path
            else "Its criteria are not published, so no rulebook proposes.",
            remedy=f"goodstanding evaluate {path}" if path else "An official opens the case.",
        )
    opened: list[Case] = []
    for one in candidates(run, on):
        if limit is not None and len(opened) >= limit:
            break
        if one.usable and one.subject.division.startswith(place):
            opened.append(_opened(one, run, procedure, office, on))
    return opened


def _opened(one: Candidate, run: Run, procedure: Procedure, office: Office, on: date) -> Case:
    return open_case(
        procedure,
        one.subject,
        office,
        first=Deed(Act.PROPOSE, on, Party.MACHINE),
        by=Actor(Party.MACHINE),
        grounds=list(Record.objects.filter(pk__in=one.usable)),
        proposed_by={
            "rulebook": run.rulebook,
            "digest": run.rulebook_digest,
            "run": str(run.public_id),
            "position": run.position,
            "on": run.on.isoformat(),
        },
    )
