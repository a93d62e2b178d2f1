"""A case with everything on one page, and its documents for paper."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from goodstanding.core.errors import Refusal
from goodstanding.office.capacity import keeper_of, may_prepare, needs_two
from goodstanding.office.casepage import CasePage, StepLine, case_page
from goodstanding.office.drafting import read
from goodstanding.office.following import follows_from
from goodstanding.office.gate import Signed, official
from goodstanding.office.naming import authority_text
from goodstanding.office.page import page
from goodstanding.office.paper import case_pdf, document_pdf
from goodstanding.office.queries import case_of
from goodstanding.portal.language import Language
from goodstanding.portal.promises import commitment_rows
from goodstanding.procedures.models import Case


@official
def one_case(request: HttpRequest, lang: Language, signed: Signed, public_id: UUID) -> HttpResponse:
    """The case as an official of its authority sees it, with what comes next."""
    try:
        shown = shown_case(signed, public_id, lang)
    except Refusal as refusal:
        return page(request, lang, "refused.html", {"refusal": refusal}, status=409)
    acts = [
        (
            one,
            may_prepare(one, shown.case, shown.procedure, signed.viewer) is not None,
            needs_two(one, shown.procedure),
        )
        for one in shown.next
    ]
    context = {
        **about(shown, lang),
        "acts": acts,
        "room": "office",
        "here": request.path,
        "follows": follows_from(shown),
        "keeps": keeper_of(shown.case, shown.procedure, signed.viewer) is not None,
    }
    return page(request, lang, "case.html", context)


def found_case(signed: Signed, public_id: UUID) -> Case:
    """The case, if it is one of the account's; else it is not there."""
    case = case_of(signed.viewer, public_id)
    if case is None:
        raise Http404
    return case


def shown_case(signed: Signed, public_id: UUID, lang: Language) -> CasePage:
    """The same with all that its page shows."""
    shown = case_page(public_id, signed.viewer, lang)
    if shown is None:
        raise Http404
    return shown


def about(shown: CasePage, lang: Language) -> dict[str, object]:
    """What the pages about a case say at their top."""
    case = shown.case
    return {
        "shown": shown,
        "case": case,
        "name": shown.name,
        "authority": authority_text(case.authority, lang),
        "commitments": commitment_rows([shown.commitment] if shown.commitment else [], lang),
    }


@official
def document(
    request: HttpRequest, lang: Language, signed: Signed, public_id: UUID, number: int
) -> HttpResponse:
    """The document of a step, as it goes on paper."""
    return show_document(request, lang, signed, public_id, number)


def show_document(
    request: HttpRequest, lang: Language, signed: Signed, public_id: UUID, number: int
) -> HttpResponse:
    """A document that this account may read; 404 for one that was not served on it yet."""
    shown, line = _document(signed, public_id, number, lang)
    context = {
        **about(shown, lang),
        "line": line,
        "document": read(line.step.text),
        "room": "desk" if signed.viewer.mandates else "office",
    }
    return page(request, lang, "document.html", context)


def _document(signed: Signed, public_id: UUID, number: int, lang: Language) -> tuple[CasePage, StepLine]:
    shown = shown_case(signed, public_id, lang)
    line = next((one for one in shown.steps if one.step.number == number and one.told), None)
    if line is None or not line.documented:
        raise Http404
    return shown, line


@official
def document_paper(
    request: HttpRequest, lang: Language, signed: Signed, public_id: UUID, number: int
) -> HttpResponse:
    """The document of a step as PDF."""
    return give_document(lang, signed, public_id, number)


@official
def case_paper(request: HttpRequest, lang: Language, signed: Signed, public_id: UUID) -> HttpResponse:
    """The whole case as PDF."""
    return give_case(lang, signed, public_id)


def give_document(lang: Language, signed: Signed, public_id: UUID, number: int) -> HttpResponse:
    """A document that this account may read, as PDF."""
    shown, line = _document(signed, public_id, number, lang)
    authority = authority_text(shown.case.authority, lang)
    return _pdf(document_pdf(shown, line, lang, authority=authority), f"{shown.reference}-{number}")


def give_case(lang: Language, signed: Signed, public_id: UUID) -> HttpResponse:
    """A case as this account may read it, as PDF; 409 where the version of its procedure is not here."""
    try:
        shown = shown_case(signed, public_id, lang)
    except Refusal as refusal:
        return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
    told = about(shown, lang)
    made = case_pdf(
        shown, follows_from(shown), lang, name=str(told["name"]), authority=str(told["authority"])
    )
    return _pdf(made, shown.reference)


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.pdf"
    return response
