"""Mail: through the server that the operator names, or into files that the operator reads."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from smtplib import SMTPException
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.mail import EmailMessage, get_connection

from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home
from goodstanding.office.alerts.webhook import Answer

SERVER, SENDER = "GOODSTANDING_MAIL", "GOODSTANDING_MAIL_FROM"
PATIENCE = 15
_FILES = "file:"


def outbox(home: Home) -> Path:
    """Where mail lies that goes into files."""
    return home.path / "outbox"


def _server(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtp+starttls", "smtps") or not parts.hostname:
        raise Refusal(
            "GS-OFFICE-033",
            "This names no mail server.",
            where=SERVER,
            remedy="Write smtps://user:password@host, smtp+starttls://…, smtp://host, or file: for files in the home.",
        )
    return parts


def _connection(url: str, home: Home) -> Any:
    if url == _FILES:
        outbox(home).mkdir(mode=0o700, exist_ok=True)
        return get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=outbox(home))
    parts = _server(url)
    secure = parts.scheme == "smtps"
    return get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or (465 if secure else 587 if parts.scheme == "smtp+starttls" else 25),
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_ssl=secure,
        use_tls=parts.scheme == "smtp+starttls",
        timeout=PATIENCE,
    )


def send(
    to: str,
    subject: str,
    text: str,
    *,
    delivery: str,
    home: Home,
    environment: Mapping[str, str] = os.environ,
) -> Answer:
    """Hand a message to the server. Accepted is what the server took: whether anybody reads it, nobody knows.

    Without a server nothing is accepted: mail that goes nowhere must not look as if it had gone.
    In the home of a demo it goes into files.
    """
    url = environment.get(SERVER, "") or (_FILES if (home.path / "demo.json").exists() else "")
    if not url:
        return Answer(False, f"no mail server is named ({SERVER})")
    sender = environment.get(SENDER, "goodstanding@localhost")
    message = EmailMessage(
        subject.replace("\n", " "),
        text,
        sender,
        [to],
        headers={"Message-ID": f"<{delivery}@goodstanding>", "Auto-Submitted": "auto-generated"},
    )
    try:
        message.connection = _connection(url, home)
        message.send()
    except Refusal as refusal:
        return Answer(False, f"{refusal.code}: {refusal.what}")
    except (OSError, SMTPException, ValueError) as error:
        # Only the kind of error: what a server says may repeat the address.
        return Answer(False, f"the mail server did not take it ({type(error).__name__})")
    return Answer(True, "written to a file" if url == _FILES else "taken by the mail server")
