"""This node's identity."""

from __future__ import annotations

from django.db import models

from goodstanding.ledger.models.event import Event


class Node(models.Model):
    """The fingerprint of the secret that keys the dedupe HMACs; the secret itself is a file of the home.

    A database must only ever be used with the secret that it was made with: under another one every row
    would look new, and erased rows would come back.
    """

    fingerprint = models.CharField(max_length=64)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
