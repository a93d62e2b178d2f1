"""The key that signs sessions and forms: made once, kept in the home."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_FILE = "django.key"
_NOTHING_SIGNED = "without a home no session is kept and nothing is signed"


def secret_key(environment: Mapping[str, str]) -> str:
    """GOODSTANDING_SECRET_KEY, or the key of the home that is worked with; made if it is not there, mode 0600.

    Without a home (checks, the public portal of a test) there is nothing to sign, and a stand-in is returned.
    """
    named = environment.get("GOODSTANDING_SECRET_KEY", "")
    if named:
        return named
    home = environment.get("GOODSTANDING_SERVED_HOME", "")
    return _kept(Path(home) / "secrets") if home else _NOTHING_SIGNED


def _kept(folder: Path) -> str:
    path = folder / _FILE
    if not path.exists():
        folder.mkdir(mode=0o700, exist_ok=True)
        fresh = folder / f"{_FILE}.{os.getpid()}"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(handle, secrets.token_urlsafe(48).encode())
            os.fsync(handle)
        finally:
            os.close(handle)
        with suppress(FileExistsError):  # of two processes that start at once, the first one's key stays
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text().strip()
