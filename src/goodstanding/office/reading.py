"""All rows of a case's page by one statement, and none of a case to which the viewer is no party.

The filter is that of `queries.cases_of`, in SQL; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goodstanding.core.reader import Access
from goodstanding.ledger.models import Subject
from goodstanding.office.statements import columns, fields, made, row_of
from goodstanding.procedures.models import Case, Deadline, ProcedureVersion, Step, Succession
from goodstanding.procedures.queries import Viewer


@dataclass(frozen=True)
class Evidence:
    """A record that a case rests on. `instrument` is the record's, as kept: authority, number, article."""

    item: str
    access: Access
    source: str
    instrument: dict[str, str | None]
    decided_on: date | None
    amount: int | None
    currency: str | None


@dataclass(frozen=True)
class DraftLine:
    """That there is a draft of an act, by whom, and whether its author has signed it."""

    act: str
    proposed: bool
    by: str


@dataclass(frozen=True)
class UploadLine:
    """A document that was handed in."""

    pk: UUID
    title: str
    kept_until: date


@dataclass(frozen=True)
class GoneLine:
    """That the texts of the steps up to one went on a day: `why` is erasure or retention, `ground` the law."""

    why: str
    up_to: int
    on: date
    ground: str


@dataclass(frozen=True)
class CaseRows:
    """A case with everything about it.

    Attributes:
        names: of the organisation, as authorities know it, oldest first: text, language, whether a former one.
        signed: for each step the names of the officials who took it; documented: whether it drew up a document,
            whose text is read when it is asked for.
        deadlines: all that were ever set, oldest first.
        drafts: none unless the viewer is an official of the case.
        gone_on: the day from which the organisation is there no more, as two officials say.
    """

    case: Case
    names: tuple[tuple[str, str, bool], ...]
    steps: tuple[Step, ...]
    signed: tuple[tuple[str, ...], ...]
    documented: tuple[bool, ...]
    deadlines: tuple[Deadline, ...]
    evidence: tuple[Evidence, ...]
    drafts: tuple[DraftLine, ...]
    uploads: tuple[UploadLine, ...]
    forgotten: tuple[GoneLine, ...]
    gone_on: date | None


_CASE = fields(
    Case, "id public_id kind procedure_id subject_id record_id authority division opened_on event_id"
)
_VERSION = fields(ProcedureVersion, "id path digest")
_SUBJECT = fields(Subject, "id public_id scheme identifier kind division access")
_STEP = fields(
    Step,
    "id number act on party outcome reasons basis served_on served_how open_until effective_from effective_to"
    " closes record_id",
)
_DEADLINE = fields(
    Deadline, "id act starts amount unit last provisional not_counted calendar calendar_version because"
)
_KEY = "'^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'"  # of an account: others have no name here

