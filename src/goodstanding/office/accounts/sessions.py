"""Sessions end: what is over goes from the database, too."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.models import Session
from django.utils import timezone


def swept(**_more: Any) -> None:
    """Somebody signs in: the sessions that are over are removed."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
