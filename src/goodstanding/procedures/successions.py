"""What became of organisations: registered by one official, confirmed by another; what is still open about one.

It moves nothing. Records, entries, measures and promises stay with the organisation that they were decided about; who
succeeds it is met only by a decision of its own. An entry of ours ends by the procedure for organisations that ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.model import Target
from goodstanding.catalogue.procedure import Act, Party
from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.core.words import says_something
from goodstanding.ledger.models import Event, Subject
from goodstanding.ledger.writing import one_at_a_time, writing
from goodstanding.procedures.acting import Actor
from goodstanding.procedures.models import Appointment, Case, Confirmation, Step, Succession, Successor
from goodstanding.procedures.nobody import name_nobody
from goodstanding.procedures.queries import Viewer, cases_visible_to
from goodstanding.procedures.versions import register
from goodstanding.procedures.writable import LINE, PARAGRAPH, refuse_long

Kind = Succession.Kind
_MANY = {Kind.MERGED: (1, 1), Kind.SUCCEEDED: (1, 1), Kind.SPLIT: (2, 20)}


@dataclass(frozen=True)
class Known:
    """What is registered of an organisation: what, since when, under which law, known from which document, and why.

    Args:
        law: as (instrument, article).
        successors: into whom it was merged or split, or by whom it is succeeded; none where it was dissolved.
    """

    kind: Succession.Kind
    on: date
    law: tuple[tuple[str, str], ...]
    evidence: str
    reason: str
    successors: tuple[Subject, ...] = ()


def register_succession(
    subject: Subject, known: Known, by: Appointment, *, catalogue: Catalogue, clock: Clock
) -> Succession:
    """Write down what became of an organisation. It says nothing to anybody until another official confirms it.

    Raises:
        Refusal: GS-CASE-130 by an official of an office that does not register organisations there; -131 where the
            day, law, evidence or reason is missing; -132 for successors that do not go with what became of it;
            -133 where the organisation is there no more already, or is there and would be restored; -012, -151 and
            -152 for texts.
    """
    today = _today(subject, catalogue, clock)
    _competent(by, subject, catalogue)
    name_nobody(known.evidence, known.reason, *(part for law in known.law for part in law))
    refuse_long(PARAGRAPH, evidence=known.evidence.strip(), reason=known.reason.strip())
    refuse_long(LINE, **{f"law {number}": max(law, key=len) for number, law in enumerate(known.law, 1)})
    lawful = known.law and all(says_something(instrument) for instrument, _ in known.law)
    if known.on > today or not (lawful and says_something(known.evidence) and says_something(known.reason)):
        raise Refusal(
            "GS-CASE-131",
            "What became of the organisation is not wholly said.",
            why="It has a day that has come, a law, a document that it is known from, and a reason.",
            remedy="Give all four.",
        )
    least, most = _MANY.get(known.kind, (0, 0))
    others = {one.pk for one in known.successors}
    if len(others) != len(known.successors) or not least <= len(others) <= most or subject.pk in others:
        raise Refusal(
            "GS-CASE-132",
            f"The successors do not go with “{known.kind}”.",
            why="Merged into or succeeded by: one other. Split: two or more others. Dissolved or restored: none.",
            remedy="Name them, each once.",
        )
    if (now_of(subject) is not None) != (known.kind is Kind.RESTORED):
        raise Refusal(
            "GS-CASE-133",
            "This is not how the organisation stands.",
            where=subject.identifier,
            why="Something of it is confirmed already."
            if known.kind is not Kind.RESTORED
            else "It never ended.",
            remedy="Register that it is restored first, where the earlier one was wrong.",
        )
    register((), catalogue, clock)
    with writing(Event.Kind.CASE, actor=Actor(Party.OFFICIAL, by).name, clock=clock) as event:
        one_at_a_time()
        made = Succession.objects.create(
            subject=subject,
            kind=known.kind.value,
            on=known.on,
            law=[list(one) for one in known.law],
            evidence=known.evidence.strip(),
            reason=known.reason.strip(),
            appointment=by,
            event=event,
        )
        for one in known.successors:
            Successor.objects.create(succession=made, subject=one, event=event)
    return made


def confirm_succession(
    one: Succession, by: Appointment, *, catalogue: Catalogue, clock: Clock
) -> Confirmation:
    """Confirm, as another official, what one registered; from then on the files of all of them say so.

    Raises:
        Refusal: GS-CASE-134 by who registered it, or where it is confirmed or overtaken already; -130.
    """
    _competent(by, one.subject, catalogue)
    overtaken = Confirmation.objects.filter(succession__subject=one.subject, succession__gte=one).exists()
    if by.account == one.appointment.account or overtaken:
        raise Refusal(
            "GS-CASE-134",
            "Another official confirms this, once.",
            where=str(one.public_id),
            why="Two officials of a competent office say what became of an organisation.",
            remedy="Let a colleague confirm it, unless it is confirmed already.",
        )
    with writing(Event.Kind.CASE, actor=Actor(Party.OFFICIAL, by).name, clock=clock) as event:
        one_at_a_time()
        on = _today(one.subject, catalogue, clock)
        return Confirmation.objects.create(succession=one, on=on, appointment=by, event=event)


def now_of(subject: Subject) -> Succession | None:
    """What became of an organisation, as confirmed; None while it is there."""
    newest = (
        Succession.objects.filter(subject=subject, confirmation__isnull=False)
        .select_related("subject")
        .order_by("-pk")
        .first()
    )
    return None if newest is None or newest.kind == Kind.RESTORED else newest


def came_from(subjects: Iterable[int]) -> list[Succession]:
    """Of which organisations these are successors, as confirmed and not taken back."""
    found = Succession.objects.filter(
        successors__subject__in=set(subjects), confirmation__isnull=False
    ).select_related("subject")
    return [one for one in found.distinct().order_by("on", "pk") if now_of(one.subject) == one]


def awaiting(viewer: Viewer) -> QuerySet[Succession]:
    """What was registered in the offices of a viewer and awaits a second official, the oldest first."""
    newer = Succession.objects.filter(
        subject=OuterRef("subject"), confirmation__isnull=False, pk__gt=OuterRef("pk")
    )
    offices = {(one.authority, one.division) for one in viewer.appointments}
    found = Succession.objects.filter(confirmation__isnull=True).exclude(Exists(newer))
    mine = Succession.objects.none()
    for authority, division in offices:
        mine = mine | found.filter(appointment__authority=authority, subject__division__startswith=division)
    return mine.select_related("subject", "appointment").order_by("pk")


def left_open(subject: Subject, viewer: Viewer) -> list[Case]:
    """The cases about an organisation that go on, of those of which a viewer may know.

    Each ends by its own procedure. To register organisations is no reason to learn of the cases of other offices.
    """
    over = Step.objects.filter(case=OuterRef("pk"), closes=True)
    found = cases_visible_to(viewer).filter(subject=subject).exclude(Exists(over))
    return list(found.select_related("procedure").order_by("pk"))


def refuse_gone(subject: Subject, act: Act, on: date) -> None:
    """Begin nothing against an organisation that is there no more.

    Raises:
        Refusal: GS-CASE-135 for a proposal or a commitment.
    """
    now = now_of(subject) if act in (Act.PROPOSE, Act.NOTIFY) else None
    if now is not None and now.on <= on:
        raise Refusal(
            "GS-CASE-135",
            f"The organisation is there no more since {now.on}.",
            where=subject.identifier,
            why="Nothing is begun against one that ended, and nothing passes to a successor by itself.",
            remedy="Look at the successor, if there is one, by what it did itself.",
        )


def registrars(catalogue: Catalogue) -> frozenset[str]:
    """The authorities that register organisations: those that submit a pack's register of them."""
    return frozenset(
        one.authority
        for pack in catalogue.packs
        for one in pack.contracts
        if one.target is Target.SUBJECTS and one.path == f"{pack.name}/registration"
    )


def _competent(by: Appointment, subject: Subject, catalogue: Catalogue) -> None:
    if by.authority not in registrars(catalogue) or not subject.division.startswith(by.division):
        raise Refusal(
            "GS-CASE-130",
            "This office does not register the organisation.",
            where=f"{by.authority} {by.division}".strip(),
            why="What became of an organisation is said by whoever registers those of its place.",
            remedy=f"Act for one of: {', '.join(sorted(registrars(catalogue)))}, at the organisation's place.",
        )


def _today(subject: Subject, catalogue: Catalogue, clock: Clock) -> date:
    zones = [one.zone for one in catalogue.packs if subject.scheme in one.schemes]
    return clock.today(zones[0]) if zones else clock.today()


def successors_of(one: Succession) -> Sequence[Subject]:
    """Into whom it was merged or split, or by whom it is succeeded."""
    return [each.subject for each in one.successors.select_related("subject").order_by("pk")]
