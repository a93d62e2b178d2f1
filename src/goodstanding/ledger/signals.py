"""What rooms below the ledger may follow."""

from __future__ import annotations

from django.dispatch import Signal

erasing = Signal()
"""Sent before an erasure with the `records` (ids) that it would reach: whoever knows why one must stay refuses."""
erased = Signal()
"""Sent inside the transaction of an erasure with its `event`, `records` (ids), `subjects` (ids) and the `home`: whoever
keeps something derived from them removes it in the same transaction."""
