"""The typed view of a procedure: stages, who acts, what is served, terms with their law.

A procedure is data of a pack. What no procedure may leave out (a notice before a decision, a term with an end, a
competent official) is held by `catalogue.checks` when a pack loads, and by the database when a case runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from goodstanding.catalogue.model import Basis, Title

if TYPE_CHECKING:
    from goodstanding.catalogue.pledge import Pledge


class CaseKind(StrEnum):
    """What a case is about."""

    LISTING = "listing"
    OBJECTION = "objection"
    REPAIR = "repair"
    DELISTING = "delisting"
    COMMITMENT = "commitment"


class Party(StrEnum):
    """Who acts. `official`: of the competent authority; `head`: its head, or whom the head names; `superior`: an
    official of the authority above; `subject`: a representative of the organisation; `clock`: the passing of a day;
    `law`: where an authority was silent and the law says what follows; no stage of a procedure is the law's."""

    MACHINE = "machine"
    OFFICIAL = "official"
    HEAD = "head"
    SUPERIOR = "superior"
    SUBJECT = "subject"
    CLOCK = "clock"
    LAW = "law"


class Act(StrEnum):
    """What a stage does: a closed vocabulary, for the invariants of a case rest on it."""

    PROPOSE = "propose"  # a rulebook proposes a candidate
    APPLY = "apply"  # the organisation applies, objects, or commits itself
    MARK = "mark"  # the record is marked as disputed, everywhere and at once
    REVIEW = "review"  # an official takes it up: goes on, or ends the case with reasons
    ACCEPT = "accept"  # an application is accepted, or rejected with reasons
    FORWARD = "forward"  # to the authority that provided the record
    NOTIFY = "notify"  # the prior notice is drawn up: reason, basis, evidence, remedies
    SERVE_NOTICE = "serve_notice"  # and served; terms of the organisation start here
    STATE = "state"  # the organisation states its views
    ASK_HEARING = "ask_hearing"
    HOLD_HEARING = "hold_hearing"
    MEET = "meet"  # a meeting with the organisation: issues, steps, promise
    TRAIN = "train"  # training, where the law allows it
    EXAMINE = "examine"  # evidence is looked at, or the place inspected
    DECIDE = "decide"  # in writing, with reasons
    CONFIRM = "confirm"  # by the authority above, where its consent is required
    SERVE_DECISION = "serve_decision"  # what was decided takes effect with this
    PUBLISH = "publish"
    LIFT = "lift"  # removal from every place, and the measures lifted
    KEEP = "keep"  # of a commitment: whether what was promised was kept
    FOLLOW = "follow"  # what follows from a promise that was not kept, as an official decides


class Unit(StrEnum):
    """What a term counts. A term of calendar days or months that ends on a day off moves to the next working day."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"


class Stated(StrEnum):
    """What a document must say: a closed vocabulary, for notices and decisions are checked against it."""

    FACTS = "facts"
    REASONS = "reasons"
    BASIS = "basis"
    EVIDENCE = "evidence"
    RIGHTS = "rights"  # to state views, to be heard, and until when
    MEASURES = "measures"
    TERM = "term"
    REMOVAL = "removal"  # the rules of removal and repair
    REMEDIES = "remedies"  # reconsideration, suit, review, and until when


class EndsAs(StrEnum):
    """Why a record ends that a procedure lifts: the grounds of the ledger's endings."""

    REPAIRED = "repaired"
    WITHDRAWN = "withdrawn"
    ANNULLED = "annulled"
    EXPIRED = "expired"


class IfLate(StrEnum):
    """What the law says follows from an authority's silence."""

    SHOWN = "shown"  # it is shown as late, no more
    GRANTED = "granted"  # the application counts as granted
    LAPSES = "lapses"  # the case ends in favour of the organisation


@dataclass(frozen=True)
class Term:
    """How long, from what, under which law.

    Args:
        amount: how many; 0 is the same day, at once.
        unit: what is counted.
        starts: the act from whose day it counts; of the removal of a listing, `lift` is the end of its term.
        basis: the law that says so.
        extension: added once, with the approval that the law names.
        uncertain: recalled, or read in a garbled copy.
        on_day: the last day is this day of the month that `amount` months lead to ("by the 15th of the month
            after"); None where the day follows from the start.
    """

    amount: int
    unit: Unit
    starts: Act
    basis: Basis
    extension: int | None = None
    uncertain: bool = False
    on_day: int | None = None


