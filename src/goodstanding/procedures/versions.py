"""What cases are held to: versions of procedures, what each reaches, who keeps a source. Written by the owner alone.

A command registers what it needs when it needs it. The process that serves the office cannot: `serve --office`
registers all that the packs say before it starts that process.
"""

from __future__ import annotations

from collections.abc import Iterable

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.procedure import Act, CaseKind, Procedure
from goodstanding.core.clock import Clock
from goodstanding.ledger.models import Event
from goodstanding.ledger.writing import OPERATOR, operating
from goodstanding.procedures.deed import BY_LAW
from goodstanding.procedures.models import Keeper, ProcedureVersion, Reach, Silence, TermVersion, ToldDay

PROMISED = "promised"
"""From where the term of a check counts: no act, but the last day by which something was to be kept."""


def said_of(procedure: Procedure) -> dict[str, object]:
    """What the database knows of a procedure, by column."""
    statement = procedure.stage(Act.STATE)
    listing = procedure.listing if procedure.kind is CaseKind.LISTING else None
    return {
        "path": procedure.path,
        "digest": procedure.digest,
        "kind": procedure.kind.value,
        "authority": procedure.authority,
        "levels": list(procedure.levels),
        "reviewed_by": procedure.reviewed_by,
        "officials": procedure.officials,
        "statement_days": statement.within.amount if statement and statement.within else None,
        "item": listing.item if listing else "",
        "months": listing.months if listing else None,
    }


def reach_of(procedure: Procedure) -> dict[str, object]:
    """Which records a procedure is about, and where it holds, by column."""
    return {"items": list(procedure.applies_to), "division": procedure.division}


def silences_of(procedure: Procedure) -> dict[str, dict[str, object]]:
    """What follows from silence under a procedure: act → columns."""
    return {
        stage.act.value: {
            "follows": BY_LAW[stage.if_late].value,
            "starts": stage.within.starts.value,
            "amount": stage.within.amount,
            "unit": stage.within.unit.value,
            "law": [[one.instrument, one.article] for one in stage.law_of_silence],
        }
        for stage in procedure.stages
        if stage.within is not None and stage.law_of_silence
    }


def terms_of(procedure: Procedure) -> dict[str, dict[str, object]]:
    """How long each act of a procedure has: act → columns. A check of promises counts from the last of their days."""
    found: dict[str, dict[str, object]] = {
        stage.act.value: {
            "starts": stage.within.starts.value,
            "amount": stage.within.amount,
            "unit": stage.within.unit.value,
            "on_day": stage.within.on_day,
        }
        for stage in procedure.stages
        if stage.within is not None
    }
    if procedure.pledge is not None:
        check = procedure.pledge.check
        found[Act.KEEP.value] = {
            "starts": PROMISED,
            "amount": check.amount,
            "unit": check.unit.value,
            "on_day": check.on_day,
        }
    return found


def keepers_in(catalogue: Catalogue) -> set[tuple[str, str]]:
    """Each source with the authority that submits it."""
    return {(one.path, one.authority) for pack in catalogue.packs for one in pack.contracts}


def register(procedures: Iterable[Procedure], catalogue: Catalogue, clock: Clock) -> None:
    """Make the database know these procedures and the catalogue's sources; writes nothing that it knows already.

    Raises:
        Refusal: GS-LEDGER-053 if there is something to write and this process is not the operator's.
    """
    wanted = {one.digest: one for one in procedures}
    known = dict(ProcedureVersion.objects.filter(digest__in=wanted).values_list("digest", "reach"))
    silent = set(Silence.objects.filter(procedure__digest__in=wanted).values_list("procedure__digest", "act"))
    timed = set(
        TermVersion.objects.filter(procedure__digest__in=wanted).values_list("procedure__digest", "act")
    )
    lacking = [
        one
        for digest, one in wanted.items()
        if known.get(digest) is None
        or any((digest, act) not in silent for act in silences_of(one))
        or any((digest, act) not in timed for act in terms_of(one))
    ]
    sources = sorted(keepers_in(catalogue) - set(Keeper.objects.values_list("source", "authority")))
    if not lacking and not sources:
        return
    with operating(Event.Kind.CASE, actor="packs", clock=clock) as event:
        for one in lacking:
            version, _ = ProcedureVersion.objects.using(OPERATOR).get_or_create(
                digest=one.digest, defaults={**said_of(one), "event": event}
            )
            Reach.objects.using(OPERATOR).get_or_create(
                procedure=version, defaults={**reach_of(one), "event": event}
            )
            for act, columns in silences_of(one).items():
                Silence.objects.using(OPERATOR).get_or_create(
                    procedure=version, act=act, defaults={**columns, "event": event}
                )
            TermVersion.objects.using(OPERATOR).bulk_create(
                [
                    TermVersion(procedure_id=version.pk, act=act, event_id=event.pk, **columns)
                    for act, columns in terms_of(one).items()
                ],
                ignore_conflicts=True,
            )
        for source, authority in sources:
            Keeper.objects.using(OPERATOR).get_or_create(
                source=source, authority=authority, defaults={"event": event}
            )


def version_of(procedure: Procedure, catalogue: Catalogue, clock: Clock) -> ProcedureVersion:
    """The version that the database knows. Raises as `register`."""
    register((procedure,), catalogue, clock)
    return ProcedureVersion.objects.get(digest=procedure.digest)


def tell_days(clock: Clock) -> None:
    """Keep that the days of this ledger are told (`--today`), and are not those of the server's clock.

    Raises:
        Refusal: GS-LEDGER-053 if it was not kept before and this process is not the operator's.
    """
    if clock.fixed is None or ToldDay.objects.exists():
        return
    with operating(Event.Kind.CASE, actor="--today", clock=clock) as event:
        ToldDay.objects.using(OPERATOR).create(event=event)
