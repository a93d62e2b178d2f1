"""Every case played again by its procedure, for the ledger's check: its steps, and the terms that follow from them.

Cases are read as two streams in the order of their numbers, steps and terms, and one case at a time is held. Courses
that differ in nothing but the day on which they began are played once. So it costs one pass over both tables, some
tens of microseconds a step, and memory that does not grow with the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.db.models import Max

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.procedure import Act, CaseKind, Party, Procedure, Term
from goodstanding.core.calendars import Calendar
from goodstanding.core.errors import Refusal
from goodstanding.ledger.finding import Finding
from goodstanding.procedures.course import Course
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.models import Deadline, Promise, Step
from goodstanding.procedures.terms import due

_DAY_ONE = date(2000, 1, 1).toordinal()
_AT_ONCE = 5000
_SHAPES = 100_000


class _Step(NamedTuple):
    case: int
    public_id: UUID
    digest: str
    number: int
    act: str
    on: date
    party: str
    outcome: str
    served_on: date | None
    open_until: date | None
    effective_from: date | None
    effective_to: date | None
    closes: bool
    event: int


class _Term(NamedTuple):
    case: int
    act: str
    starts: date
    amount: int
    unit: str
    on_day: int | None
    last: date
    calendar: str
    version: str
    event: int


_STEP = (
    "case_id",
    "case__public_id",
    "case__procedure__digest",
    "number",
    "act",
    "on",
    "party",
    "outcome",
    "served_on",
    "open_until",
    "effective_from",
    "effective_to",
    "closes",
    "event_id",
)
_TERM = (
    "case_id",
    "act",
    "starts",
    "amount",
    "unit",
    "on_day",
    "last",
    "calendar",
    "calendar_version",
    "event_id",
)
Played = tuple[tuple[Deed, bool, date | None], ...]
"""Deeds with whether each is said to close the case, and the last day for statements as known before it."""


class Replay:
    """Plays cases again by the procedures and the calendars of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._procedures = {one.digest: one for one in catalogue.procedures}
        files = {pack.name: Path(pack.folder) / "calendar.yaml" for pack in catalogue.packs}
        calendars = [Calendar.load(one) for one in files.values() if one.is_file()]
        self._calendars = {(one.name, one.version): one for one in calendars}
        self._fault = lru_cache(_SHAPES)(self._play)
        self._last = lru_cache(_SHAPES)(self._due)

    def findings(self) -> Iterator[Finding]:
        """Cases that went no lawful course, and terms that do not follow from their steps.

        Cases of versions that no pack here has are left out: each such version is a finding itself.
        """
        steps = map(
            _Step._make, Step.objects.order_by("case_id", "number").values_list(*_STEP).iterator(_AT_ONCE)
        )
        terms = groupby(
            map(
                _Term._make, Deadline.objects.order_by("case_id", "id").values_list(*_TERM).iterator(_AT_ONCE)
            ),
            key=lambda one: one.case,
        )
        promised = dict(Promise.objects.values_list("case").annotate(last=Max("due_on")))
        case, its_terms = next(terms, (None, iter(())))
        for number, group in groupby(steps, key=lambda one: one.case):
            while case is not None and case < number:
                case, its_terms = next(terms, (None, iter(())))
            own = list(its_terms) if case == number else []
            taken = list(group)
            procedure = self._procedures.get(taken[0].digest)
            if procedure is None:
                continue
            about = f"case {taken[0].public_id}"
            if [one.number for one in taken] != list(range(1, len(taken) + 1)):
                yield Finding("GS-LEDGER-080", about, "Steps are missing, or stand twice.")
                continue
            try:
                found = self._fault(procedure.digest, _shape(procedure, taken, own))
            except ValueError as error:  # an act, a party or an outcome that no version of ours writes
                found = str(error)
            if found:
                yield Finding("GS-LEDGER-080", about, f"The course is not lawful: {found}")
            yield from self._terms(about, procedure, taken, own, promised.get(number))

    def _play(self, digest: str, played: Played) -> str:
        """What is wrong with a course; empty if nothing is."""
        procedure = self._procedures[digest]
        course = Course(procedure)
        for number, (deed, closes, moved_to) in enumerate(played, 1):
            if procedure.kind is CaseKind.LISTING and deed.act is Act.LIFT:
                # It follows from the end of the term, or from another case: that is compared in sets.
                return "" if closes and number == len(played) else f"Step {number} did not close the case."
            try:
                course = replace(course, moved_to=moved_to).after(deed)
            except (Refusal, ValueError) as error:
                return f"Step {number}: {error}"
            if course.closed != closes:
                return (
                    f"Step {number} is said to {'close' if closes else 'leave open'} the case, and does not."
                )
        return ""

    def _due(self, digest: str, act: Act, start: date, calendar: tuple[str, str]) -> date | None:
        within = _within(self._procedures[digest], act)
        if within is None or calendar not in self._calendars:
            return None
        return due(within, start, self._calendars[calendar]).last

    def _terms(
        self, about: str, procedure: Procedure, taken: list[_Step], own: list[_Term], promised: date | None
    ) -> Iterator[Finding]:
        wanted = {
            (stage.act.value, one.served_on or one.on)
            for stage in procedure.stages
            if stage.within is not None
            for one in taken
            if one.act == stage.within.starts.value and one.party != Party.LAW.value
        }
        for act, starts in sorted(wanted - {(one.act, one.starts) for one in own}):
            yield Finding("GS-LEDGER-083", about, f"The term of “{act}” from {starts} was not kept.")
        if promised is not None:  # written when that day is over: a day that was not brought is no fault
            wanted.add((Act.KEEP.value, promised))
        for one in own:
            within = _within(procedure, Act(one.act)) if one.act in set(Act) else None
            said = (one.amount, one.unit, one.on_day)
            if within is None or (one.act, one.starts) not in wanted:
                yield Finding(
                    "GS-LEDGER-083", about, f"No step starts the term of “{one.act}” from {one.starts}."
                )
            elif said != (within.amount, within.unit.value, within.on_day):
                yield Finding("GS-LEDGER-083", about, f"The term of “{one.act}” is not its procedure's.")
            else:
                last = self._last(procedure.digest, Act(one.act), one.starts, (one.calendar, one.version))
                if last is not None and last != one.last:
                    yield Finding(
                        "GS-LEDGER-083",
                        about,
                        f"The term of “{one.act}” ends on {last} by the calendar of then, not on {one.last}.",
                    )