@dataclass(frozen=True)
class Stage:
    """One stage. `serves`: the kind of document that is handed over, empty where none is; `states`: what it says."""

    act: Act
    title: Title
    party: Party
    optional: bool = False
    serves: str = ""
    within: Term | None = None
    if_late: IfLate = IfLate.SHOWN
    basis: tuple[Basis, ...] = ()
    states: tuple[Stated, ...] = ()

    @property
    def law_of_silence(self) -> tuple[Basis, ...]:
        """The law by which something follows if this stage is not taken in time; none where nothing follows."""
        if self.within is None or self.if_late is IfLate.SHOWN:
            return ()
        return (self.within.basis, *self.basis)


@dataclass(frozen=True)
class Listing:
    """What a decision to list writes: the item of ours, how long, and when it may end early.

    Args:
        list_id: of the pack's lists.
        item: full path; its name begins with `listing.`.
        rulebook: whose candidates this procedure takes up; empty where criteria are not published.
        months: the longest term; with `until_performed`, of as long as the duty is not performed, and at most this.
        early_months: the earliest that the organisation may apply for its end; None if at no time.
        conditions: of an early end, as the law words them.
        removal: how soon after the end it must be gone from every place.
        benefit: a list of honours.
        serious: of serious dishonesty (国办发〔2020〕49号): two officials sign, and the level above confirms.
        ends: how an entry ends, in words; where the law knows no longest term, why `months` is what it is.
    """

    list_id: str
    item: str
    rulebook: str
    months: int
    until_performed: bool = False
    early_months: int | None = None
    conditions: Title | None = None
    removal: Term | None = None
    benefit: bool = False
    uncertain: tuple[str, ...] = ()
    serious: bool = False
    ends: Title | None = None


@dataclass(frozen=True)
class Tier:
    """A class of seriousness in repair: 1 minor, 2 general, 3 serious; months of publicity at least and at most.

    `at_most` None means that the source does not say; a tier that cannot be repaired says why.
    """

    seriousness: int
    title: Title
    at_least: int
    at_most: int | None
    repairable: bool
    basis: Basis
    uncertain: bool = False


@dataclass(frozen=True)
class Evidence:
    """A document that an application needs. `training` marks one of a course: limited, see `catalogue.checks`."""

    id: str
    title: Title
    training: bool = False


@dataclass(frozen=True)
class Procedure:
    """The course of one kind of case before one keeper or in one jurisdiction, from a day to a day.

    Args:
        path: `<pack>/<kind>/<id>`.
        authority: full path of the authority whose procedure it is; for a provincial rule its credit office. Empty:
            the authority that made the entry, of a way off that all lists share (`of_the_entry`).
        division: prefix of the division code where it holds; empty for the whole country.
        levels: of authorities that may decide.
        reviewed_by: level of the authority above that must confirm; empty where none must. An authority that is
            itself of this level, or above it, confirms by its own head.
        officials: how many sign a decision, 1 or 2.
        hearing: whether the organisation can ask for one.
        applies_to: full paths of the items whose records it is about (objection, repair); empty for all negative ones.
        subjects: kinds of organisations that it is for; empty for all.
        ends_as: why the record ends that it lifts; None: repaired, of an objection withdrawn.
        fee: always 0; a procedure that costs the organisation money does not load.
        notes: what a reader must know, such as which stages rest on the general law alone.
        pledge: of a commitment, what is promised under it and what follows where that is not kept.
        digest: SHA-256 of what it says, so that a case can name its version.
    """

    path: str
    kind: CaseKind
    title: Title
    authority: str
    basis: tuple[Basis, ...]
    valid_from: date
    valid_to: date | None
    levels: tuple[str, ...]
    stages: tuple[Stage, ...]
    division: str = ""
    reviewed_by: str = ""
    officials: int = 1
    listing: Listing | None = None
    tiers: tuple[Tier, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    applies_to: tuple[str, ...] = ()
    source: str = ""
    uncertain: tuple[str, ...] = ()
    digest: str = ""
    subjects: tuple[str, ...] = ()
    fee: int = 0
    ends_as: EndsAs | None = None
    notes: tuple[Title, ...] = ()
    pledge: Pledge | None = None

    @property
    def of_the_entry(self) -> bool:
        """Whether it is before whichever authority made the entry that it is about."""
        return not self.authority

    def stage(self, act: Act) -> Stage | None:
        """The stage that does this, if the procedure has one."""
        return next((one for one in self.stages if one.act == act), None)

    @property
    def since(self) -> str:
        """The first day in force, as addresses write it."""
        return self.valid_from.isoformat()

    def in_force(self, day: date) -> bool:
        """Whether a case may be opened under it on a day; an open case goes on under its own version."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
