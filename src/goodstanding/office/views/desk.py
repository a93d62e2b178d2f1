"""The desk of a representative: the organisations, what is coming and by when, and each file with what can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from goodstanding.catalogue.procedure import Party
from goodstanding.core.errors import Refusal
from goodstanding.ledger.models import Record, Subject
from goodstanding.measures.log import Asked, asked_about
from goodstanding.office.alerts.queries import channels_of
from goodstanding.office.below import directly_below
from goodstanding.office.coming import coming
from goodstanding.office.filing import own_file, ways
from goodstanding.office.following import follows_from
from goodstanding.office.gate import Signed, representative
from goodstanding.office.naming import measure_text, office_text, subject_names
from goodstanding.office.page import page
from goodstanding.office.queries import Wanted, queue
from goodstanding.office.views.case import about, give_case, give_document, show_document, shown_case
from goodstanding.office.views.committing import commitments_open_to
from goodstanding.office.views.queue import place_in, rows_of
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.today import today
from goodstanding.portal.wording import named, word
from goodstanding.procedures.queries import Viewer, disputed

_ASKED = 50
"""Questions of offices that are shown, the newest."""


@representative
def home(request: HttpRequest, lang: Language, signed: Signed) -> HttpResponse:
    """The organisations of the account with their branches and subsidiaries, and every case that is open."""
    wanted = Wanted(over=request.GET.get("over") == "1", beyond=place_in(request.GET.get("cases", "")))
    found = queue(signed.viewer, wanted, today())
    dates, rest = coming(signed.viewer, lang, today(), place_in(request.GET.get("dates", "")))
    context = {
        "organisations": _organisations(signed.viewer, lang),
        "rows": rows_of(found.cases, lang, signed.viewer),
        "dates": dates,
        "more": _more("over=1&cases" if wanted.over else "dates", found.next if wanted.over else rest),
        "more_cases": _more("cases", found.next),
        "told": channels_of(signed.account).filter(confirmed_at__isnull=False).exists(),
        "wanted": wanted,
        "room": "desk",
    }
    return page(request, lang, "desk.html", context)


def _more(name: str, place: tuple[date, int] | None) -> str:
    """The way to the next page; empty where this is the last one."""
    return f"{name}={place[0].isoformat()}.{place[1]}" if place else ""


@dataclass(frozen=True)
class Below:
    """An organisation below another: `own` if a mandate covers it, `kind` of the tie."""

    subject: Subject
    name: str
    kind: str
    own: bool


def _organisations(viewer: Viewer, lang: Language) -> list[tuple[Subject, str, list[Below]]]:
    """The organisations of the account, each with what lies directly below it.

    One that lies below another of them and has nothing below itself stands there alone.
    """
    own = dict.fromkeys(one.subject_id for one in viewer.mandates)
    ties = directly_below(own, today())
    tied = {each for found in ties.values() for each, _ in found}
    subjects = Subject.objects.in_bulk({*own, *tied})
    names = subject_names(lang, subjects)
    return [
        (
            subjects[key],
            names.get(key, subjects[key].identifier),
            [
                Below(subjects[each], names.get(each, subjects[each].identifier), kind, each in own)
                for each, kind in ties.get(key, ())
            ],
        )
        for key in own
        if key in ties or key not in tied
    ]


@representative
def organisation(request: HttpRequest, lang: Language, signed: Signed, public_id: UUID) -> HttpResponse:
    """The file of one organisation: each record that counts, whether it is disputed, and what can be asked."""
    subject = next(
        (one.subject for one in signed.viewer.mandates if one.subject.public_id == public_id), None
    )
    if subject is None:
        raise Http404
    day = today(shelf.zone_of(subject.scheme))
    file = own_file(subject, day)
    entries = [one for one in file.entries if one.counts]
    marked = disputed(one.record_id for one in entries)
    records = Record.objects.in_bulk([one.record_id for one in entries])
    rows = [(one, one.record_id in marked, ways(records[one.record_id], day)) for one in entries]
    asked = [_asked(one, lang) for one in asked_about(subject, signed.viewer)[:_ASKED]]
    name = subject_names(lang, [subject.pk]).get(subject.pk, file.name)
    context = {"subject": subject, "name": name, "rows": rows, "asked": asked, "room": "desk"}
    context["commitments"] = commitments_open_to(subject, day)
    return page(request, lang, "organisation.html", context)


def _asked(one: Asked, lang: Language) -> dict[str, object]:
    """A question about the organisation in the page's words: the office, never the person."""
    return {
        "on": one.on,
        "office": office_text(one.office, lang),
        "process": named(lang, "process.", one.process),
        "purpose": one.purpose,
        "measures": word(lang, "list.comma").join(
            measure_text(str(each["measure"]), lang) for each in one.answer
        ),
        "followed": [(measure_text(each.measure, lang), each) for each in one.followed],
    }


@representative
def one_case(request: HttpRequest, lang: Language, signed: Signed, public_id: UUID) -> HttpResponse:
    """A case as the organisation sees it, with what it can do now."""
    try:
        shown = shown_case(signed, public_id, lang)
    except Refusal as refusal:
        return page(request, lang, "refused.html", {"refusal": refusal}, status=409)
    acts = [(one, True, False) for one in shown.next if one.party is Party.SUBJECT]
    context = {
        **about(shown, lang),
        "acts": acts,
        "room": "desk",
        "here": request.path,
        "follows": follows_from(shown),
        "hands_in": True,
    }
    return page(request, lang, "case.html", context)


@representative
def document(
    request: HttpRequest, lang: Language, signed: Signed, public_id: UUID, number: int
) -> HttpResponse:
    """A document that was served."""
    return show_document(request, lang, signed, public_id, number)


@representative
def document_paper(
    request: HttpRequest, lang: Language, signed: Signed, public_id: UUID, number: int
) -> HttpResponse:
    """A document that was served, as PDF."""
    return give_document(lang, signed, public_id, number)


@representative
def case_paper(request: HttpRequest, lang: Language, signed: Signed, public_id: UUID) -> HttpResponse:
    """A case of the organisation as PDF."""
    return give_case(lang, signed, public_id)
