"""Who signs in: allauth's way, and the account of a session with all that a page asks of it."""

from __future__ import annotations

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from goodstanding.office.capacities import account_of
from goodstanding.office.models import Account
from goodstanding.portal.today import today


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signs accounts in by name and password."""

    def get_user(self, user_id: str | UUID) -> Account | None:
        """The account of a session, while it may sign in."""
        found = account_of(UUID(str(user_id)), today())
        return found[0] if found is not None and self.user_can_authenticate(found[0]) else None
