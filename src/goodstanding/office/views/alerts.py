"""Where an account wants to be told: mailboxes and webhooks, their codes, and what could not be delivered."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodstanding.core.errors import Refusal
from goodstanding.office.alerts.channels import add, confirm, end
from goodstanding.office.alerts.keys import signing_secret
from goodstanding.office.alerts.queries import channels_of, newest_of, undelivered_to
from goodstanding.office.gate import Signed, official, representative
from goodstanding.office.models import Channel
from goodstanding.office.page import page
from goodstanding.office.workplace import home
from goodstanding.portal.language import Language

_UNFIT = 422


@representative
def alerts(request: HttpRequest, lang: Language, signed: Signed) -> HttpResponse:
    """The channels of a representative; a new one is named here. The secret of a webhook is shown this once."""
    return _channels(request, lang, signed)


@official
def of_official(request: HttpRequest, lang: Language, signed: Signed) -> HttpResponse:
    """The channels of an official: what is told of the orders of the office."""
    return _channels(request, lang, signed)


@representative
def one_channel(request: HttpRequest, lang: Language, signed: Signed, channel: UUID) -> HttpResponse:
    """Confirms a channel of a representative by its code, or ends it."""
    return _change(request, lang, signed, channel)


@official
def channel_of_official(request: HttpRequest, lang: Language, signed: Signed, channel: UUID) -> HttpResponse:
    """Confirms a channel of an official by its code, or ends it."""
    return _change(request, lang, signed, channel)


def _room(signed: Signed) -> str:
    return "office" if signed.viewer.appointments else "desk"


def _channels(request: HttpRequest, lang: Language, signed: Signed) -> HttpResponse:
    if request.method != "POST":
        return _show(request, lang, signed)
    kind = Channel.Kind.WEBHOOK if request.POST.get("kind") == Channel.Kind.WEBHOOK else Channel.Kind.MAIL
    try:
        made = add(signed.account, kind, request.POST.get("address", ""), lang)
    except Refusal as refusal:
        return _show(request, lang, signed, refusal=refusal, status=_UNFIT)
    if made.kind == Channel.Kind.WEBHOOK:
        return _show(request, lang, signed, secret=signing_secret(made, home()))
    return redirect(f"{_room(signed)}:alerts", lang)


def _change(request: HttpRequest, lang: Language, signed: Signed, channel: UUID) -> HttpResponse:
    found = channels_of(signed.account).filter(pk=channel).first()
    if found is None:
        raise Http404
    if request.method == "POST" and "end" in request.POST:
        end(found)
    elif request.method == "POST" and not confirm(found, request.POST.get("code", ""), home()):
        refusal = Refusal(
            "GS-OFFICE-036",
            "This is not the code that was sent there, or its time is over.",
            why="A code holds for two days, and for five attempts.",
            remedy="Type it as it was sent; or end this address, and name it again.",
        )
        return _show(request, lang, signed, refusal=refusal, status=_UNFIT)
    return redirect(f"{_room(signed)}:alerts", lang)


def _show(
    request: HttpRequest,
    lang: Language,
    signed: Signed,
    *,
    refusal: Refusal | None = None,
    secret: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "channels": list(channels_of(signed.account)),
        "undelivered": undelivered_to(signed.account),
        "newest": newest_of(signed.account, lang),
        "refusal": refusal,
        "secret": secret,
        "room": _room(signed),
    }
    return page(request, lang, "alerts.html", context, status=status)
