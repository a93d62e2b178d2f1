"""Who changed what, when and why: of an office, for its head; of an organisation, for its representatives.

Appointments and mandates stand in the ledger with their events; accounts, second factors, addresses, drafts, documents
in the history that the database keeps (`models.change`). What is no longer theirs to see of a case, is not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from goodstanding.office.acting import OPERATOR
from goodstanding.office.models import Account, Change
from goodstanding.office.queries import cases_of
from goodstanding.procedures.models import Appointment, Case, Mandate
from goodstanding.procedures.queries import Viewer

SHOWN = 200
"""Lines of a page: the newest."""
KEPT = timedelta(days=5 * 366)
"""How long the history is kept: as long as the counter's log outside Zhejiang."""
_OF_ACCOUNTS = (Change.What.ACCOUNT, Change.What.FACTOR, Change.What.ADDRESS)


@dataclass(frozen=True)
class Wanted:
    """Which changes are shown: of one kind, on [since, until]; all where nothing is named."""

    what: str = ""
    since: date | None = None
    until: date | None = None

    def within(self, at: datetime) -> bool:
        """Whether an instant lies in it, by the days of UTC."""
        day = at.astimezone(UTC).date()
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def asked(self, what: str) -> bool:
        """Whether a kind is shown."""
        return self.what in ("", what)


@dataclass(frozen=True)
class Line:
    """A change. `what` and `how` are words; `about` and `who` names, or words for who is no account."""

    at: datetime
    what: str
    how: str
    about: str
    who: str
    why: str = ""
    case: UUID | None = None
    columns: tuple[str, ...] = ()


def heads(viewer: Viewer) -> tuple[Appointment, ...]:
    """The appointments by which the viewer heads an office."""
    return tuple(one for one in viewer.appointments if one.head)


def of_office(viewer: Viewer, wanted: Wanted) -> tuple[Line, ...]:
    """What changed in the offices that the viewer heads: roles, their accounts, drafts and documents of their cases."""
    own = Q(pk__in=())
    for one in heads(viewer):
        own |= Q(authority=one.authority, division__startswith=one.division)
    roles = list(Appointment.objects.filter(own).select_related("event", "withdrawn__event"))
    accounts = {one.account for one in roles}
    changes = _changes(Viewer(appointments=heads(viewer)), accounts, wanted, drafts=True)
    return _newest([*_roles(roles, wanted), *changes])


def of_organisation(viewer: Viewer, wanted: Wanted) -> tuple[Line, ...]:
    """What changed about the organisations that the viewer acts for: mandates, their accounts, documents."""
    subjects = {one.subject_id for one in viewer.mandates}
    roles = list(Mandate.objects.filter(subject__in=subjects).select_related("event", "withdrawn__event"))
    changes = _changes(Viewer(mandates=viewer.mandates), {one.account for one in roles}, wanted, drafts=False)
    return _newest([*_roles(roles, wanted), *changes])


def forget(now: datetime | None = None) -> int:
    """Remove what has been kept long enough; returns how many lines went."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT office_forget_changes(%s)", [(now or timezone.now()) - KEPT])
        row = cursor.fetchone()
    return int(row[0] if row else 0)


def _newest(lines: list[Line]) -> tuple[Line, ...]:
    shown = sorted(lines, key=lambda one: one.at, reverse=True)[:SHOWN]
    keys = {part for one in shown for part in (one.about, one.who) if _is_key(part)}
    names = {one.key: one.shown_as for one in Account.objects.filter(pk__in=keys)}
    return tuple(
        replace(one, about=names.get(one.about, one.about), who=names.get(one.who, one.who)) for one in shown
    )


def _is_key(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _roles(found: Iterable[Appointment | Mandate], wanted: Wanted) -> Iterator[Line]:
    """Roles that were given and ended. The operator alone does either; why one was given, its command noted."""
    if not wanted.asked(Change.What.ROLE):
        return
    roles = list(found)
    said = Change.objects.filter(what=Change.What.ROLE, key__in=[str(one.public_id) for one in roles])
    why = dict(said.values_list("key", "why"))
    for one in roles:
        reason = why.get(str(one.public_id), "")
        if wanted.within(one.event.at):
            yield Line(one.event.at, "role", "made", one.account, OPERATOR, reason)
        ended = getattr(one, "withdrawn", None)
        if ended is not None and wanted.within(ended.event.at):
            yield Line(ended.event.at, "role", "removed", one.account, OPERATOR, ended.reason)


def _changes(viewer: Viewer, accounts: set[str], wanted: Wanted, *, drafts: bool) -> Iterator[Line]:
    """Of accounts, and of the cases that the viewer sees."""
    of_cases = [Change.What.DOCUMENT, *([Change.What.DRAFT] if drafts else [])]
    seen = Q(what__in=_OF_ACCOUNTS, account__in=accounts)
    seen |= Q(what__in=of_cases, case__in=cases_of(viewer).values("pk"))
    if wanted.what:
        seen &= Q(what=wanted.what)
    if wanted.since:
        seen &= Q(at__gte=datetime.combine(wanted.since, time(), UTC))
    if wanted.until:
        seen &= Q(at__lt=datetime.combine(wanted.until + timedelta(days=1), time(), UTC))
    found = list(Change.objects.filter(seen).order_by("-at", "-pk")[:SHOWN])
    cases = dict(Case.objects.filter(pk__in=[one.case for one in found]).values_list("pk", "public_id"))
    for one in found:
        case = cases.get(one.case) if one.case else None
        yield Line(one.at, one.what, one.how, one.account, one.who, one.why, case, tuple(one.columns))
