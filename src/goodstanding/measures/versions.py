"""The versions of measures, memoranda and bodies that orders are held to. Written by the owner of the database alone:
the role that orders does not say what may be ordered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date
from enum import Enum

from django.db import DEFAULT_DB_ALIAS

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.measure import Measure, Memorandum
from goodstanding.catalogue.model import Pack
from goodstanding.core.clock import Clock
from goodstanding.ledger.models import Event
from goodstanding.ledger.writing import OPERATOR, operating
from goodstanding.measures.models import Adoption, Body, MeasureVersion, MemorandumVersion
from goodstanding.measures.triggering import triggering_procedures


def digest_of(one: Measure | Memorandum, *beside: str) -> str:
    """SHA-256, in hexadecimal, of all that it says, and of what is kept beside it."""
    whole = asdict(one)
    if whole.get("standing", ...) is None:
        del whole["standing"]  # what does not say this keeps the digest that it had before it could be said
    said = [whole, *beside]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def said_of_measure(measure: Measure) -> dict[str, object]:
    """What the database knows of a measure, by column."""
    return {
        "path": measure.path,
        "digest": digest_of(measure),
        "title": {"en": measure.title.en, "zh": measure.title.zh},
        "effect": measure.effect.value,
        "executable": measure.executable,
        "hits": measure.hits.value,
        "law": [[one.instrument, one.article] for one in measure.basis],
        "processes": [one.value for one in measure.processes],
        "precedence": measure.precedence,
        "pauses_in_suit": measure.pauses_in_suit,
        "shielded_by_plan": measure.shielded_by_plan,
        "division": measure.division,
    }


def said_of_memorandum(memorandum: Memorandum, pack: Pack) -> dict[str, object]:
    """What the database knows of a memorandum, by column, with the procedures that list on its lists."""
    procedures = triggering_procedures(memorandum, pack)
    return {
        "path": memorandum.path,
        "digest": digest_of(memorandum, *procedures),
        "effect": memorandum.effect.value,
        "procedures": list(procedures),
        "agreed": [[one.measure, one.authority, one.bound.value] for one in memorandum.agreed],
        "valid_from": memorandum.valid_from,
        "valid_to": memorandum.valid_to,
    }


def standing_law(memorandum: Memorandum) -> list[list[str]]:
    """The law by which a memorandum reaches entries that stood before it: a list of [instrument, article], or empty."""
    law = memorandum.standing
    return [[law.instrument, law.article]] if law else []


def bodies_in(pack: Pack, catalogue: Catalogue) -> set[tuple[str, bool]]:
    """Who carries out what the memoranda of a pack agreed, and whether each is a market participant."""
    paths = {agreed.authority for one in pack.memoranda for agreed in one.agreed}
    return {(one, catalogue.authority(one).market) for one in paths}


def register(pack: Pack, catalogue: Catalogue, clock: Clock) -> None:
    """Make the database know the measures and memoranda of a pack; writes nothing that it knows already.

    A version that the pack says no more is marked so: nothing new rests on it.

    Raises:
        Refusal: GS-LEDGER-053 if there is something to write and this process is not the operator's.
    """
    measures = _lacking(MeasureVersion, [said_of_measure(one) for one in pack.measures])
    memoranda = _lacking(MemorandumVersion, [said_of_memorandum(one, pack) for one in pack.memoranda])
    bodies = sorted(bodies_in(pack, catalogue) - set(Body.objects.values_list("path", "market")))
    if not measures and not memoranda and not bodies and not _adopted(pack):
        return
    with operating(Event.Kind.CASE, actor="packs", clock=clock) as event:
        # Another command may register the same at the same time: who comes second writes nothing.
        MeasureVersion.objects.using(OPERATOR).bulk_create(
            [MeasureVersion(**one, event=event) for one in measures], ignore_conflicts=True
        )
        MemorandumVersion.objects.using(OPERATOR).bulk_create(
            [MemorandumVersion(**one, event=event) for one in memoranda], ignore_conflicts=True
        )
        for path, market in bodies:
            Body.objects.using(OPERATOR).get_or_create(path=path, market=market, defaults={"event": event})
        for version, said, standing in _adopted(pack, OPERATOR):
            Adoption.objects.using(OPERATOR).create(
                memorandum_id=_registered(version), said=said, standing=standing, event=event
            )


def _registered(version: int | None) -> int:
    if version is None:
        raise AssertionError("what a pack says is registered before it is adopted")
    return version


def _adopted(pack: Pack, using: str = DEFAULT_DB_ALIAS) -> list[tuple[int | None, bool, list[list[str]]]]:
    """What changed in which versions the pack says: version (None: not registered yet), whether it says it, its law."""
    rows = MemorandumVersion.objects.using(using).filter(path__startswith=f"{pack.name}/")
    known = {digest: pk for pk, digest in rows.values_list("pk", "digest")}
    held: dict[int, tuple[bool, list[list[str]]]] = {}
    for version, said, law in (
        Adoption.objects.using(using)
        .filter(memorandum__in=known.values())
        .order_by("pk")
        .values_list("memorandum_id", "said", "standing")
    ):
        held[version] = (said, law)
    wanted = {digest_of(one, *triggering_procedures(one, pack)): standing_law(one) for one in pack.memoranda}
    fresh: list[tuple[int | None, bool, list[list[str]]]] = [
        (known.get(digest), True, law)
        for digest, law in wanted.items()
        if digest not in known or held.get(known[digest], (False, []))[0] is False
    ]
    gone = {known[digest] for digest in known.keys() - wanted.keys()}
    return fresh + [(one, False, held[one][1]) for one in sorted(gone) if one in held and held[one][0]]


def _lacking(
    model: type[MeasureVersion] | type[MemorandumVersion], said: list[dict[str, object]]
) -> list[dict[str, object]]:
    known = set(model.objects.values_list("digest", flat=True))
    return [one for one in said if one["digest"] not in known]


def measure_version(measure: Measure) -> MeasureVersion:
    """The registered version of a measure."""
    return MeasureVersion.objects.get(digest=digest_of(measure))


def memorandum_version(memorandum: Memorandum, pack: Pack) -> MemorandumVersion:
    """The registered version of a memorandum."""
    return MemorandumVersion.objects.get(
        digest=digest_of(memorandum, *triggering_procedures(memorandum, pack))
    )


def body(path: str, catalogue: Catalogue) -> Body:
    """An authority or a market participant, as the catalogue knows it."""
    return Body.objects.get(path=path, market=catalogue.authority(path).market)