STATEMENT = f"""
SELECT {columns(_CASE, "c")}, {columns(_VERSION, "v")}, {columns(_SUBJECT, "s")},
    (SELECT json_agg(json_build_array(n.text, n.language, n.former) ORDER BY n.id)
        FROM ledger_subjectname n WHERE n.subject_id = c.subject_id AND n.access <= {Access.SHARED:d}),
    (SELECT json_agg(json_build_array({columns(_STEP, "t")}, t.text <> '', x.shown_as, y.shown_as) ORDER BY t.number)
        FROM procedures_step t
        LEFT JOIN procedures_appointment a ON a.id = t.appointment_id
        LEFT JOIN office_account x ON x.id = CASE WHEN a.account ~ {_KEY} THEN a.account::uuid END
        LEFT JOIN procedures_appointment b ON b.id = t.second_id
        LEFT JOIN office_account y ON y.id = CASE WHEN b.account ~ {_KEY} THEN b.account::uuid END
        WHERE t.case_id = c.id),
    (SELECT json_agg(json_build_array({columns(_DEADLINE, "d")}) ORDER BY d.id)
        FROM procedures_deadline d WHERE d.case_id = c.id),
    (SELECT json_agg(json_build_array(i.path, k.access, q.path, k.body::json -> 'instrument', k.decided_on, k.amount,
            k.currency) ORDER BY k.record_id)
        FROM (SELECT g.record_id FROM procedures_ground g WHERE g.case_id = c.id UNION SELECT c.record_id) w
        JOIN ledger_content k ON k.record_id = w.record_id JOIN ledger_item i ON i.id = k.item_id
        JOIN ledger_record r ON r.id = k.record_id JOIN ledger_source q ON q.id = r.source_id),
    (SELECT json_agg(json_build_array(f.act, f.proposed, u.shown_as) ORDER BY f.id)
        FROM office_draft f JOIN office_account u ON u.id = f.account_id WHERE f.case_id = c.id AND o.official),
    (SELECT json_agg(json_build_array(h.id, h.title, h.kept_until) ORDER BY h.handed_in)
        FROM office_upload h WHERE h.case_id = c.id),
    (SELECT json_agg(json_build_array(e.why, e.up_to, w.day, e.ground) ORDER BY e.id)
        FROM procedures_forgotten e JOIN ledger_event w ON w.id = e.event_id WHERE e.case_id = c.id),
    (SELECT json_build_array(b.kind, b."on") FROM procedures_succession b
        JOIN procedures_confirmation m ON m.succession_id = b.id WHERE b.subject_id = c.subject_id
        ORDER BY b.id DESC LIMIT 1)
FROM procedures_case c
CROSS JOIN LATERAL (SELECT EXISTS (
    SELECT FROM unnest(%(authorities)s::text[], %(divisions)s::text[]) z (authority, division)
    WHERE z.authority = c.authority AND starts_with(c.division, z.division)) AS official) o
JOIN procedures_procedureversion v ON v.id = c.procedure_id
JOIN ledger_subject s ON s.id = c.subject_id
WHERE c.public_id = %(case)s AND (o.official OR c.subject_id = ANY (%(subjects)s::bigint[])
    AND (c.kind <> 'listing' OR EXISTS (
        SELECT FROM procedures_step n WHERE n.case_id = c.id AND n.act = 'serve_notice')))
"""


def values_of(viewer: Viewer, public_id: UUID) -> dict[str, object]:
    """What the statement is asked with."""
    return {
        "case": public_id,
        "authorities": [one.authority for one in viewer.appointments],
        "divisions": [one.division for one in viewer.appointments],
        "subjects": [one.subject_id for one in viewer.mandates],
    }


def rows_of_case(viewer: Viewer, public_id: UUID) -> CaseRows | None:
    """The rows of a case; None if the viewer is no party to it, or there is none."""
    row = row_of(STATEMENT, values_of(viewer, public_id))
    if row is None:
        return None
    version = len(_CASE)
    subject = version + len(_VERSION)
    rest = subject + len(_SUBJECT)
    (case,) = made(Case, _CASE, [row[:version]])
    (case.procedure,) = made(ProcedureVersion, _VERSION, [row[version:subject]])
    (case.subject,) = made(Subject, _SUBJECT, [row[subject:rest]])
    names, steps, deadlines, evidence, drafts, uploads, gone, became = (one or [] for one in row[rest:])
    return CaseRows(
        case,
        tuple((text, language, former) for text, language, former in names),
        tuple(made(Step, _STEP, (one[:-3] for one in steps))),
        tuple(tuple(name for name in one[-2:] if name is not None) for one in steps),
        tuple(one[-3] for one in steps),
        tuple(made(Deadline, _DEADLINE, deadlines)),
        tuple(_evidence(*one) for one in evidence),
        tuple(DraftLine(*one) for one in drafts),
        tuple(UploadLine(UUID(key), title, date.fromisoformat(until)) for key, title, until in uploads),
        tuple(GoneLine(why, up_to, date.fromisoformat(on), ground) for why, up_to, on, ground in gone),
        date.fromisoformat(became[1]) if became and became[0] != Succession.Kind.RESTORED else None,
    )


def _evidence(
    item: str,
    access: int,
    source: str,
    instrument: dict[str, str | None] | None,
    decided_on: str | None,
    amount: int | None,
    currency: str | None,
) -> Evidence:
    day = date.fromisoformat(decided_on) if decided_on else None
    return Evidence(item, Access(access), source, instrument or {}, day, amount, currency)
