"""The records that a case rests on, as its parties see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from goodstanding.core.reader import Access
from goodstanding.office.reading import Evidence
from goodstanding.portal import shelf, written
from goodstanding.portal.language import Language


@dataclass(frozen=True)
class GroundLine:
    """One record: what it is, which document says so, by whom. Of an erased one only that it was there."""

    item: str
    document: str
    article: str
    by: str
    decided_on: date | None
    amount: int | None
    currency: str

    @property
    def on(self) -> str:
        """The day of the decision."""
        return self.decided_on.isoformat() if self.decided_on else "—"

    def what(self, lang: Language) -> str:
        """The item's title, with the amount."""
        found = shelf.item_at(self.item)
        title = lang.of(found.title) if found else self.item
        money = written.money(self.amount, self.currency, lang) if self.amount is not None else ""
        return f"{title} {money}".strip()


def grounds_of(authority: str, evidence: Iterable[Evidence]) -> tuple[GroundLine, ...]:
    """The evidence of a case, which its notice names: a restricted record of another authority is not opened by it."""
    return tuple(_line(one) for one in evidence if one.access < Access.RESTRICTED or _keeps(authority, one))


def _keeps(authority: str, record: Evidence) -> bool:
    contract = shelf.contract_at(record.source)
    return contract is not None and contract.authority == authority


def _line(record: Evidence) -> GroundLine:
    instrument = record.instrument
    return GroundLine(
        record.item,
        instrument.get("number") or "—",
        instrument.get("article") or "",
        instrument.get("authority") or "—",
        record.decided_on,
        record.amount if record.currency else None,
        record.currency or "",
    )
