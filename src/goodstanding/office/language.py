"""The language of pages whose address names none: asked for by `?lang=`, and kept in a cookie."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from goodstanding.portal.language import Language, of_address, preferred

COOKIE = "lang"
_YEAR = 365 * 24 * 60 * 60


def language_of(request: HttpRequest) -> Language:
    """What `?lang=` says, else the page that is gone to next, else the cookie, else the browser."""
    told = (request.GET.get("lang", ""), request.COOKIES.get(COOKIE, ""))
    for one in (told[0], of_address(request.GET.get("next", "")), told[1]):
        if one in tuple(Language):
            return Language(one)
    return preferred(request.headers.get("Accept-Language", ""))


def other_language(request: HttpRequest, lang: Language) -> str:
    """The same page in the other language, query and all."""
    asked = request.GET.copy()
    asked["lang"] = lang.other.value
    return f"{request.path}?{asked.urlencode()}"


class KeepLanguage:
    """Remembers the language that was asked for, so that the next page of the accounts keeps to it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with the cookie where a language was asked for."""
        response = self.get_response(request)
        if request.path.startswith("/account/") and request.GET.get("lang") in tuple(Language):
            response.set_cookie(COOKIE, request.GET["lang"], max_age=_YEAR, secure=True, samesite="Lax")
        return response
