"""Who acts in the demo's cases, and how a step is taken there: as everyone takes it, on its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from goodstanding.catalogue.procedure import Act, CaseKind, Party, Procedure, Stage
from goodstanding.cli.demo.documents import application_under, document_of
from goodstanding.cli.demo.people import Person
from goodstanding.cli.demo.reasons import reason_for
from goodstanding.core.clock import Clock
from goodstanding.ledger.models import Record, Subject
from goodstanding.office.grounds import grounds_of
from goodstanding.office.reading import rows_of_case
from goodstanding.office.service import kept_as
from goodstanding.procedures.acting import Actor, appoint, mandate
from goodstanding.procedures.deed import Deed, Outcome
from goodstanding.procedures.departing import parted
from goodstanding.procedures.models import Appointment, Case, Mandate
from goodstanding.procedures.opening import entry_made_by, open_about
from goodstanding.procedures.promising import whole
from goodstanding.procedures.queries import Viewer
from goodstanding.procedures.steps import Office, Said, course_of, take_step

PROVINCE = "99"
"""Where the cases are: an organisation that no register knows has no place, and so no competent office."""
ONE = timedelta(days=1)
_FROM, _TO = date(2020, 1, 1), date(2040, 1, 1)
_OWN = frozenset({"cn/samr", "cn/mohrss"})
_GOOD = {
    Act.REVIEW: Outcome.GO_ON,
    Act.ACCEPT: Outcome.ACCEPTED,
    Act.CONFIRM: Outcome.CONFIRMED,
    Act.KEEP: Outcome.KEPT,
}
_SERVE = frozenset({Act.SERVE_NOTICE, Act.SERVE_DECISION})


@dataclass
class Stagehand:
    """Everyone of the play, and the office in which they act. Appointments are made when they are needed first."""

    office: Office
    people: Mapping[str, Person]
    today: date
    _appointed: dict[tuple[str, str], Appointment] = field(default_factory=dict)
    _mandated: dict[int, Mandate] = field(default_factory=dict)

    def at(self, day: date) -> Office:
        """The office on a day of the play: a step is written down on its day."""
        return replace(self.office, clock=Clock(day))

    def workday(self, day: date) -> date:
        """A day, or the next on which offices work."""
        while not self.office.calendar.is_working(day):
            day += ONE
        return day

    def appointed(self, name: str, authority: str, level: str = "provincial") -> Appointment:
        """An account as an official of an authority of the province, or of the one above it."""
        key = (name, authority)
        if key not in self._appointed:
            self._appointed[key] = appoint(
                self.people[name].key,
                authority,
                level=level,
                division=PROVINCE,
                head=name.endswith("head"),
                from_on=_FROM,
                to_on=_TO,
                clock=self.office.clock,
                actor="demo",
            )
        return self._appointed[key]

    def take_office(self) -> None:
        """Appoint those who can sign in, so that they see their cases from the first day on."""
        for authority in sorted(_OWN):
            for name in ("official", "head"):
                self.appointed(name, authority)
            self.appointed("above", authority, "national")

    def mandated(self, subject: Subject, name: str = "companies") -> Mandate:
        """An account that acts for a company: whoever was given it first."""
        if subject.pk not in self._mandated:
            self._mandated[subject.pk] = mandate(
                self.people[name].key,
                subject,
                from_on=_FROM,
                to_on=_TO,
                clock=self.office.clock,
                actor="demo",
            )
        return self._mandated[subject.pk]

    def actor(self, party: Party, authority: str, subject: Subject) -> Actor:
        """Who takes a step for a party before an authority."""
        if party is Party.SUBJECT:
            return Actor(party, mandate=self.mandated(subject))
        if party in (Party.CLOCK, Party.MACHINE):
            return Actor(party)
        first, head, above = (
            ("official", "head", "above")
            if authority in _OWN
            else ("colleague", "colleague-head", "colleague-above")
        )
        if party is Party.SUPERIOR:
            return Actor(party, self.appointed(above, authority, "national"))
        one, other = self.appointed(first, authority), self.appointed(head, authority)
        return Actor(party, other, one) if party is Party.HEAD else Actor(party, one, other)

    def take(
        self,
        case: Case,
        act: Act,
        on: date,
        *,
        outcome: Outcome | None = None,
        reasons: str = "",
        findings: tuple[Outcome, ...] = (),
    ) -> None:
        """One step of a case, on a day, by whom its procedure names; of promises, with what is found of each."""
        procedure = self.office.procedure(case.procedure.digest)
        stage = procedure.stage(act)
        if stage is None:
            raise ValueError(f"{procedure.path} has no stage {act}")
        if findings:
            outcome = whole(findings)
        deed = Deed(
            act,
            on,
            stage.party,
            _GOOD.get(act, Outcome.NONE) if outcome is None else outcome,
            on if act in _SERVE else None,
        )
        by = self.actor(stage.party, case.authority, case.subject)
        viewer = Viewer(appointments=(by.appointment,) if by.appointment is not None else ())
        rows = rows_of_case(viewer, case.public_id)
        grounds = grounds_of(case.authority, rows.evidence if rows is not None else ())
        why, law = reasons or reason_for(act, deed.outcome, procedure, grounds), _law(stage, procedure)
        said = Said(
            why,
            law,
            document_of(case, stage, procedure, grounds, reasons=parted(why)[0], law=law, on=on),
            kept_as("by-post") if act in _SERVE else "",
            findings=findings,
        )
        take_step(case, deed, by, self.at(on), said)

    def play(
        self,
        case: Case,
        until: Act,
        *,
        decision: Outcome = Outcome.LISTED,
        also: frozenset[Act] = frozenset(),
    ) -> date:
        """Take the steps of a case up to an act, a day after each other where the law asks for no more.

        What the organisation may say or ask for is left out, unless it is in `also` or is the act itself.

        Returns:
            The day of the last step.
        """
        procedure = self.office.procedure(case.procedure.digest)
        wanted = also | {until}
        for stage in procedure.stages[1:]:
            course = course_of(case, procedure)
            if course.closed or (procedure.kind is CaseKind.LISTING and stage.act is Act.LIFT):
                break
            if (stage.optional or stage.act is Act.STATE) and stage.act not in wanted:
                continue
            on = course.deeds[-1].on + (timedelta() if stage.act in _TOGETHER else ONE)
            if stage.act is Act.DECIDE and course.open_until is not None:
                on = max(on, course.open_until + ONE)
            on = self.workday(on)
            if on > self.today:
                break
            self.take(case, stage.act, on, outcome=decision if stage.act is Act.DECIDE else None)
            if stage.act is until:
                break
        return case.steps.order_by("-number")[0].on

    def ask_for(self, record: Record, procedure: Procedure, on: date, reasons: str) -> Case:
        """A case about a record: an objection, a repair, an end; before the authority whose entry it is."""
        first, made = procedure.stages[0], entry_made_by(record)
        before = made.authority if made is not None else procedure.authority
        return open_about(
            record,
            procedure,
            self.at(on),
            first=Deed(first.act, on, first.party),
            by=self.actor(first.party, before, record.content.subject),
            said=Said(reasons, _law(first, procedure), application_under(procedure)),
        )


_TOGETHER = frozenset({Act.STATE, Act.ASK_HEARING, Act.MARK, Act.LIFT})
"""Acts that follow on the same day: what is marked or lifted is so at once."""


def _law(stage: Stage, procedure: Procedure) -> tuple[tuple[str, str], ...]:
    return tuple((one.instrument, one.article) for one in [*stage.basis, *procedure.basis][:1])
