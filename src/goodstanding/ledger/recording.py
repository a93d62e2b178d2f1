"""One record that a decision of ours writes, inside an event that is open: skeleton, content, part of the extract."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import duckdb

from goodstanding.catalogue.model import FieldType, Item
from goodstanding.core.home import Home
from goodstanding.ledger.models import Content, Event, Part, Record, Source, Subject
from goodstanding.ledger.models import Item as ItemRow
from goodstanding.ledger.parts import register_part, write_part
from goodstanding.ledger.shuttle import quoted

_SLOTS = range(1, 5)


@dataclass(frozen=True)
class Instrument:
    """The legally effective document: authority, number, the day of it."""

    authority: str
    number: str
    dated: date
    article: str = ""


@dataclass(frozen=True)
class Entry:
    """What is recorded about a subject. `fields` are values of the item's fields, by name; dates are [from, to)."""

    item: Item
    subject: Subject
    instrument: Instrument
    decided_on: date
    effective_from: date
    effective_to: date
    seriousness: int | None = None
    fields: Mapping[str, str | int] | None = None

    def body(self) -> str:
        """The content as canonical JSON (RFC 8785: texts and integers only)."""
        instrument = {
            "authority": self.instrument.authority,
            "dated": self.instrument.dated.isoformat(),
            "number": self.instrument.number,
        }
        if self.instrument.article:
            instrument["article"] = self.instrument.article
        content: dict[str, object] = {
            "item": self.item.path,
            "instrument": instrument,
            "dates": {
                "decided_on": self.decided_on.isoformat(),
                "effective_from": self.effective_from.isoformat(),
                "effective_to": self.effective_to.isoformat(),
            },
            "subject": {"scheme": self.subject.scheme, "identifier": self.subject.identifier},
        }
        if self.seriousness is not None:
            content["seriousness"] = self.seriousness
        if self.fields:
            content["fields"] = dict(self.fields)
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def record_entry(
    event: Event, entry: Entry, *, number: int, source: str, key: str, home: Home, secret: bytes
) -> Record:
    """Write one record as the event's row `number`.

    Args:
        event: open in this transaction.
        number: row within the event, from 1: the record's id is event × 2³² + number.
        source: full path of what stands for a contract, `<pack>/decisions`.
        key: what makes the record one of its own within the source.
        secret: the node's.

    Raises:
        IntegrityError: if the database's guards refuse it.
    """
    body, salt = entry.body(), secrets.token_bytes(16)
    by = Source.objects.get_or_create(path=source, defaults={"event": event})[0]
    item = ItemRow.objects.get_or_create(path=entry.item.path, defaults={"event": event})[0]
    record = Record.objects.create(
        pk=record_id(event, number),
        source=by,
        source_key=_known_again(secret, b"key\0" + source.encode() + b"\0", key),
        leaf=hashlib.sha256(salt + body.encode()).digest(),
    )
    Content.objects.create(
        record=record,
        subject=entry.subject,
        item=item,
        access=int(entry.item.access),
        decided_on=entry.decided_on,
        effective_from=entry.effective_from,
        effective_to=entry.effective_to,
        seriousness=entry.seriousness,
        digest=_known_again(secret, b"content\0", body),
        salt=salt,
        body=body,
    )
    with duckdb.connect() as con:
        part = write_part(
            con,
            home,
            _extract_row(record.pk, entry, item.pk),
            event_id=event.pk,
            name=f"records-{int(entry.item.access)}-{number}",
            kind=Part.Kind.RECORDS,
            access=int(entry.item.access),
        )
    register_part(part, event)
    return record


def record_id(event: Event, number: int) -> int:
    """The id of an event's record: what refers to it can be written before it."""
    return event.pk << 32 | number


def _known_again(secret: bytes, prefix: bytes, text: str) -> UUID:
    return UUID(hmac.digest(secret, prefix + text.encode(), "sha256").hex()[:32])


def _extract_row(record: int, entry: Entry, item: int) -> str:
    """The row of the extract, as a query of DuckDB."""
    numbers: dict[int, str] = {}
    codes: dict[int, str] = {}
    for name, value in (entry.fields or {}).items():
        known = entry.item.field_named(name)
        if known is None or known.slot is None:
            continue
        if known.type is FieldType.NUMBER:
            numbers[known.slot] = str(int(value))
        else:
            codes[known.slot] = quoted(str(value))
    columns = [
        f"{record}::BIGINT AS record_id",
        f"{entry.subject.pk}::BIGINT AS subject_id",
        f"{item}::INTEGER AS item",
        "NULL::DATE AS occurred_on",
        *(
            f"DATE '{day.isoformat()}' AS {name}"
            for name, day in (
                ("decided_on", entry.decided_on),
                ("effective_from", entry.effective_from),
                ("effective_to", entry.effective_to),
            )
        ),
        "NULL::BIGINT AS amount",
        "NULL::VARCHAR AS currency",
        f"{'NULL' if entry.seriousness is None else entry.seriousness}::TINYINT AS seriousness",
        f"{int(entry.item.access)}::TINYINT AS access",
        *(f"{numbers.get(slot, 'NULL')}::BIGINT AS number_{slot}" for slot in _SLOTS),
        *(f"{codes.get(slot, 'NULL')}::VARCHAR AS code_{slot}" for slot in _SLOTS),
    ]
    return f"SELECT {', '.join(columns)}"