def _within(procedure: Procedure, act: Act) -> Term | None:
    """The term of an act: its stage's, or that of the check of what was promised."""
    if act is Act.KEEP and procedure.pledge is not None:
        return procedure.pledge.check
    stage = procedure.stage(act)
    return stage.within if stage else None


def _shape(procedure: Procedure, taken: list[_Step], own: list[_Term]) -> Played:
    """A course with its days counted from its first: what is lawful depends on the days between steps alone."""
    away = taken[0].on.toordinal() - _DAY_ONE

    def moved(day: date | None) -> date | None:
        return None if day is None else date.fromordinal(day.toordinal() - away)

    silent = {stage.act.value for stage in procedure.stages if stage.law_of_silence}
    speaking = [one for one in own if one.act == Act.STATE.value]
    played = []
    for one in taken:
        before = [term.last for term in speaking if term.event < one.event]
        terms = [term.last for term in own if term.act == one.act and term.event < one.event]
        deed = Deed(
            Act(one.act),
            date.fromordinal(one.on.toordinal() - away),
            Party(one.party),
            Outcome(one.outcome),
            moved(one.served_on),
            moved(one.open_until),
            moved(one.effective_from),
            moved(one.effective_to),
            moved(terms[-1] if terms and one.act in silent else None),
        )
        played.append((deed, one.closes, moved(max(before, default=None))))
    return tuple(played)
