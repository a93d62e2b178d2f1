"""The accounts of the demo: made once per home, with a password and a second factor that the home keeps."""

from __future__ import annotations

import base64
import hmac
import json
import os
import secrets
import struct
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from goodstanding.core.errors import Refusal

_PERIOD = 30  # seconds for which a code holds (RFC 6238)


@dataclass(frozen=True)
class Person:
    """One who can sign in to the demo's office. `key` is what appointments and mandates name."""

    name: str
    is_: str
    password: str
    secret: str
    key: str

    def code(self, at: float | None = None) -> str:
        """What an authenticator app shows, six digits (RFC 6238 with SHA-1, 30 seconds). `at` in Unix seconds."""
        counter = int(time.time() if at is None else at) // _PERIOD
        digest = hmac.digest(base64.b32decode(self.secret), struct.pack(">Q", counter), "sha1")
        place = digest[-1] & 0x0F
        number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06}"


SIGN_IN = {
    "official": "an official of two authorities: market regulation, and human resources",
    "head": "the head of both offices, who signs second",
    "above": "an official of the authority above, who confirms",
    "counter": "an official of the authorities that carry measures out, who asks at the counter",
    "colleague": "an official of the other authorities, whose queue has their cases",
    "company": "the representative of two companies",
}
"""Account → who it is. Each signs in with its own password; nothing is mailed to the addresses."""
COLLEAGUES = {
    "colleague-head": "the head of their offices",
    "colleague-above": "an official above them",
    "companies": "the representative of the other companies",
}
"""Those who act in the play and cannot sign in: their passwords were never told to anyone."""


def people_of(home: Path) -> dict[str, Person]:
    """The accounts of a home, made if they are not there yet. Django is set up, as the app role."""
    file = _file(home)
    if file.exists():
        return read(home)
    made = [_make(name, is_) for name, is_ in (SIGN_IN | COLLEAGUES).items()]
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump([asdict(one) for one in made], out, indent=1)
    return {one.name: one for one in made}


def read(home: Path) -> dict[str, Person]:
    """The accounts that a home keeps.

    Raises:
        Refusal: GS-CLI-032 if the home holds no demo that is ready.
    """
    try:
        kept = json.loads(_file(home).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Refusal(
            "GS-CLI-032",
            "This home holds no demo whose cases have been played.",
            where=str(home),
            remedy="Run goodstanding demo first, with the same --home.",
        ) from None
    return {one["name"]: Person(**one) for one in kept}


def _file(home: Path) -> Path:
    return home / "demo-accounts.json"


def _make(name: str, is_: str) -> Person:
    """An account past its first password. The factor is set where it can sign in; officials need one."""
    from allauth.mfa.totp.internal.auth import TOTP
    from django.db import transaction

    from goodstanding.office.accounts.making import make
    from goodstanding.office.models import Account

    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    with transaction.atomic():
        Account.objects.filter(username=name).delete()  # of a demo that was stopped before it could keep them
        account, password = make(name, email=f"{name}@demo.invalid", shown_as=f"{name} (demo)")
        account.password_is_initial = False
        account.save(update_fields=["password_is_initial"])
        if name in SIGN_IN:
            TOTP.activate(account, secret)
    return Person(name, is_, password, secret, account.key)
