"""A published case: what was decided about an organisation, how it came about, and how the entry ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from goodstanding.catalogue.model import Basis, Title
from goodstanding.catalogue.procedure import Act, Procedure
from goodstanding.ledger.queries import find_subject
from goodstanding.measures.lines import lines_of
from goodstanding.measures.queries import orders_visible_to
from goodstanding.measures.rests import rests_of
from goodstanding.portal import shelf
from goodstanding.portal.citing import laws_kept, places_of
from goodstanding.portal.following import order_rows, rest_rows
from goodstanding.portal.language import Language
from goodstanding.portal.page import page
from goodstanding.portal.today import today
from goodstanding.procedures.departing import title_of
from goodstanding.procedures.discretion import CLASSES, uses
from goodstanding.procedures.models import Step
from goodstanding.procedures.queries import PUBLIC, RIGHTS, cases_visible_to, newest_of
from goodstanding.procedures.tallies import FEW, FEWEST, Use, Why


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
    late: int  # days after its last day; 0 if it was in time, or had no deadline


def case(request: HttpRequest, lang: Language, public_id: UUID) -> HttpResponse:
    """A case whose entry stands and was published; 404 for all others, whether there are any or not."""
    found = (
        cases_visible_to(PUBLIC).filter(public_id=public_id).select_related("procedure", "subject").first()
    )
    if found is None or find_subject(found.subject.identifier) is None:
        raise Http404
    procedure = shelf.procedure_by_digest(found.procedure.digest)
    steps = list(found.steps.order_by("number"))
    due = {one.act: one.last for one in newest_of(found.deadlines.order_by("id")) if one.act not in RIGHTS}
    entry = next((one for one in steps if one.effective_to is not None), None)
    day = today(shelf.zone_of(found.subject.scheme))
    written = {entry.record_id} - {None} if entry else set()
    orders = orders_visible_to(PUBLIC, day).filter(record__in=written)
    context = {
        "case": found,
        "procedure": procedure,
        "pack": shelf.pack_named(found.procedure.path.split("/")[0]),
        "authority": shelf.authority_title(found.authority),
        "steps": [_taken(one, procedure, due) for one in steps],
        "entry": entry,
        "orders": order_rows(lines_of(orders, day)),
        "rests": rest_rows(rests_of((one for one in written if one), found.subject, day)),
    }
    return page(request, lang, "case.html", context, section="search")


def _taken(step: Step, procedure: Procedure | None, due: dict[str, date]) -> Taken:
    stage = procedure.stage(Act(step.act)) if procedure else None
    told = step.act in (Act.DECIDE, Act.CONFIRM)
    return Taken(
        title=stage.title if stage else Title(step.act, step.act),
        on=step.on,
        party=step.party,
        outcome=step.outcome,
        reasons=step.reasons if told else "",
        basis=laws_kept(step.basis, places_of(procedure, Act(step.act)) if procedure else ()) if told else (),
        served_on=step.served_on,
        late=max(0, (step.on - due[step.act]).days) if step.act in due else 0,
    )


@dataclass(frozen=True)
class Told:
    """A row of a table: who decided, on which list, about which class of organisations, and how."""

    authority: Title
    procedure: Title
    subjects: Title | None
    use: Use


def discretion(request: HttpRequest, lang: Language) -> HttpResponse:
    """How often each authority departs from what the rulebooks propose, up to the end of the last month."""
    until = today().replace(day=1)
    found = uses(until)
    tables = (
        ("kind", [_told(one, None) for one in found.by_kind]),
        ("ownership", [_told(one, "ownership") for one in found.by_ownership]),
        ("size", [_told(one, "size") for one in found.by_size]),
    )
    reasons = [_why(one) for one in found.by_reason]
    context = {
        "tables": tables,
        "reasons": reasons,
        "any": bool(found.by_kind),
        "fewest": FEWEST,
        "until": until,
    }
    return page(request, lang, "discretion.html", context, section="about")


@dataclass(frozen=True)
class Reason:
    """A row of the table of reasons; `title` is None where none was given, or several stand together."""

    authority: Title
    title: Title | None
    why: Why


def _why(one: Why) -> Reason:
    pack = shelf.pack_named(one.authority.partition("/")[0])
    title = None if one.code in ("", FEW) else title_of(one.code, pack)
    return Reason(shelf.authority_title(one.authority), title, one)


def _told(one: Use, field: str | None) -> Told:
    known = field is not None and one.subjects not in ("", FEW)
    return Told(
        shelf.authority_title(one.authority),
        shelf.procedure_title(one.procedure),
        _class_title(one, field) if known and field else None,
        one,
    )


def _class_title(one: Use, field: str) -> Title:
    """A class as the catalogue calls it; the word itself where no pack has it."""
    try:
        item = shelf.catalogue().item(f"{one.authority.partition('/')[0]}/{CLASSES}")
    except KeyError:
        return Title(one.subjects, one.subjects)
    titles = (each.value_title(one.subjects) for each in item.fields if each.name == field)
    return next(titles, None) or Title(one.subjects, one.subjects)
