"""Documents that parties hand in: bounded in size and number, kept in the home, gone after a while."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from goodstanding.core.dates import add_months
from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home
from goodstanding.office.acting import CLOCK, TIME_OVER, acting
from goodstanding.office.models import Account, Upload
from goodstanding.office.queries import cases_of
from goodstanding.procedures.models import Case
from goodstanding.procedures.nobody import name_nobody
from goodstanding.procedures.queries import Viewer

LARGEST = 5 * 1024 * 1024
"""Bytes of one document."""
MOST = 20
"""Documents of one case."""
MONTHS = 36
"""How long a document is kept at most, used or not: the longest term of a listing. It goes sooner with the texts of its
case (`procedures.forgetting`)."""


def uploads_of(viewer: Viewer, day: date) -> QuerySet[Upload]:
    """The documents of the cases to which a viewer is a party, while they are kept."""
    return Upload.objects.filter(case__in=cases_of(viewer), kept_until__gt=day)


def hand_in(
    case: Case, file: UploadedFile[bytes], title: str, *, account: Account, home: Home, day: date
) -> Upload:
    """Keep a document with a case; what is past its time goes at the same time.

    Raises:
        Refusal: GS-CASE-012 if its name holds a person's number;
            GS-OFFICE-012 if it is too large, or empty; GS-OFFICE-013 if the case has too many.
    """
    name_nobody(title, str(file.name))
    sweep(home, day)
    if not file.size or file.size > LARGEST:
        raise Refusal(
            "GS-OFFICE-012",
            f"A document has at most {LARGEST // 1024 // 1024} MB, and is not empty.",
            where=str(file.name),
            remedy="Hand in a smaller file, or several.",
        )
    if Upload.objects.filter(case=case).count() >= MOST:
        raise Refusal(
            "GS-OFFICE-013",
            f"A case takes at most {MOST} documents.",
            remedy="Put several into one file.",
        )
    content = file.read()
    upload = Upload(
        case=case,
        account=account,
        title=title,
        name=Path(str(file.name)).name[-200:],
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        kept_until=add_months(day, MONTHS),
    )
    _write(place_of(home, upload), content)
    upload.save(force_insert=True)
    return upload


def content_of(upload: Upload, home: Home) -> bytes | None:
    """The bytes that were handed in; None if the file is gone, or is another one."""
    with suppress(FileNotFoundError):
        content = place_of(home, upload).read_bytes()
        return content if hashlib.sha256(content).hexdigest() == upload.digest else None
    return None


def sweep(home: Home, day: date) -> int:
    """Remove what is past its time, and files of which nothing is known. Returns how many documents went."""
    old = list(Upload.objects.filter(kept_until__lte=day))
    for one in old:
        place_of(home, one).unlink(missing_ok=True)
        with acting(CLOCK, TIME_OVER):
            one.delete()
    known = {str(one) for one in Upload.objects.values_list("id", flat=True)}
    for path in _kept(home):
        if path.name not in known and _forgotten(path):
            path.unlink(missing_ok=True)
    return len(old)


def _forgotten(path: Path) -> bool:
    """Whether a file without a row is old enough that nobody is just writing its row."""
    with suppress(FileNotFoundError):
        return time.time() - path.stat().st_mtime > 3600
    return False


def _kept(home: Home) -> Iterator[Path]:
    folder = home.path / "uploads"
    yield from folder.iterdir() if folder.is_dir() else ()


def place_of(home: Home, upload: Upload) -> Path:
    """Where the file of a document lies."""
    return home.path / "uploads" / str(upload.pk)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
