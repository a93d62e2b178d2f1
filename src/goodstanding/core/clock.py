"""The one source of `today`.

No SQL of Goodstanding says CURRENT_DATE: the day comes from here and is passed on, so that `--today`
moves the clock in tests and in the demo without breaking a stored constraint.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Clock:
    """Tells the day and the instant; `fixed` pins the day."""

    fixed: date | None = None

    def today(self, zone: str = "UTC") -> date:
        """The civil day in an authority's time zone (an IANA name)."""
        if self.fixed is not None:
            return self.fixed
        return datetime.now(ZoneInfo(zone)).date()

    def now(self) -> datetime:
        """The instant, in UTC. Shown, never used to order anything: the ledger's position does that."""
        return datetime.now(UTC)
