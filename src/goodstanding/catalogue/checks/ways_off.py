"""Clause 1.8, of procedures: a listing has an end and a way off; repair costs nothing and answers in time."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.checks.finding import Check, Finding
from goodstanding.catalogue.checks.process import listings, mark_of
from goodstanding.catalogue.domains import SENSIBLE_RETENTION
from goodstanding.catalogue.model import Pack
from goodstanding.catalogue.procedure import Act, CaseKind, IfLate, Listing, Party, Unit

_ANSWERED = (CaseKind.OBJECTION, CaseKind.REPAIR, CaseKind.DELISTING)
_SILENT = {
    IfLate.GRANTED: (_ANSWERED, (Act.DECIDE,)),
    IfLate.LAPSES: ((CaseKind.LISTING,), (Act.REVIEW, Act.NOTIFY, Act.DECIDE, Act.CONFIRM)),
}
"""In which kinds of cases, and at which acts of an authority, something can follow from its silence."""


def _term(pack: Pack) -> Iterator[Finding]:
    for one in listings(pack):
        if one.listing is not None and not 1 <= one.listing.months <= SENSIBLE_RETENTION:
            yield Finding(
                f"{one.path} lists for {one.listing.months or 'no number of'} months",
                mark_of(one),
                "Write months: the longest term; where the law states none, the bound of retention, and say so "
                "under ends.",
            )


def _removal(pack: Pack) -> Iterator[Finding]:
    for one in listings(pack):
        if one.listing is None:
            continue
        if one.listing.removal is None or one.stage(Act.LIFT) is None:
            yield Finding(
                f"{one.path} does not say how and how soon an entry is removed",
                mark_of(one),
                "Write removal: {working_days: …, after: lift, …} and a stage {act: lift, by: clock}.",
            )
        elif one.listing.removal.starts is not Act.LIFT:
            yield Finding(
                f"the removal of {one.path} does not count from the end of the entry",
                mark_of(one),
                "Write after: lift.",
            )
        elif not _leads_off(pack, one.listing):
            yield Finding(
                f"nobody can leave the list of {one.path} before its term",
                mark_of(one),
                "Write early_months, or a procedure of repair or delisting that applies to its item.",
            )


def _leads_off(pack: Pack, listing: Listing) -> bool:
    """Whether the organisation can do something for its end; of an honour nothing is needed."""
    return (
        listing.benefit
        or listing.early_months is not None
        or any(
            one.kind in (CaseKind.REPAIR, CaseKind.DELISTING)
            and (not one.applies_to or listing.item in one.applies_to)
            for one in pack.procedures
        )
    )


def _fee(pack: Pack) -> Iterator[Finding]:
    for one in pack.procedures:
        if one.fee != 0:
            yield Finding(
                f"{one.path} costs the organisation {one.fee}",
                mark_of(one),
                "Remove `fee`: nobody pays for being heard or repaired.",
            )


def _training(pack: Pack) -> Iterator[Finding]:
    for one in pack.procedures:
        stage = one.stage(Act.TRAIN)
        law = stage is not None and any(not basis.uncertain for basis in stage.basis)
        demanded = stage is not None and not stage.optional
        proved = any(each.training for each in one.evidence)
        if (demanded or proved) and not law:
            yield Finding(
                f"{one.path} asks for training without a law that asks for it",
                mark_of(one),
                "Name the law as basis of the stage train, or make the stage optional and its proof no evidence.",
            )


def _answer(pack: Pack) -> Iterator[Finding]:
    for one in (each for each in pack.procedures if each.kind in _ANSWERED):
        decided = one.stage(Act.DECIDE)
        absent = [act.value for act in (Act.APPLY, Act.SERVE_DECISION, Act.LIFT) if one.stage(act) is None]
        silent = decided is None or decided.within is None
        if absent or silent:
            lacks = [*absent, *(["a term for the decision"] if silent else [])]
            yield Finding(
                f"{one.path} lacks {', '.join(lacks)}",
                mark_of(one),
                "Whoever applies gets a decision in time, and what is decided is carried out everywhere.",
            )


def _marked(pack: Pack) -> Iterator[Finding]:
    for one in (each for each in pack.procedures if each.kind is CaseKind.OBJECTION):
        stage = one.stage(Act.MARK)
        term = stage.within if stage is not None else None
        in_time = term is not None and term.starts is Act.APPLY and term.unit is Unit.WORKING_DAYS
        if stage is None or stage.optional or term is None or not in_time or term.amount > 1:
            yield Finding(
                f"{one.path} does not mark the record as disputed at once",
                mark_of(one),
                "Write {act: mark, within: {working_days: 0 or 1, after: apply, …}}.",
            )


def _adverse_silence(pack: Pack) -> Iterator[Finding]:
    for one in listings(pack):
        for stage in one.stages:
            if stage.if_late is IfLate.GRANTED:
                yield Finding(
                    f"in {one.path} an organisation would be listed because an authority was silent",
                    mark_of(one),
                    "if_late: shown or lapses.",
                )


def _silence(pack: Pack) -> Iterator[Finding]:
    for one in pack.procedures:
        for stage in one.stages:
            kinds, acts = _SILENT.get(stage.if_late, ((), ()))
            owed = stage.within is not None and not stage.optional
            listed = one.kind is CaseKind.LISTING and stage.if_late is IfLate.GRANTED  # that is GS-PACK-188
            lawful = listed or (one.kind in kinds and stage.act in acts and owed)
            if stage.party is Party.LAW or (stage.if_late is not IfLate.SHOWN and not lawful):
                yield Finding(
                    f"in {one.path} nothing can follow by law from silence at {stage.act.value}",
                    mark_of(one),
                    "if_late: granted at decide of an objection, a repair or a delisting; lapses at review, notify, "
                    "decide or confirm of a listing; each with its term. No stage is {by: law}.",
                )


CHECKS = (
    Check("GS-PACK-182", "1.8", "a listing has a longest term.", _term),
    Check("GS-PACK-183", "1.8", "an entry has a rule of removal and a day on which it is gone.", _removal),
    Check("GS-PACK-184", "1.8", "no procedure costs the organisation money.", _fee),
    Check("GS-PACK-185", "1.8", "training only where a law asks for it.", _training),
    Check("GS-PACK-186", "1.8", "whoever applies is answered in time.", _answer),
    Check("GS-PACK-187", "1.8", "what is disputed is marked at once.", _marked),
    Check("GS-PACK-188", "1.8", "an authority's silence never lists.", _adverse_silence),
    Check("GS-PACK-189", "1.8", "what follows from silence is in favour of the organisation.", _silence),
)
