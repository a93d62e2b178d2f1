"""Clause 1.6, of commitments: an official finds that one was broken, it is answered, then something follows."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.checks.finding import Check, Finding
from goodstanding.catalogue.checks.process import mark_of
from goodstanding.catalogue.domains import SENSIBLE_RETENTION
from goodstanding.catalogue.model import Pack
from goodstanding.catalogue.pledge import Follows
from goodstanding.catalogue.procedure import Act, CaseKind, Party, Procedure

_AFTER = (Act.KEEP, Act.SERVE_NOTICE, Act.STATE, Act.FOLLOW, Act.SERVE_DECISION)
_OFFICIALS = (Party.OFFICIAL, Party.HEAD, Party.SUPERIOR)


def _commitments(pack: Pack) -> Iterator[tuple[Procedure, str]]:
    for one in pack.procedures:
        if one.kind is CaseKind.COMMITMENT or one.pledge is not None or one.stage(Act.FOLLOW) is not None:
            yield one, mark_of(one)


def _content(pack: Pack) -> Iterator[Finding]:
    for one, mark in _commitments(pack):
        acts = tuple(stage.act for stage in one.stages)
        if one.kind is not CaseKind.COMMITMENT or one.pledge is None or acts[-len(_AFTER) :] != _AFTER:
            yield Finding(
                f"{one.path} does not say how a broken promise is found, answered and followed",
                mark,
                "A commitment has a pledge, and ends with keep, serve_notice, state, follow, serve_decision.",
            )
            continue
        statement, follow = one.stage(Act.STATE), one.stage(Act.FOLLOW)
        kept = one.stage(Act.KEEP)
        by = {stage.party for stage in (kept, follow) if stage is not None}
        if statement is None or statement.within is None or not by <= set(_OFFICIALS):
            yield Finding(
                f"{one.path} lets something follow before the organisation could answer, or by nobody",
                mark,
                "Give state a term after serve_notice; keep and follow are acts of an official.",
            )


def _ends(pack: Pack) -> Iterator[Finding]:
    for one, mark in _commitments(pack):
        if one.pledge is None:
            continue
        known = {each.follows for each in one.pledge.breaches}
        endless = [each for each in one.pledge.breaches if bool(each.bars) != (1 <= each.months <= 120)]
        lawless = [each for each in one.pledge.breaches if not each.basis]
        if (
            not known
            or Follows.SPARED in known
            or len(known) < len(one.pledge.breaches)
            or endless
            or lawless
            or not 1 <= one.pledge.shown <= SENSIBLE_RETENTION
        ):
            yield Finding(
                f"what follows from a broken promise in {one.path} has no law, no end, or is said twice",
                mark,
                "Each of the breaches has its basis, and months where it bars; shown has months. To spare is always "
                "open, and not written.",
            )


CHECKS = (
    Check("GS-PACK-260", "1.6", "a broken promise is found by an official and answered first.", _content),
    Check("GS-PACK-261", "1.6", "what follows from a broken promise has a law and an end.", _ends),
)
