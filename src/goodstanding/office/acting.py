"""Who acts, told to the database, which notes it with each change (`sql/changes.sql`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

OPERATOR, CLOCK = "operator", "clock"
NOBODY = "nobody"
"""A form of somebody who was not signed in yet: signing in, for instance."""
TIME_OVER = "Its time was over."
WORDS = (OPERATOR, CLOCK, NOBODY)
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


class NameWhoActs:
    """Each form that is sent in the office is noted under the account that sent it, with the page that it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Name the account before the form is acted on, and nobody after."""
        if request.method in _READS or not settings.ROOT_URLCONF.endswith("office_urls"):
            return self.get_response(request)
        _tell(str(request.user.pk) if request.user.is_authenticated else NOBODY, request.path, local=False)
        try:
            return self.get_response(request)
        finally:
            _tell("", "", local=False)


@contextmanager
def acting(who: str, why: str) -> Iterator[None]:
    """Changes in this block are noted under a name, for a reason; in one transaction."""
    with transaction.atomic():
        _tell(who, why, local=True)
        yield


def _tell(who: str, why: str, *, local: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('goodstanding.who', %s, %s), set_config('goodstanding.why', %s, %s)",
            [who, local, why, local],
        )
