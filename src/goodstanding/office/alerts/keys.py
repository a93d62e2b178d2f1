"""Secrets of channels: worked out from one key of the home, so that none stands in the database."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from contextlib import suppress

from goodstanding.core.home import Home
from goodstanding.office.models import Channel

_FILE = "alerts.key"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE = 8


def _key(home: Home) -> bytes:
    """The home's key, made if it is not there: mode 0600, and of two that make it at once the first one's stays."""
    folder = home.path / "secrets"
    path = folder / _FILE
    if not path.exists():
        folder.mkdir(mode=0o700, exist_ok=True)
        fresh = folder / f"{_FILE}.{os.getpid()}.{secrets.token_hex(4)}"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(handle, secrets.token_bytes(32))
            os.fsync(handle)
        finally:
            os.close(handle)
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_bytes()


def signing_secret(channel: Channel, home: Home) -> str:
    """What a webhook's requests are signed with: 64 hexadecimal digits, taken as text."""
    return hmac.new(_key(home), f"sign {channel.pk}".encode(), hashlib.sha256).hexdigest()


def code_of(channel: Channel, home: Home) -> str:
    """What confirms a channel: eight letters and digits, another one each time that it is sent."""
    told = f"confirm {channel.pk} {channel.confirm_by.isoformat()}".encode()
    drawn = hmac.new(_key(home), told, hashlib.sha256).digest()
    return "".join(_LETTERS[one % len(_LETTERS)] for one in drawn[:_CODE])
