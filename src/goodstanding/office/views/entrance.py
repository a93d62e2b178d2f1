"""Where one comes in after signing in: what the account may do today, and until when."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goodstanding.office.gate import roles_of
from goodstanding.office.history import heads
from goodstanding.office.language import language_of, other_language
from goodstanding.office.models import Account
from goodstanding.office.naming import authority_text, subject_names


@login_required
def entrance(request: HttpRequest) -> HttpResponse:
    """The account's appointments and mandates of today, each with the way to its work."""
    account = cast(Account, request.user)
    if account.password_is_initial:
        return redirect("account_change_password")
    viewer, lang = roles_of(account), language_of(request)
    names = subject_names(lang, [one.subject_id for one in viewer.mandates])
    context = {
        "lang": lang,
        "switch": other_language(request, lang),
        "section": "work",
        "heads": bool(heads(viewer)),
        "appointments": [(one, authority_text(one.authority, lang)) for one in viewer.appointments],
        "mandates": [(one, names.get(one.subject_id, one.subject.identifier)) for one in viewer.mandates],
    }
    return render(request, "office/entrance.html", context)
