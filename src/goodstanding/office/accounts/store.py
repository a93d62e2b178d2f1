"""Sessions in the database, as Django keeps them; each page reads its own by a statement that is planned once."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Kept
from django.utils import timezone

from goodstanding.office.statements import row_of

_LOAD = "SELECT session_data FROM django_session WHERE session_key = %(key)s AND expire_date > %(now)s"


class SessionStore(Kept):
    """Django's store of sessions in the database."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing where there is none, or it is over."""
        row = row_of(_LOAD, {"key": self.session_key, "now": timezone.now()})
        if row is None:
            self._session_key = None
            return {}
        return dict(self.decode(row[0]))
