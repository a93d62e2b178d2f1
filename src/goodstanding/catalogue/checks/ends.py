"""Clause 1.8: everything ends."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.checks.finding import Check, Finding
from goodstanding.catalogue.domains import SENSIBLE_RETENTION
from goodstanding.catalogue.model import Pack


def _retention(pack: Pack) -> Iterator[Finding]:
    for item in pack.items:
        if not 1 <= item.retention.months <= SENSIBLE_RETENTION:
            yield Finding(
                f"{item.path} is kept for {item.retention.months} months",
                f"retention {item.path}",
                f"A number of months from 1 to {SENSIBLE_RETENTION}, with the rule that says so.",
            )


CHECKS = (Check("GS-PACK-181", "1.8", "retention is bounded for everything kept.", _retention),)
