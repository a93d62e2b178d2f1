"""Opening the cases that an organisation, or an official, asks for: objection, repair, removal, commitment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goodstanding.catalogue.procedure import Act, CaseKind, Procedure
from goodstanding.core.dates import add_months
from goodstanding.core.errors import Refusal
from goodstanding.ledger.models import Content, Record
from goodstanding.procedures.acting import Actor
from goodstanding.procedures.deed import Deed
from goodstanding.procedures.models import Case
from goodstanding.procedures.steps import Office, Said, open_case


def procedures_for(
    record: Record, kind: CaseKind, procedures: Iterable[Procedure], on: date
) -> list[Procedure]:
    """The procedures of a kind under which a case about a record can be opened on a day, the most local first.

    A procedure applies to the items that it names, or to all, and to the place of the organisation.
    """
    content = _content(record)
    path, place = content.item.path, content.subject.division
    found = [
        one
        for one in procedures
        if one.kind is kind
        and one.in_force(on)
        and place.startswith(one.division)
        and (not one.applies_to or path in one.applies_to)
        and path.split("/")[0] == one.path.split("/")[0]
        and (not one.subjects or content.subject.kind in one.subjects)
    ]
    return sorted(found, key=lambda one: (-len(one.division), not one.applies_to, one.path))


def earliest(record: Record, procedure: Procedure, office: Office) -> date | None:
    """The first day on which repair of a record, or the early end of an entry, may be applied for; None if never.

    It counts from the document, or from the day on which the entry began to stand. An entry's early end is a matter
    of the list that it stands on: of the delisting that bears its name.
    """
    content = _content(record)
    start = content.effective_from or content.decided_on
    if start is None:
        return None
    tier = next((one for one in procedure.tiers if one.seriousness == content.seriousness), None)
    if tier is not None:
        return add_months(start, tier.at_least) if tier.repairable else None
    made = entry_made_by(record)
    if made is not None and procedure.kind is CaseKind.DELISTING:
        listing = office.procedure(made.procedure.digest)
        if listing.path.rsplit("/", 1)[1] == procedure.path.rsplit("/", 1)[1] and listing.listing is not None:
            months = listing.listing.early_months
            return None if months is None else add_months(start, months)
    return start


def entry_made_by(record: Record) -> Case | None:
    """The case whose decision wrote an entry of ours; None for a record of a source."""
    return Case.objects.filter(steps__record=record, steps__act=Act.SERVE_DECISION, kind="listing").first()


def open_about(
    record: Record,
    procedure: Procedure,
    office: Office,
    *,
    first: Deed,
    by: Actor,
    said: Said,
    authority: str = "",
) -> Case:
    """Open a case about a record. One about an entry of ours is before the authority that made it; one about a
    record of a source before the procedure's authority, or the one that submits the source.

    Raises:
        Refusal: GS-CASE-017 before another authority; GS-CASE-014 if the procedure is not about such records;
            GS-CASE-024 if the same is asked already; GS-CASE-025 if it is too early, with the day on which it
            may be asked for; GS-CASE-026 if it cannot be repaired; GS-CASE-028 if the procedure is of the authority
            that made the entry, and it is no entry of ours or another is named; and as `open_case`.
    """
    made = entry_made_by(record)
    if procedure.of_the_entry and (made is None or authority not in ("", made.authority)):
        raise Refusal(
            "GS-CASE-028",
            "This is a matter of the authority that made the entry.",
            where=procedure.path,
            why="The record is no entry of a list that is kept here." if made is None else made.authority,
            remedy="Name no other authority; object to a record that is no entry of ours.",
        )
    open_one = (
        Case.objects.filter(record=record, kind=procedure.kind.value).exclude(steps__closes=True).first()
    )
    if open_one is not None:
        raise Refusal(
            "GS-CASE-024",
            "A case about this record is open already.",
            where=str(open_one.public_id),
            remedy="Go on with that one.",
        )
    if procedure.kind in (CaseKind.REPAIR, CaseKind.DELISTING):
        day = earliest(record, procedure, office)
        if day is None:
            raise Refusal(
                "GS-CASE-026",
                "This record does not end under this procedure.",
                where=procedure.path,
                why="Its law says so of this class of seriousness, or the record has no day from which it counts.",
                remedy="It ends with its term. Object to it if it is wrong.",
            )
        if first.on < day:
            raise Refusal(
                "GS-CASE-025",
                f"This may be applied for from {day} on.",
                where=procedure.path,
                why="The shortest time for which such a record is shown is not over.",
                remedy=f"Apply on {day} or later.",
            )
    content = _content(record)
    if (procedure.applies_to and content.item.path not in procedure.applies_to) or not (
        content.item.path.split("/")[0] == procedure.path.split("/")[0]
        and content.subject.division.startswith(procedure.division)
    ):
        raise Refusal(
            "GS-CASE-014",
            "The procedure is not about such records.",
            where=f"{procedure.path}, {content.item.path}",
            why="It names the items that it is about, and the place where it holds.",
            remedy="Open the case under a procedure for this item and place.",
        )
    may = (made.authority,) if made else _before(record, procedure, office)
    if authority and authority not in may:
        raise Refusal(
            "GS-CASE-017",
            f"{authority} does not answer for this record.",
            where=str(record.public_id),
            why=f"It is for {' or '.join(may)}.",
            remedy="Open the case there.",
        )
    return open_case(
        procedure,
        content.subject,
        office,
        first=first,
        by=by,
        said=said,
        record=record,
        authority=authority or may[0],
    )


def _before(record: Record, procedure: Procedure, office: Office) -> tuple[str, ...]:
    """The authorities before which a case about a record of a source can be, the usual one first."""
    try:
        source = office.catalogue.contract(record.source.path).authority
    except KeyError:
        return (procedure.authority,)
    return tuple(dict.fromkeys((procedure.authority, source)))


def _content(record: Record) -> Content:
    found = Content.objects.select_related("item", "subject").filter(record=record).first()
    if found is None:
        raise Refusal(
            "GS-CASE-027",
            "The content of this record was erased.",
            where=str(record.public_id),
            remedy="Nothing needs to be done: it counts nowhere.",
        )
    return found
