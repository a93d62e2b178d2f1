"""The versions of measures, memoranda and bodies that orders are held to, written with the first order."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date
from enum import Enum

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.measure import Measure, Memorandum
from goodstanding.catalogue.model import Pack
from goodstanding.ledger.models import Event
from goodstanding.measures.models import Body, MeasureVersion, MemorandumVersion
from goodstanding.measures.triggering import triggering_procedures


def digest_of(one: Measure | Memorandum, *beside: str) -> str:
    """SHA-256, in hexadecimal, of all that it says, and of what is kept beside it."""
    said = [asdict(one), *beside]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def measure_version(measure: Measure, event: Event) -> MeasureVersion:
    """The version of a measure that the database knows."""
    digest = digest_of(measure)
    known = MeasureVersion.objects.filter(digest=digest).first()
    return known or MeasureVersion.objects.create(
        path=measure.path,
        digest=digest,
        title={"en": measure.title.en, "zh": measure.title.zh},
        effect=measure.effect.value,
        executable=measure.executable,
        hits=measure.hits.value,
        law=[[one.instrument, one.article] for one in measure.basis],
        processes=[one.value for one in measure.processes],
        precedence=measure.precedence,
        pauses_in_suit=measure.pauses_in_suit,
        shielded_by_plan=measure.shielded_by_plan,
        division=measure.division,
        event=event,
    )


def memorandum_version(memorandum: Memorandum, pack: Pack, event: Event) -> MemorandumVersion:
    """The version of a memorandum that the database knows, with the procedures that list on its lists."""
    procedures = triggering_procedures(memorandum, pack)
    digest = digest_of(memorandum, *procedures)
    known = MemorandumVersion.objects.filter(digest=digest).first()
    return known or MemorandumVersion.objects.create(
        path=memorandum.path,
        digest=digest,
        effect=memorandum.effect.value,
        procedures=list(procedures),
        agreed=[[one.measure, one.authority, one.bound.value] for one in memorandum.agreed],
        valid_from=memorandum.valid_from,
        valid_to=memorandum.valid_to,
        event=event,
    )


def body(path: str, catalogue: Catalogue, event: Event) -> Body:
    """An authority or a market participant, as the catalogue knows it."""
    market = catalogue.authority(path).market
    return Body.objects.get_or_create(path=path, market=market, defaults={"event": event})[0]
