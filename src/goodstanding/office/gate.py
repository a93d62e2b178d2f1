"""Who is signed in, as what, and whether that is enough: every page of the office comes through here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodstanding.office.capacities import capacities
from goodstanding.office.models import Account
from goodstanding.portal.language import Language
from goodstanding.portal.today import today
from goodstanding.procedures.queries import Viewer

_P = ParamSpec("_P")


@dataclass(frozen=True)
class Signed:
    """An account that is signed in, in one of its capacities: `viewer` holds nothing of the other."""

    account: Account
    viewer: Viewer


_View = Callable[Concatenate[HttpRequest, Language, Signed, _P], HttpResponse]


def official(view: _View[_P]) -> Callable[..., HttpResponse]:
    """Only for officials, with a second factor. To anyone else the page is not there."""
    return _only(view, lambda viewer: Viewer(appointments=viewer.appointments), factor=True)


def representative(view: _View[_P]) -> Callable[..., HttpResponse]:
    """Only for representatives of organisations."""
    return _only(view, lambda viewer: Viewer(mandates=viewer.mandates), factor=False)


def roles_of(account: Account) -> Viewer:
    """What an account may act as today."""
    return capacities(account, today()).viewer


def _only(
    view: _View[_P], capacity: Callable[[Viewer], Viewer], *, factor: bool
) -> Callable[..., HttpResponse]:
    def guarded(request: HttpRequest, lang: Language, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        account = request.user
        held = capacities(account, today())
        viewer = capacity(held.viewer)
        if viewer == Viewer():
            raise Http404
        if account.password_is_initial:
            return redirect("account_change_password")
        if factor and not held.factor:
            return redirect("mfa_activate_totp")
        response = view(request, lang, Signed(account, viewer), *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    guarded.__doc__ = view.__doc__
    return guarded
