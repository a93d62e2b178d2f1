"""What an organisation can ask for about a record: objection, repair, removal; by the procedure of its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goodstanding.catalogue.procedure import Act, CaseKind, Party, Procedure
from goodstanding.core.reader import Access, Reader
from goodstanding.ledger.models import Record, Subject
from goodstanding.ledger.publicity import Publicity
from goodstanding.ledger.queries import File, subject_file
from goodstanding.ledger.writing import current_position
from goodstanding.office.workplace import workplace
from goodstanding.portal import shelf
from goodstanding.procedures.opening import earliest, procedures_for
from goodstanding.procedures.queries import Viewer

OWN = Reader(Access.SHARED)
"""What an organisation reads of its own file: what authorities share about it too."""
KINDS = (CaseKind.OBJECTION, CaseKind.REPAIR, CaseKind.DELISTING)


@dataclass(frozen=True)
class Way:
    """A procedure that is open to the organisation. `since`: the first day, where that is not over."""

    kind: CaseKind
    procedure: Procedure
    since: date | None


def own_file(subject: Subject, day: date) -> File:
    """The file of an organisation as its representative reads it."""
    publicity = Publicity(shelf.catalogue(), day)
    return subject_file(subject, day=day, position=current_position(), reader=OWN, publicity=publicity)


def own_record(viewer: Viewer, public_id: UUID, day: date) -> tuple[Record, Subject] | None:
    """A record on a file that the viewer's mandates cover, with whose file it is; None for any other."""
    record = Record.objects.filter(public_id=public_id).first()
    if record is None:
        return None
    for one in viewer.mandates:
        if any(entry.record_id == record.pk for entry in own_file(one.subject, day).entries):
            return record, one.subject
    return None


def ways(record: Record, day: date) -> tuple[Way, ...]:
    """What can be asked for about a record on a day, the most local procedure of each kind first."""
    found = []
    for kind in KINDS:
        for one in procedures_for(record, kind, shelf.catalogue().procedures, day):
            first = one.stages[0]
            if first.act is not Act.APPLY or first.party is not Party.SUBJECT:
                continue
            since = (
                earliest(record, one, workplace(one.path.split("/")[0]))
                if kind is not CaseKind.OBJECTION
                else day
            )
            if since is not None:
                found.append(Way(kind, one, since if since > day else None))
    return tuple(found)
