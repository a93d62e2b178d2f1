"""Where attempts to sign in are counted: in the database, so that a restart forgets none and processes share them.

It is a cache as Django has them, for allauth counts in one. Django's own cache in a database unpickles what it reads:
whoever can write there could run programs in the web server. This one holds JSON, and digests for keys.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils import timezone

from goodstanding.office.models.attempt import Attempt

_TAKE = (
    "INSERT INTO office_attempt (key, value, until) VALUES (%s, %s, %s) ON CONFLICT (key) DO UPDATE"
    " SET value = excluded.value, until = excluded.until"
)
LONGEST = 86400
"""Seconds for which anything is remembered at most."""


class Attempts(BaseCache):
    """A small cache in `office_attempt`. Values are what JSON can say; what is over is removed when more is added."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value if none is kept under the key; whether it was kept. Of two at once, one gets a yes."""
        now = timezone.now()
        Attempt.objects.filter(until__lte=now).delete()
        return self._take(f"{_TAKE} WHERE office_attempt.until <= %s", key, value, timeout, version, now)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """What is kept under the key and is not over."""
        kept = Attempt.objects.filter(pk=self._digest(key, version), until__gt=timezone.now()).first()
        return default if kept is None else kept.value

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value, whatever was kept before."""
        self._take(_TAKE, key, value, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget what is kept under the key; whether there was something."""
        return bool(Attempt.objects.filter(pk=self._digest(key, version)).delete()[0])

    def clear(self) -> None:
        """Forget everything."""
        Attempt.objects.all().delete()

    def _take(
        self, statement: str, key: str, value: Any, timeout: Any, version: int | None, *more: Any
    ) -> bool:
        until = self._until(timeout)
        with connection.cursor() as cursor:
            cursor.execute(statement, [self._digest(key, version), json.dumps(value), until, *more])
            return bool(cursor.rowcount)

    def _until(self, timeout: Any) -> datetime:
        given = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return timezone.now() + timedelta(seconds=min(LONGEST if given is None else given, LONGEST))

    def _digest(self, key: str, version: int | None) -> str:
        return hashlib.sha256(self.make_and_validate_key(key, version=version).encode()).hexdigest()
