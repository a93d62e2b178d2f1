"""The course of a case: which steps its procedure admits next. Pure; the database holds the same lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from goodstanding.catalogue.procedure import Act, CaseKind, IfLate, Party, Procedure, Stage
from goodstanding.core.errors import Refusal
from goodstanding.procedures.deed import ADVERSE, BY_LAW, ENDING, Deed, Outcome, outcomes_under

_WHILE_OPEN = frozenset({Act.STATE, Act.ASK_HEARING})
"""Rights of the organisation: it may use them or not, and the case waits only for their term to end."""
_SOON = timedelta(days=31)
_SERVES = frozenset({Act.SERVE_NOTICE, Act.SERVE_DECISION})
_AFTER_BREACH = frozenset({Act.SERVE_NOTICE, Act.STATE, Act.FOLLOW, Act.SERVE_DECISION})
"""Stages of a commitment that are for a promise that was not kept, or not wholly."""


def _refusal(number: int, what: str, why: str, remedy: str, where: str = "") -> Refusal:
    return Refusal(f"GS-CASE-{number:03}", what, where=where, why=why, remedy=remedy)


@dataclass(frozen=True)
class Course:
    """A procedure and the steps taken so far.

    `moved_to`: the last day for the organisation's statement after its deadline moved with the calendar.
    """

    procedure: Procedure
    deeds: tuple[Deed, ...] = ()
    moved_to: date | None = None

    def done(self, act: Act) -> Deed | None:
        """The newest step of this act."""
        return next((one for one in reversed(self.deeds) if one.act is act), None)

    @cached_property
    def closed(self) -> bool:
        """Whether nothing can follow."""
        if not self.deeds:
            return False
        last = self.deeds[-1]
        if last.outcome in ENDING or (last.act, last.party) == (Act.LIFT, Party.LAW):
            return True
        decision, effect = self.done(Act.DECIDE), self.done(self.takes_effect)
        if decision is not None and decision.outcome in ADVERSE and effect is not None:
            return True
        return not self._missing(len(self.procedure.stages))

    @property
    def takes_effect(self) -> Act:
        """The act with which a decision takes effect."""
        return Act.SERVE_DECISION if self.procedure.stage(Act.SERVE_DECISION) else Act.DECIDE

    @property
    def decided(self) -> bool:
        """Whether a decision in favour of what the case is about has taken effect."""
        decision = self.done(Act.DECIDE)
        if decision is None or decision.outcome in ADVERSE or decision.outcome in ENDING:
            return False
        return decision.party is Party.LAW or bool(self.done(self.takes_effect))

    @property
    def open_until(self) -> date | None:
        """The last day on which the organisation may state its views; None before a notice is served.

        What the served notice promised holds where a deadline moved to an earlier day.
        """
        served = self.done(Act.SERVE_NOTICE)
        if served is None or served.open_until is None:
            return None
        return max(served.open_until, self.moved_to or served.open_until)

    def after(self, deed: Deed) -> Course:
        """The course with one step more.

        Raises:
            Refusal: GS-CASE-001 closed; -002 no such stage, or another party's; -003 not yet, or too late;
                -004 before the last step; -005 an outcome that this act has not; -006 while the organisation may
                still speak; -007 a hearing that was asked for is owed; -008 the term of the organisation is over;
                -009 without the day of service, or one before it; -010 an effect before service, or without an end;
                -015 the authority let its term pass, and the law says what follows;
                -016 by law, where the law says nothing, or not yet.
        """
        if deed.party is Party.LAW:
            self._by_law(deed)
            return replace(self, deeds=(*self.deeds, deed))
        stage = self._admit(deed)
        self._in_time(deed)
        if deed.act in _SERVES:
            self._served(deed, stage)
        return replace(self, deeds=(*self.deeds, deed))

    def next(self, on: date) -> tuple[Stage, ...]:
        """The stages that can be taken on a day, mandatory and optional."""
        found: list[Stage] = []
        if self.closed or self._by_law_alone:
            return ()
        awaited = next(iter(self._missing(len(self.procedure.stages))), None)
        for stage in self.procedure.stages:
            if self.done(stage.act) is not None and stage.act is not Act.STATE:
                continue
            try:
                trial = Deed(stage.act, on, stage.party, min(outcomes_under(self.procedure, stage.act)))
                self._admit(trial)
                self._in_time(trial)
                found.append(stage)
            except Refusal:
                pass
            if stage is awaited:  # nothing comes before it is taken
                break
        return tuple(found)

    def _missing(self, before: int) -> list[Stage]:
        """Mandatory stages, before a place in the procedure, that have not been taken."""
        return [
            one
            for one in self.procedure.stages[:before]
            if not one.optional
            and one.act not in _WHILE_OPEN
            and not self.done(one.act)
            and not (self._kept and one.act in _AFTER_BREACH)
        ]

    @property
    def _kept(self) -> bool:
        """Whether all that was promised was found to be kept."""
        found = self.done(Act.KEEP)
        return found is not None and found.outcome is Outcome.KEPT

    @property
    def _by_law_alone(self) -> bool:
        """Whether the law granted what was asked, and nobody but the law goes on."""
        return bool(self.deeds) and self.deeds[-1].party is Party.LAW

    def _by_law(self, deed: Deed) -> None:
        """A step of the law: what it says of silence at a stage; and what was granted so is lifted at once."""
        if self.closed:
            raise _refusal(1, "The case is closed.", "Nothing follows its last step.", "Open a new case.")
        if self._by_law_alone and (deed.act, deed.outcome) == (Act.LIFT, Outcome.NONE):
            lawful = deed.on == self.deeds[-1].on
        else:
            stage = self.procedure.stage(deed.act)
            waited = stage is not None and stage.within is not None and self.done(stage.within.starts)
            states = stage is not None and BY_LAW.get(stage.if_late) is deed.outcome
            late = deed.due is not None and deed.on > deed.due
            follows = bool(self.deeds) and deed.on >= self.deeds[-1].on and not self._by_law_alone
            lawful = bool(states and waited and late and follows and not self.done(deed.act))
        if not lawful:
            raise _refusal(
                16,
                f"Nothing follows by law from silence at “{deed.act}”, or not yet.",
                f"The procedure {self.procedure.path} says where something does, from the day after the term on.",
                "Wait for that day, or for the authority.",
            )

    def _admit(self, deed: Deed) -> Stage:
        if self.closed or self._by_law_alone:
            raise _refusal(1, "The case is closed.", "Nothing follows its last step.", "Open a new case.")
        stage = self.procedure.stage(deed.act)
        if stage is None or stage.party is not deed.party:
            raise _refusal(
                2,
                f"“{deed.act}” is no act of {'a' if stage is None else deed.party} here.",
                f"The procedure {self.procedure.path} names its stages and who acts.",
                "Take the step that the procedure names.",
            )
        place = next(at for at, one in enumerate(self.procedure.stages) if one is stage)
        missing = self._missing(place)
        if missing:
            raise _refusal(
                3,
                f"“{deed.act}” cannot come yet.",
                f"First comes “{missing[0].title.en}”.",
                f"Take the step {missing[0].act} first.",
            )
        later = [one for one in self.procedure.stages[place + 1 :] if not one.optional and self.done(one.act)]
        again = self.done(deed.act) is not None and deed.act is not Act.STATE
        if later or again:
            raise _refusal(3, f"“{deed.act}” was passed.", "A case does not go back.", "Go on from here.")
        if self.deeds and deed.on < self.deeds[-1].on:
            raise _refusal(
                4,
                "The step lies before the last one.",
                f"The last step was on {self.deeds[-1].on}.",
                "Give the day on which it was done.",
            )
        if deed.outcome not in outcomes_under(self.procedure, deed.act):
            allowed = ", ".join(sorted(outcomes_under(self.procedure, deed.act))) or "none"
            raise _refusal(
                5, f"“{deed.act}” cannot end with “{deed.outcome}”.", f"It can with: {allowed}.", "Name one."
            )
        return stage

    def _in_time(self, deed: Deed) -> None:
        until = self.open_until
        stage = self.procedure.stage(deed.act)
        silent = stage is not None and stage.if_late is not IfLate.SHOWN
        if silent and deed.due is not None and deed.on > deed.due:
            raise _refusal(
                15,
                f"The term for “{deed.act}” is over.",
                f"It ended on {deed.due}, and the law says what follows from silence.",
                "Let the day pass: goodstanding case pass-day records what follows.",
            )
        if deed.act in _WHILE_OPEN and until is not None and deed.on > until:
            raise _refusal(
                8,
                "The term for statements is over.",
                f"It ended on {until}.",
                "Object to the decision when it is served, or apply for repair.",
            )
        if deed.act not in (Act.DECIDE, Act.FOLLOW):
            return
        if until is not None and deed.on <= until:
            raise _refusal(
                6,
                "The organisation may still speak.",
                f"The notice leaves it time until {until}, and nothing is decided before.",
                "Decide on a later day.",
            )
        if self.done(Act.ASK_HEARING) and not self.done(Act.HOLD_HEARING):
            raise _refusal(
                7, "A hearing was asked for.", "It is held before a decision.", "Hold the hearing first."
            )

    def _served(self, deed: Deed, stage: Stage) -> None:
        if deed.served_on is None or deed.served_on > deed.on:
            raise _refusal(
                9,
                "A service needs the day on which the document arrived.",
                "It cannot lie after the day of the step.",
                "State it as served_on.",
            )
        if self.deeds and deed.served_on < self.deeds[-1].on:
            raise _refusal(
                9,
                "The document is said to have arrived before it was made.",
                f"The step before was on {self.deeds[-1].on}.",
                "Give the day on which it arrived.",
            )
        if deed.act is Act.SERVE_NOTICE and (deed.open_until is None or deed.open_until <= deed.served_on):
            raise _refusal(
                9, "A notice leaves time.", "Its term ends after it is served.", "State open_until."
            )
        decision = self.done(Act.DECIDE)
        lists = self.procedure.kind is CaseKind.LISTING and deed.act is Act.SERVE_DECISION
        if lists and decision is not None and decision.outcome is Outcome.LISTED:
            begin, end = deed.effective_from, deed.effective_to
            late = begin is not None and begin > deed.served_on + _SOON
            if begin is None or end is None or begin < deed.served_on or late or end <= begin:
                raise _refusal(
                    10,
                    "An entry begins with its service or within a month of it, and has an end.",
                    "Nothing takes effect before it is served, and everything ends.",
                    "State effective_from and effective_to.",
                )
