"""How often somebody tried to sign in of late: one count for all processes that serve the office."""

from __future__ import annotations

from django.db import models


class Attempt(models.Model):
    """What is remembered of attempts until a moment. `key` is a digest: no address and no name lies here."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.JSONField()
    until = models.DateTimeField(db_index=True)
