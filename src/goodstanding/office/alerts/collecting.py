"""What there is to tell: steps and messages of cases, terms that end soon, new records, orders, questions.

Reading follows the ledger's positions from where it stopped, in one transaction with what it writes; each alert is
named by what it is about. So nothing is missed, and nothing told twice, whenever the process is killed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from hashlib import blake2s

from django.db import connection, transaction
from django.db.models import Count, F

from goodstanding.catalogue.procedure import Act, CaseKind, Party
from goodstanding.core.reader import PUBLIC, Access
from goodstanding.ledger.models import Content, Ending, Item, Position
from goodstanding.ledger.publicity import Publicity
from goodstanding.ledger.writing import current_position
from goodstanding.measures.models import Lifting, Order, Question
from goodstanding.office.alerts.offices import orders_of_offices, reminders_of_offices, told_authorities
from goodstanding.office.alerts.rests import rests_entered, rests_over
from goodstanding.office.alerts.watching import since, watched
from goodstanding.office.casepage import UNTIL_SERVED
from goodstanding.office.models import Alert, Heard
from goodstanding.office.workplace import calendar_of, day_in, working_days
from goodstanding.portal import shelf
from goodstanding.portal.today import today
from goodstanding.procedures.models import Case, Message, Step
from goodstanding.procedures.queries import RIGHTS, running, told_to_the_organisation

BEFORE = (0, 2, 5)
"""Working days before the last day of a term on which the organisation is told again."""
_AT_ONCE = 2000
"""Positions that are read in one transaction."""
_SOON = timedelta(days=21)
_ASKED_SINCE = timedelta(days=14)
_ONE_READER = 7106418833007
_QUIET = (Act.PROPOSE, Act.REVIEW, Act.NOTIFY, Act.FORWARD, Act.EXAMINE)
"""Acts within the office: nobody is told of them."""


def collect() -> int:
    """Make alerts of all that is new; returns how many. Of two processes at once, the second finds nothing new."""
    made = 0
    while True:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_READER])
            heard, _ = Heard.objects.get_or_create(pk=1)
            last = min(current_position(), heard.position + _AT_ONCE)
            done = last == current_position()
            first = since(watched(today()).values())
            offices = told_authorities(today())
            fresh = [*_cases(heard.position, last), *_ledger(heard.position, last, first)]
            fresh += _rests_and_offices(heard.position, last, offices)
            if done:
                fresh += [*_terms(), *_questions(set(first)), *rests_over(today(), offices)]
            made += _keep(fresh)
            heard.position = last
            heard.save()
        if done:
            return made


def _keep(fresh: Iterable[Alert]) -> int:
    by_name = {one.about: one for one in fresh}
    known = set(Alert.objects.filter(about__in=list(by_name)).values_list("about", flat=True))
    new = [one for name, one in by_name.items() if name not in known]
    Alert.objects.bulk_create(new, ignore_conflicts=True, batch_size=2000)
    return len(new)


def _of_case(
    case: Case,
    kind: str,
    about: str,
    detail: str,
    on: date,
    until: date | None = None,
    *,
    opened: bool = False,
) -> Alert:
    calendar = calendar_of(case.procedure.path.split("/")[0])
    by = on + timedelta(days=1)
    while not calendar.is_working(by):
        by += timedelta(days=1)
    if until is not None:
        by = max(on, min(by, until))
    return Alert(
        subject_id=case.subject_id,
        case=case,
        kind=kind,
        about=about,
        detail=detail,
        on=on,
        until=until,
        tell_by=by,
        open=opened,
    )


def _known(case: Case) -> bool:
    return shelf.pack_named(case.procedure.path.split("/")[0]) is not None


def _cases(after: int, last: int) -> Iterator[Alert]:
    """Steps of which the organisation knows, and messages to it."""
    span = {"event__position__number__gt": after, "event__position__number__lte": last}
    steps = Step.objects.filter(**span).exclude(party=Party.SUBJECT).exclude(act__in=_QUIET)
    for step in steps.select_related("case__procedure").order_by("pk"):
        if _known(step.case) and _told(step):
            opened = step.act == Act.PUBLISH
            yield _of_case(
                step.case, "step", f"step:{step.pk}", step.act, step.on, step.open_until, opened=opened
            )
    messages = Message.objects.filter(**span, to=Message.To.SUBJECT)
    messages = messages.exclude(kind=Message.Kind.NEAR, deadline__act__in=RIGHTS)  # told by `_terms`
    messages = messages.filter(told_to_the_organisation("case"))
    for one in messages.select_related("case__procedure", "deadline").order_by("pk"):
        if _known(one.case):
            until = one.deadline.last if one.kind != Message.Kind.LATE else None
            yield _of_case(one.case, one.kind, f"message:{one.pk}", one.deadline.act, one.on, until)


def _told(step: Step) -> bool:
    """Whether the organisation is told of an act when it is done: a decision that is served is told with that."""
    if step.case.kind == CaseKind.COMMITMENT:
        return True
    waits = UNTIL_SERVED.get(Act(step.act))
    procedure = shelf.procedure_by_digest(step.case.procedure.digest)
    return waits is None or (procedure is not None and procedure.stage(waits) is None)


def _terms() -> Iterator[Alert]:
    """Terms of the organisation that end in 5, 2 or 0 working days, or in fewer if that day was missed."""
    near = running().filter(act__in=RIGHTS, last__gte=today() - timedelta(days=1), last__lte=today() + _SOON)
    for one in near.select_related("case__procedure"):
        if not _known(one.case):
            continue
        pack = one.case.procedure.path.split("/")[0]
        day = day_in(pack)
        left = working_days(calendar_of(pack), day, one.last)
        step = next((days for days in BEFORE if left <= days), None)
        if one.last >= day and step is not None:
            yield _of_case(one.case, "term", f"term:{one.pk}:{step}", one.act, day, one.last)


def _ledger(after: int, last: int, first: dict[int, date]) -> Iterator[Alert]:
    """New records, endings, orders and liftings of organisations that somebody watches."""
    if not first:
        return
    events = dict(
        Position.objects.filter(number__gt=after, number__lte=last).values_list("event_id", "event__day")
    )
    yield from _records(events, first)
    span = {"event__in": list(events), "subject__in": list(first)}
    entered = F("record_id").bitrightshift(32)
    with_entry = Order.objects.filter(**span, event_id=entered)
    for event, subject, n in with_entry.values_list("event", "subject").annotate(n=Count("pk")):
        yield _alone(subject, "orders", f"orders:{event}:{subject}", str(n), events[event])
    lifted = Lifting.objects.filter(event__in=list(events), order__subject__in=list(first))
    with_entry_over = lifted.filter(order__repeal__isnull=True)
    for event, subject, n in with_entry_over.values_list("event", "order__subject").annotate(n=Count("pk")):
        yield _alone(subject, "lifted", f"lifted:{event}:{subject}", str(n), events[event])
    added = Order.objects.filter(**span).exclude(event_id=entered)
    repealed = lifted.filter(order__repeal__isnull=False)
    for kind, rows in (
        ("memorandum", added.values_list("event", "subject", "memorandum__path")),
        ("repealed", repealed.values_list("event", "order__subject", "order__memorandum__path")),
    ):
        for event, subject, path in rows.distinct():
            yield _alone(subject, kind, f"{kind}:{event}:{subject}:{_short(path)}", path, events[event])


def _rests_and_offices(after: int, last: int, offices: set[str]) -> Iterator[Alert]:
    span = {"event__position__number__gt": after, "event__position__number__lte": last}
    yield from rests_entered(span, offices)
    if offices:
        rows = Position.objects.filter(number__gt=after, number__lte=last)
        events = dict(rows.values_list("event_id", "event__day"))
        yield from orders_of_offices(events, offices)
        yield from reminders_of_offices(events, offices)


def _short(path: str) -> str:
    return blake2s(path.encode(), digest_size=8).hexdigest()


def _records(events: dict[int, date], first: dict[int, date]) -> Iterator[Alert]:
    shared = Content.objects.filter(subject__in=list(first), access__lte=Access.SHARED)
    ended = Ending.objects.filter(event__in=list(events), record__content__in=shared)
    ends = list(ended.values_list("pk", "event_id", "record_id"))
    of_cases = Step.objects.filter(record__isnull=False, event__in=list(events)).values_list(
        "record_id", flat=True
    )
    told_by_steps = set(of_cases)
    gone = {record for _, _, record in ends}
    found = {one.pk: one for one in shared if one.pk >> 32 in events or one.pk in gone}
    over = Publicity(shelf.catalogue(), today()).over(list(found), PUBLIC)
    items = dict(
        Item.objects.filter(pk__in={one.item_id for one in found.values()}).values_list("pk", "path")
    )
    fresh = [(f"record:{key}", "record", key, key >> 32) for key in found if key >> 32 in events]
    fresh += [(f"ending:{key}", "ended", record, event) for key, event, record in ends if record in found]
    for about, kind, key, event in fresh:
        one = found[key]
        if key not in told_by_steps and events[event] >= first[one.subject_id]:
            opened = one.access == Access.PUBLIC and key not in over
            yield _alone(one.subject_id, kind, about, items[one.item_id], events[event], opened=opened)


def _questions(subjects: set[int]) -> Iterator[Alert]:
    """Who asked at the counter, one alert for each organisation and day that is over."""
    rows = Question.objects.filter(
        subject__in=list(subjects), on__lt=today(), on__gte=today() - _ASKED_SINCE
    ).values_list("subject", "on")
    for subject, on, n in rows.annotate(n=Count("pk")):
        yield _alone(subject, "asked", f"asked:{subject}:{on}", str(n), on)


def _alone(subject: int, kind: str, about: str, detail: str, on: date, *, opened: bool = False) -> Alert:
    return Alert(
        subject_id=subject,
        kind=kind,
        about=about,
        detail=detail[:200],
        on=on,
        tell_by=on + timedelta(days=3),
        open=opened,
    )
