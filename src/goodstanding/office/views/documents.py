"""Documents handed in with a case: taken from the organisation, given to the parties."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodstanding.core.errors import Refusal
from goodstanding.office.gate import Signed, official, representative
from goodstanding.office.page import page
from goodstanding.office.uploads import content_of, hand_in, uploads_of
from goodstanding.office.views.case import found_case
from goodstanding.office.workplace import day_in, workplace
from goodstanding.portal.language import Language

_UNFIT = 422


@representative
def take_in(request: HttpRequest, lang: Language, signed: Signed, public_id: UUID) -> HttpResponse:
    """A document of the organisation, kept with the case."""
    case = found_case(signed, public_id)
    pack = case.procedure.path.split("/")[0]
    file = request.FILES.get("file")
    if request.method == "POST" and file is not None:
        title = request.POST.get("title", "").strip()[:200] or str(file.name)[-200:]
        home, day = workplace(pack).home, day_in(pack)
        try:
            hand_in(case, file, title, account=signed.account, home=home, day=day)
        except Refusal as refusal:
            return page(request, lang, "refused.html", {"refusal": refusal}, status=_UNFIT)
    return redirect("desk:case", lang, public_id)


@official
def for_official(
    request: HttpRequest, lang: Language, signed: Signed, public_id: UUID, upload: UUID
) -> HttpResponse:
    """A document of a case of the official's office."""
    return _give(signed, public_id, upload)


@representative
def for_organisation(
    request: HttpRequest, lang: Language, signed: Signed, public_id: UUID, upload: UUID
) -> HttpResponse:
    """A document of a case of the organisation."""
    return _give(signed, public_id, upload)


def _give(signed: Signed, public_id: UUID, upload: UUID) -> HttpResponse:
    case = found_case(signed, public_id)
    pack = case.procedure.path.split("/")[0]
    found = uploads_of(signed.viewer, day_in(pack)).filter(case=case, pk=upload).first()
    content = content_of(found, workplace(pack).home) if found else None
    if found is None or content is None:
        raise Http404
    # Never shown by the browser as a page: whatever was handed in, it is saved, and opened by who wants to.
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    return response
