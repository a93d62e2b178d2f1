"""A published case: what was decided about an organisation, how it came about, and how the entry ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from goodstanding.catalogue.model import Basis, Title
from goodstanding.catalogue.procedure import Act, Procedure
from goodstanding.ledger.queries import find_subject
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.page import page
from goodstanding.procedures.discretion import FEWEST, Use, uses
from goodstanding.procedures.models import Case, Step
from goodstanding.procedures.queries import PUBLIC, cases_visible_to, late_by


@dataclass(frozen=True)
class Taken:
    """A step as the public sees it: which office acted, never who."""

    title: Title
    on: date
    party: str
    outcome: str
    reasons: str
    basis: tuple[Basis, ...]
    served_on: date | None
    late: int


def case(request: HttpRequest, lang: Language, public_id: UUID) -> HttpResponse:
    """A case whose entry stands and was published; 404 for all others, whether there are any or not."""
    found = (
        cases_visible_to(PUBLIC).filter(public_id=public_id).select_related("procedure", "subject").first()
    )
    if found is None or find_subject(found.subject.identifier) is None:
        raise Http404
    procedure = shelf.procedure_by_digest(found.procedure.digest)
    steps = list(found.steps.order_by("number"))
    entry = next((one for one in steps if one.effective_to is not None), None)
    context = {
        "case": found,
        "procedure": procedure,
        "pack": shelf.pack_named(found.procedure.path.split("/")[0]),
        "authority": shelf.authority_title(found.authority),
        "steps": [_taken(one, procedure, found) for one in steps],
        "entry": entry,
    }
    return page(request, lang, "case.html", context, section="search")


def _taken(step: Step, procedure: Procedure | None, case: Case) -> Taken:
    stage = procedure.stage(Act(step.act)) if procedure else None
    told = step.act in (Act.DECIDE, Act.CONFIRM)
    return Taken(
        title=stage.title if stage else Title(step.act, step.act),
        on=step.on,
        party=step.party,
        outcome=step.outcome,
        reasons=step.reasons if told else "",
        basis=tuple(Basis(instrument, article) for instrument, article in step.basis) if told else (),
        served_on=step.served_on,
        late=late_by(case, step),
    )


def discretion(request: HttpRequest, lang: Language) -> HttpResponse:
    """How often each authority departs from what the rulebooks propose."""
    rows: list[tuple[Title, Title, Use]] = [
        (shelf.authority_title(one.authority), shelf.procedure_title(one.procedure), one) for one in uses()
    ]
    return page(request, lang, "discretion.html", {"rows": rows, "fewest": FEWEST}, section="about")
