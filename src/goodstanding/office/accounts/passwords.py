"""Passwords: the operator's first one, printed once, and the holder's own."""

from __future__ import annotations

import secrets
from typing import Any

from goodstanding.office.models import Account

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look like another
_GROUPS, _LENGTH = 4, 5


def initial_password() -> str:
    """Twenty letters of chance in groups (99 bits): read off a screen once, and then changed."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(_GROUPS))


def chosen(*, user: Account, **_more: Any) -> None:
    """The holder has chosen a password."""
    if user.password_is_initial:
        user.password_is_initial = False
        user.save(update_fields=["password_is_initial"])
