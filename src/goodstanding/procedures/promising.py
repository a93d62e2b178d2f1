"""What an organisation promises, item by item, and what an official finds of each: written with the step, if whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.procedure import Act, CaseKind, Procedure
from goodstanding.core.dates import add_months
from goodstanding.core.errors import Refusal
from goodstanding.core.words import says_something
from goodstanding.ledger.models import Event, Subject
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.models import Case, Promise, PromiseFound, Step
from goodstanding.procedures.nobody import name_nobody
from goodstanding.procedures.writable import LINE, PASSAGE, refuse_long

LONGEST = 120
"""Months within which a promise is to be kept."""
MOST = 100
"""Items of one commitment."""


@dataclass(frozen=True)
class Promised:
    """One thing that is promised.

    Args:
        due_on: the last day by which it is kept.
        how: how that is checked.
        en, zh: in words; the organisation's own in one of them.
        law: what asks for it, as (instrument, article); empty where nothing but the promise does.
        rulebook: path of the rulebook that asks for it, if one does.
    """

    due_on: date
    how: str
    en: str = ""
    zh: str = ""
    law: tuple[tuple[str, str], ...] = ()
    rulebook: str = ""


def admit_items(procedure: Procedure, deed: Deed, items: Sequence[Promised]) -> None:
    """Let pass what is promised with a step: something with the step that gives a commitment, nothing with others.

    Raises:
        Refusal: GS-CASE-116 where it is missing, or stands with another step; -153 for too many; -117 for an item
            without words, without a way to check it, or whose day is not after the step and within ten years; -012,
            -151 and -152 for texts.
    """
    gives = procedure.kind is CaseKind.COMMITMENT and deed.act is Act.APPLY
    if gives != bool(items):
        raise Refusal(
            "GS-CASE-116",
            "It is not said what the organisation promises."
            if gives
            else "Nothing is promised with this step.",
            why="A commitment is kept or broken by what it says, item by item, each by its day.",
            remedy="Write what is promised with the step that gives the commitment.",
        )
    if len(items) > MOST:
        raise Refusal(
            "GS-CASE-153",
            f"{len(items)} things are promised at once.",
            why=f"An official says of each whether it was kept; one commitment holds no more than {MOST}.",
            remedy="Give several commitments.",
        )
    for number, one in enumerate(items, 1):
        name_nobody(one.en, one.zh, one.how, one.rulebook, *(part for law in one.law for part in law))
        refuse_long(PASSAGE, en=one.en.strip(), zh=one.zh.strip(), how=one.how.strip())
        refuse_long(
            LINE,
            rulebook=one.rulebook,
            law=max((part for law in one.law for part in law), key=len, default=""),
        )
        said = (says_something(one.en) or says_something(one.zh)) and says_something(one.how)
        if not said or not deed.on < one.due_on <= add_months(deed.on, LONGEST):
            raise Refusal(
                "GS-CASE-117",
                f"Item {number} of the promise is not whole.",
                why="An item says what is done, by which day after today and within ten years, and how it is checked.",
                remedy="Write all three.",
            )


def admit_findings(case: Case, deed: Deed, findings: Sequence[Outcome]) -> None:
    """Let pass what is found of each promise, in their order, with the step that says whether all was kept.

    Raises:
        Refusal: GS-CASE-118 where it is not said of each, stands with another step, or does not come to the outcome of
            the step; -119 where something is found broken before its day is over.
    """
    promised = list(case.promises.order_by("number")) if deed.act is Act.KEEP else []
    if len(findings) != len(promised) or (promised and whole(findings) is not deed.outcome):
        raise Refusal(
            "GS-CASE-118",
            "It is not said of each promise whether it was kept, or not the same of all together.",
            why=f"{len(promised)} things were promised.",
            remedy="Say of each: kept, partly, or not kept.",
        )
    early = [one for one, found in zip(promised, findings, strict=True) if found is not Outcome.KEPT]
    for one in early:
        if deed.on <= one.due_on:
            raise Refusal(
                "GS-CASE-119",
                f"Item {one.number} can still be kept.",
                why=f"It is to be kept by {one.due_on}.",
                remedy="Say so on a later day.",
            )


def whole(findings: Iterable[Outcome]) -> Outcome:
    """What comes of all together: kept if all are, broken if all are, else in part."""
    found = set(findings)
    return found.pop() if len(found) == 1 else Outcome.PARTLY


def write_items(case: Case, items: Sequence[Promised], event: Event) -> None:
    """Write what is promised, in the event of its step."""
    for number, one in enumerate(items, 1):
        Promise.objects.create(
            case=case,
            number=number,
            en=one.en.strip(),
            zh=one.zh.strip(),
            due_on=one.due_on,
            how=one.how.strip(),
            law=[list(law) for law in one.law],
            rulebook=one.rulebook,
            event=event,
        )


def write_findings(case: Case, findings: Sequence[Outcome], event: Event) -> None:
    """Write what was found of each, in the event of its step."""
    promised = case.promises.order_by("number") if findings else ()
    for promise, found in zip(promised, findings, strict=True):
        PromiseFound.objects.create(promise=promise, outcome=found.value, event=event)


def refuse_barred(kind: CaseKind, subject: Subject, procedures: Iterable[Procedure], on: date) -> None:
    """Open no case that a broken promise bars the organisation from, as an official decided and served.

    Raises:
        Refusal: GS-CASE-126 with the first day on which it may be opened again.
    """
    by_digest = {one.digest: one for one in procedures}
    decided = Step.objects.filter(act=Act.FOLLOW, case__subject=subject).select_related("case__procedure")
    for one in decided.filter(case__steps__act=Act.SERVE_DECISION).order_by("pk"):
        under = by_digest.get(one.case.procedure.digest)
        breach = under.pledge.breach(one.outcome) if under is not None and under.pledge is not None else None
        if breach is None or kind not in breach.bars or under is None:
            continue
        until = add_months(one.on, breach.months)
        if on < until:
            raise Refusal(
                "GS-CASE-126",
                f"The organisation broke a promise: this is open to it again from {until} on.",
                where=str(one.case.public_id),
                why=breach.title.en,
                remedy=f"Take the way without a commitment, or come back on {until}.",
            )
