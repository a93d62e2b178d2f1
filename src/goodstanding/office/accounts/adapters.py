"""What allauth asks of us: who may register, how secrets are kept, what is mailed."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by the operator, and nothing is mailed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers here."""
        return False

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail is sent yet: the operator is asked in person."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page that follows says what was done."""


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets of the second factor lie encrypted: a copy of the database alone signs nobody in."""

    def get_totp_label(self, user: Any) -> str:
        """What an authenticator app shows."""
        return str(user.username)

    def get_totp_issuer(self) -> str:
        """Whose code it is."""
        return "Goodstanding"

    def encrypt(self, text: str) -> str:
        """With a key that comes from the home's."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text; cryptography's InvalidToken where the home's key is another one."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"goodstanding second factor\x00" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
