"""The records that a case rests on, as its parties see them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from goodstanding.core.reader import Access
from goodstanding.ledger.models import Content
from goodstanding.portal import shelf, written
from goodstanding.portal.language import Language
from goodstanding.procedures.models import Case


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


def grounds_of(case: Case) -> tuple[GroundLine, ...]:
    """The evidence of a case, which its notice names: a restricted record of another authority is not opened by it."""
    records = list(case.grounds.values_list("record_id", flat=True))
    if case.record_id is not None:
        records.append(case.record_id)
    contents = (
        Content.objects.filter(record__in=records)
        .select_related("item", "record__source")
        .order_by("record_id")
    )
    return tuple(
        _line(one) for one in contents if one.access < Access.RESTRICTED or _keeps(case.authority, one)
    )


def _keeps(authority: str, content: Content) -> bool:
    contract = shelf.contract_at(content.record.source.path)
    return contract is not None and contract.authority == authority


def _line(content: Content) -> GroundLine:
    body = json.loads(content.body)
    instrument = body.get("instrument") or {}
    return GroundLine(
        content.item.path,
        instrument.get("number") or "—",
        instrument.get("article") or "",
        instrument.get("authority") or "—",
        content.decided_on,
        content.amount if content.currency else None,
        content.currency or "",
    )
