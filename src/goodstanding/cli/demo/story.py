"""The years of two companies, step by step: one whose objection is upheld, one that is listed and comes off the list.

Each step is taken on its day by whom the law names, through what the office's pages call. What is told is kept in the
home, so that it can be read again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path

from goodstanding.catalogue.procedure import Act, CaseKind, Party
from goodstanding.cli.demo import reasons
from goodstanding.cli.demo.listings import entry_of, proposed
from goodstanding.cli.demo.measures import ask_at_counter, carry_out, tell_lifted
from goodstanding.cli.demo.stage import ONE, Stagehand
from goodstanding.cli.session import Session
from goodstanding.core.dates import add_months
from goodstanding.core.errors import Refusal
from goodstanding.ledger.models import Record, Subject
from goodstanding.measures.models import Order
from goodstanding.procedures.deed import Outcome
from goodstanding.procedures.models import Case

UPHELD, LISTED = "upheld", "listed"
_WHO = {
    Party.OFFICIAL: "the official",
    Party.HEAD: "the head and the official",
    Party.SUPERIOR: "the authority above",
    Party.SUBJECT: "the company",
    Party.MACHINE: "the rulebook",
}


@dataclass(frozen=True)
class Scene:
    """One step of a story.

    Args:
        of: which of the two.
        on: the day.
        who: takes it.
        what: is done, and what follows from it.
        see: the page on which it can be seen.
        as_: the account that sees it, empty for everyone.
    """

    of: str
    on: date
    who: str
    what: str
    see: str
    as_: str = ""


@dataclass
class Stories:
    """The two stories while they are played. `watch` is called after each scene."""

    opened: Session
    stage: Stagehand
    watch: Callable[[Scene], None] = lambda scene: None
    scenes: list[Scene] = field(default_factory=list)

    def play(self) -> tuple[Scene, ...]:
        """Both, one after the other.

        Raises:
            Refusal: GS-CLI-033 if the province is too small: nobody meets the criteria.
        """
        self._upheld(self._candidate("market-serious", 150))
        self._listed(self._candidate("wage-arrears", 365))
        return tuple(self.scenes)

    def _candidate(self, list_id: str, ago: int) -> Case:
        day = self.stage.today - timedelta(days=ago)
        cases = proposed(self.opened, self.stage, list_id, day, 1)
        if not cases:
            raise Refusal(
                "GS-CLI-033",
                "No company meets the criteria of the list.",
                where=list_id,
                why="The province is too small for it.",
                remedy="Ask for more with --organisations and --records.",
            )
        self.stage.mandated(cases[0].subject, "company")
        return cases[0]

    def _tell(self, of: str, on: date, who: str, what: str, see: str, as_: str = "") -> None:
        scene = Scene(of, on, who, what, see, as_)
        self.scenes.append(scene)
        self.watch(scene)

    def _step(
        self,
        of: str,
        case: Case,
        act: Act,
        on: date,
        what: str,
        *,
        outcome: Outcome | None = None,
        reasons: str = "",
    ) -> date:
        """Take a step, on a working day, and tell it; returns its day."""
        on = self.stage.workday(on)
        self.stage.take(case, act, on, outcome=outcome, reasons=reasons)
        procedure = self.stage.office.procedure(case.procedure.digest)
        stage = procedure.stage(act)
        party = stage.party if stage else Party.OFFICIAL
        own = party is Party.SUBJECT or act in (Act.SERVE_NOTICE, Act.SERVE_DECISION)
        as_ = "company" if own else ("above" if party is Party.SUPERIOR else "official")
        room = "desk" if own else "office"
        self._tell(of, on, _WHO[party], what, f"/en/{room}/cases/{case.public_id}", as_)
        return on

    def _counter(self, of: str, subject: Subject, on: date, purpose: str) -> None:
        answer = ask_at_counter(self.stage, subject, on, purpose)
        said = "; ".join(line.title["en"] for line in answer.lines) or "nothing"
        self._tell(
            of,
            on,
            "the counter",
            f"Asked before {purpose}, what applies here? Answer: {said}.",
            f"/en/file/{subject.public_id}",
        )

    def _upheld(self, case: Case) -> None:
        """A candidate is noticed of its listing, objects to the record that it rests on, and is right."""
        of, on = UPHELD, case.opened_on
        self._tell(
            of,
            on,
            "the rulebook",
            "It proposes the company for the list. Nothing follows from it yet.",
            f"/en/office/cases/{case.public_id}",
            "official",
        )
        on = self._step(of, case, Act.REVIEW, on + ONE, "The official takes it up.")
        on = self._step(
            of, case, Act.NOTIFY, on + ONE, "The notice is drawn up: facts, law, evidence, rights."
        )
        on = self._step(of, case, Act.SERVE_NOTICE, on + ONE, "The notice is served; the company may speak.")
        objection = self._ask(
            of,
            case.grounds.order_by("pk")[0].record,
            CaseKind.OBJECTION,
            on + ONE,
            reasons.ANOTHERS,
            "It objects to the penalty on which the notice rests.",
        )
        on = self._step(
            of, objection, Act.MARK, on + ONE, "The record is marked as disputed, everywhere, at once."
        )
        on = self._step(
            of,
            objection,
            Act.DECIDE,
            on + ONE,
            "The objection is upheld.",
            outcome=Outcome.GRANTED,
            reasons=reasons.NUMBERED,
        )
        on = self._step(of, objection, Act.SERVE_DECISION, on + ONE, "The company has it in writing.")
        on = self._step(of, objection, Act.LIFT, on, "The record is withdrawn; it counts nowhere any more.")
        until = case.steps.get(act=Act.SERVE_NOTICE).open_until
        on = self._step(
            of,
            case,
            Act.DECIDE,
            max(on, until or on) + ONE,
            "The company is not listed.",
            outcome=Outcome.NOT_LISTED,
            reasons=reasons.WITHDRAWN,
        )
        on = self._step(of, case, Act.CONFIRM, on + ONE, "The authority above confirms.")
        on = self._step(of, case, Act.SERVE_DECISION, on + ONE, "The decision is served. The case is closed.")
        self._counter(of, case.subject, on + ONE, "tender 3")

    def _listed(self, case: Case) -> None:
        """A candidate is listed, eleven orders follow; it mends its fault, and all of them are lifted."""
        of, on, subject = LISTED, case.opened_on, case.subject
        self._tell(
            of,
            on,
            "the rulebook",
            "It proposes the company for the list of wage arrears.",
            f"/en/office/cases/{case.public_id}",
            "official",
        )
        self._counter(of, subject, on, "tender 1")
        on = self._step(of, case, Act.REVIEW, on + ONE, "The official takes it up.")
        on = self._step(of, case, Act.NOTIFY, on + ONE, "The notice is drawn up.")
        on = self._step(of, case, Act.SERVE_NOTICE, on + ONE, "The notice is served.")
        on = self._step(
            of,
            case,
            Act.ASK_HEARING,
            on + ONE,
            "It asks to be heard.",
            reasons=reasons.CONTRACTOR,
        )
        on = self._step(of, case, Act.HOLD_HEARING, on + 3 * ONE, "It is heard.")
        until = case.steps.get(act=Act.SERVE_NOTICE).open_until
        on = self._step(
            of,
            case,
            Act.DECIDE,
            max(on, until or on) + ONE,
            "It is listed: two officials sign.",
            outcome=Outcome.LISTED,
            reasons=reasons.EMPLOYER,
        )
        on = self._step(of, case, Act.CONFIRM, on + ONE, "The authority above confirms.")
        on = self._step(of, case, Act.SERVE_DECISION, on + ONE, "The decision is served: the entry begins.")
        entry = entry_of(case)
        orders = list(Order.objects.filter(record=entry).select_related("authority").order_by("pk"))
        bodies = len({one.authority_id for one in orders})
        self._tell(
            of,
            on,
            "the memoranda",
            f"{len(orders)} orders go to {bodies} authorities, each with its law.",
            f"/en/file/{subject.public_id}",
        )
        on = self._step(of, case, Act.PUBLISH, on + ONE, "The entry is published.")
        on = self._reports(of, subject, orders, on + 5 * ONE)
        self._counter(of, subject, on + ONE, "tender 2")
        self._comes_off(of, entry, orders, on)

    def _reports(self, of: str, subject: Subject, orders: list[Order], on: date) -> date:
        for number, order in enumerate(orders):
            why_not = reasons.NO_PERMIT if number == len(orders) - 1 else ""
            carry_out(self.stage, order, on, why_not=why_not)
        self._tell(
            of,
            on,
            "the authorities",
            f"{len(orders) - 1} report what they did, one why it did nothing.",
            f"/en/file/{subject.public_id}",
        )
        return on

    def _comes_off(self, of: str, entry: Record, orders: list[Order], after: date) -> None:
        subject, begin = entry.content.subject, entry.content.effective_from or after
        on = max(add_months(begin, 6), after) + ONE
        leaving = self._ask(
            of,
            entry,
            CaseKind.DELISTING,
            on,
            reasons.ALL_PAID,
            "Six months have passed, the wages are paid: it applies for the end of its entry.",
        )
        for act, what in (
            (Act.ACCEPT, "The application is complete."),
            (Act.EXAMINE, "The receipts are compared with the register of complaints."),
        ):
            on = self._step(of, leaving, act, on + ONE, what)
        on = self._step(of, leaving, Act.DECIDE, on + ONE, "It is granted.", outcome=Outcome.GRANTED)
        on = self._step(of, leaving, Act.SERVE_DECISION, on + ONE, "The decision is served.")
        on = self._step(of, leaving, Act.PUBLISH, on, "It is published.")
        on = self._step(of, leaving, Act.LIFT, on, f"The entry ends, and with it all {len(orders)} orders.")
        for order in orders:
            tell_lifted(self.stage, order, on + ONE)
        self._tell(
            of,
            on + ONE,
            "the authorities",
            f"All {len(orders)} report that they lifted what they did.",
            f"/en/file/{subject.public_id}",
        )
        self._counter(of, subject, on + 2 * ONE, "tender 3")

    def _ask(self, of: str, record: Record, kind: CaseKind, on: date, why: str, what: str) -> Case:
        """The company opens a case about a record."""
        on = self.stage.workday(on)
        path = "cn/objection/national" if kind is CaseKind.OBJECTION else "cn/delisting/wage-arrears"
        procedure = self.stage.office.catalogue.procedure(path, on)
        case = self.stage.ask_for(record, procedure, on, why)
        self._tell(of, on, "the company", what, f"/en/desk/cases/{case.public_id}", "company")
        return case


def keep(home: Path, scenes: tuple[Scene, ...]) -> None:
    """Write down what was told."""
    rows = [asdict(one) | {"on": one.on.isoformat()} for one in scenes]
    _file(home).write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")


def kept(home: Path) -> Iterator[Scene]:
    """What was told; nothing where no story was played."""
    if _file(home).exists():
        for row in json.loads(_file(home).read_text(encoding="utf-8")):
            yield Scene(**{**row, "on": date.fromisoformat(row["on"])})


def _file(home: Path) -> Path:
    return home / "demo-story.json"
