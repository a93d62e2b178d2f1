"""The desk of a representative: the organisations, what is coming and by when, and each file with what can be asked."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from goodstanding.catalogue.procedure import Party
from goodstanding.core.errors import Refusal
from goodstanding.ledger.models import Record, Subject
from goodstanding.ledger.queries import TieEntry
from goodstanding.measures.log import Asked, asked_about
from goodstanding.office.filing import own_file, ways
from goodstanding.office.gate import Signed, representative
from goodstanding.office.naming import measure_text, office_text, subject_names
from goodstanding.office.page import page
from goodstanding.office.queries import Wanted, queue
from goodstanding.office.resting import follows_from
from goodstanding.office.views.case import about, show_document, shown_case
from goodstanding.office.views.queue import rows_of
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.today import today
from goodstanding.portal.wording import named, word
from goodstanding.procedures.queries import disputed

_ASKED = 50
"""Questions of offices that are shown, the newest."""
_BELOW = ("branch_of", "subsidiary_of")


@representative
def home(request: HttpRequest, lang: Language, signed: Signed) -> HttpResponse:
    """The organisations of the account with their branches and subsidiaries, and every case that is open."""
    covered = {one.subject_id for one in signed.viewer.mandates}
    names = subject_names(lang, covered)
    organisations = [
        _organisation(one.subject, names.get(one.subject_id, one.subject.identifier), covered)
        for one in signed.viewer.mandates
    ]
    wanted = Wanted(over=request.GET.get("over") == "1")
    found = queue(signed.viewer, wanted)
    context = {
        "organisations": organisations,
        "rows": rows_of(found.cases, lang),
        "wanted": wanted,
        "room": "desk",
    }
    return page(request, lang, "desk.html", context)


def _organisation(
    subject: Subject, name: str, covered: set[int]
) -> tuple[Subject, str, list[tuple[TieEntry, bool]]]:
    """A subject with its name, and what lies below it by ties in force, each with whether a mandate covers it."""
    file = own_file(subject, today(shelf.zone_of(subject.scheme)))
    below = [(one, one.other.pk in covered) for one in file.ties if not one.outward and one.kind in _BELOW]
    return subject, name, below


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
