"""Clause 1.6, of procedures: the machine proposes, an official decides; notice and objection come before effect."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.checks.finding import Check, Finding
from goodstanding.catalogue.model import Pack
from goodstanding.catalogue.procedure import Act, CaseKind, Party, Procedure, Stated, Unit

COMPETENT = ("county", "municipal", "provincial", "national")
"""Levels that may decide, from the lowest (Guiding Opinions of 2020, draft: not below county level)."""

LEAST_DAYS = 3
"""Working days after the service of a notice that an organisation has at the least to state its views."""

_LEAST = {
    Unit.WORKING_DAYS: LEAST_DAYS,
    Unit.DAYS: 15,
    Unit.MONTHS: 1,
}  # 3 working days fit in 15 days at any feast
_NOTICE = (Stated.REASONS, Stated.BASIS, Stated.EVIDENCE, Stated.RIGHTS)
_DECISION = (Stated.REASONS, Stated.BASIS, Stated.TERM, Stated.REMOVAL, Stated.REMEDIES)
_NEVER_OPTIONAL = (
    Act.REVIEW,
    Act.NOTIFY,
    Act.SERVE_NOTICE,
    Act.STATE,
    Act.DECIDE,
    Act.CONFIRM,
    Act.SERVE_DECISION,
    Act.PUBLISH,
    Act.LIFT,
)
_SERIOUS_MONTHS = 12


def mark_of(procedure: Procedure) -> str:
    """How `marks` calls it: path and first day, for several versions have one path."""
    return f"procedure {procedure.path} {procedure.valid_from}"


def listings(pack: Pack) -> Iterator[Procedure]:
    """The procedures that list."""
    yield from (one for one in pack.procedures if one.kind is CaseKind.LISTING)


def _notice(pack: Pack) -> Iterator[Finding]:
    for one in listings(pack):
        notice, served, decided = one.stage(Act.NOTIFY), one.stage(Act.SERVE_NOTICE), one.stage(Act.DECIDE)
        says = notice.states if notice is not None and notice.serves else ()
        missing = [word.value for word in _NOTICE if word not in says]
        if served is None or decided is None or one.stages.index(served) > one.stages.index(decided):
            yield Finding(
                f"{one.path} serves no prior notice before the decision",
                mark_of(one),
                "Add the stages notify and serve_notice before decide.",
            )
        elif missing:
            yield Finding(
                f"the prior notice of {one.path} does not state {', '.join(missing)}",
                mark_of(one),
                "Write at the stage notify: serves: prior-notice, states: [reasons, basis, evidence, rights, …].",
            )


def _statement(pack: Pack) -> Iterator[Finding]:
    for one in listings(pack):
        stage = one.stage(Act.STATE)
        term = stage.within if stage is not None else None
        after = term is not None and term.starts is Act.SERVE_NOTICE
        if term is None or not after or term.amount < _LEAST[term.unit]:
            yield Finding(
                f"{one.path} leaves the organisation less than {LEAST_DAYS} working days after the notice",
                mark_of(one),
                f"Write at the stage state: within: {{working_days: {LEAST_DAYS} or more, after: serve_notice, …}}.",
            )


def _decision(pack: Pack) -> Iterator[Finding]:
    for one in listings(pack):
        decided, served = one.stage(Act.DECIDE), one.stage(Act.SERVE_DECISION)
        says = decided.states if decided is not None and decided.serves else ()
        missing = [word.value for word in _DECISION if word not in says]
        if decided is None or decided.party not in (Party.OFFICIAL, Party.HEAD, Party.SUPERIOR):
            yield Finding(
                f"no official decides in {one.path}", mark_of(one), "Write {act: decide, by: head, …}."
            )
        elif missing or served is None:
            lacks = [*missing, *(["its service"] if served is None else [])]
            yield Finding(
                f"the decision of {one.path} lacks {', '.join(lacks)}",
                mark_of(one),
                "Write at decide: serves: …, states: [reasons, basis, term, removal, remedies], and serve_decision.",
            )


def _order(pack: Pack) -> Iterator[Finding]:
    """Acts stand in the order of `Act`: so nothing is published or takes effect before it was served."""
    rank = {act: number for number, act in enumerate(Act)}
    for one in (each for each in pack.procedures if each.kind is not CaseKind.COMMITMENT):
        for before, after in zip(one.stages, one.stages[1:], strict=False):
            if rank[before.act] > rank[after.act]:
                yield Finding(
                    f"in {one.path} {after.act.value} comes after {before.act.value}",
                    mark_of(one),
                    f"Keep the order: {', '.join(act.value for act in Act)}.",
                )


def _level(pack: Pack) -> Iterator[Finding]:
    for one in listings(pack):
        below = [level for level in one.levels if level not in COMPETENT]
        if below or not one.levels:
            yield Finding(
                f"{one.path} lets {', '.join(below) or 'nobody'} decide",
                mark_of(one),
                f"levels: of {', '.join(COMPETENT)}.",
            )
        elif one.reviewed_by and (
            one.reviewed_by not in COMPETENT
            or COMPETENT.index(one.reviewed_by) <= min(map(COMPETENT.index, one.levels))
        ):
            yield Finding(
                f"{one.path} is confirmed by {one.reviewed_by}, which is not above those that decide",
                mark_of(one),
                f"reviewed_by: one of {', '.join(COMPETENT[1:])}.",
            )


def _serious(pack: Pack) -> Iterator[Finding]:
    for one in listings(pack):
        if one.listing is None or one.listing.benefit:
            continue
        long = one.listing.months >= _SERIOUS_MONTHS and one.listing.early_months != 0
        heavy = one.officials == 2 and one.reviewed_by and one.stage(Act.CONFIRM) is not None
        if (long or one.listing.serious) and not (one.listing.serious and heavy):
            yield Finding(
                f"{one.path} lists for {one.listing.months} months without two officials and the level above",
                mark_of(one),
                "Write officials: 2, reviewed_by: …, a stage confirm, and serious: true; or early_months: 0 if the "
                "organisation can end it at any time by curing the ground.",
            )


def _optional(pack: Pack) -> Iterator[Finding]:
    for one in listings(pack):
        for stage in one.stages:
            if stage.optional and stage.act in _NEVER_OPTIONAL:
                yield Finding(
                    f"the stage {stage.act.value} of {one.path} may be left out",
                    mark_of(one),
                    "Remove `optional`.",
                )


def _names(pack: Pack) -> Iterator[Finding]:
    for item in pack.items:
        named = item.path.partition("/")[2].startswith("listing.")
        if named != (item.listing and item.own):
            yield Finding(
                f"the item {item.path} is {'no' if named else 'a'} listing of our own by what it says",
                f"item {item.path}",
                "Listings of our own, and nothing else, are called listing.<name> and say listing: own.",
            )


CHECKS = (
    Check("GS-PACK-160", "1.6", "an item's name says whether only the decision of a case writes it.", _names),
    Check("GS-PACK-163", "1.6", "a notice with reasons, basis, evidence and rights comes first.", _notice),
    Check("GS-PACK-164", "1.6", "whoever is notified has at least 3 working days to answer.", _statement),
    Check("GS-PACK-165", "1.6", "an official decides, with reasons, and the decision is served.", _decision),
    Check("GS-PACK-166", "1.6", "nothing takes effect before it is served: stages keep their order.", _order),
    Check("GS-PACK-167", "1.6", "no level below the county lists, and the level above confirms.", _level),
    Check("GS-PACK-168", "1.6", "two officials and the level above stand for a serious listing.", _serious),
    Check("GS-PACK-169", "1.6", "what protects the organisation is never optional.", _optional),
)
