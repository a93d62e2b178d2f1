"""From a form that is filled in to a step that is taken, with every refusal in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction

from goodstanding.catalogue.procedure import Stage, Stated
from goodstanding.core.errors import Refusal
from goodstanding.office.capacity import together
from goodstanding.office.casepage import CasePage
from goodstanding.office.drafting import WRITTEN, compose, law_lines, title_of
from goodstanding.office.forms import basis_in, deed_in
from goodstanding.office.models import Draft
from goodstanding.office.naming import subject_names
from goodstanding.office.promising import findings_in, items_in
from goodstanding.office.service import kept_as
from goodstanding.office.workplace import workplace
from goodstanding.portal.citing import laws_kept, places_of
from goodstanding.portal.language import Language
from goodstanding.procedures.acting import Actor
from goodstanding.procedures.departing import with_code
from goodstanding.procedures.models import Appointment, Case
from goodstanding.procedures.steps import Said, take_step

_BY_THE_DATABASE = re.compile(r"(GS-[A-Z]+-\d{3}): ([^\n]+)")


@contextmanager
def refusals_of_the_database() -> Iterator[None]:
    """What the database refuses of a step, as a refusal that can be shown."""
    try:
        yield
    except IntegrityError as error:
        found = _BY_THE_DATABASE.search(str(error))
        if found is None:
            raise
        raise Refusal(
            found.group(1),
            f"The database refuses this: {found.group(2)}.",
            why="It holds the law's floor, whatever a form says.",
            remedy="See the case's steps and who is competent, and mend what is named.",
        ) from error


def take(shown: CasePage, stage: Stage, values: Mapping[str, Any], by: Actor) -> None:
    """Take a stage as it was filled in; its draft is gone with it, and with the last step every draft of the case.

    Raises:
        Refusal: as `take_step`, and what the database refuses.
    """
    deed = deed_in(values, stage, shown.today)
    pack = shown.procedure.path.split("/")[0]
    with refusals_of_the_database(), transaction.atomic():
        step = take_step(shown.case, deed, by, workplace(pack), said_in(values, shown, stage))
        drafts = Draft.objects.filter(case=shown.case)
        (drafts if step.closes else drafts.filter(act=stage.act.value)).delete()


def sign(shown: CasePage, stage: Stage, draft: Draft, second: Appointment) -> None:
    """Take what one official proposed, with another's signature.

    Raises:
        Refusal: GS-OFFICE-010 if these two cannot sign together; as `take`.
    """
    by = together(stage, draft.appointment, second)
    if by is None:
        raise Refusal(
            "GS-OFFICE-010",
            "These two cannot sign this together.",
            why="Two officials of a competent office sign, and the one who must decide is among them.",
            remedy="Let another official sign: the head of the office, where the procedure says so.",
        )
    with transaction.atomic():
        Draft.objects.select_for_update().get(pk=draft.pk)
        take(shown, stage, draft.values, by)


def said_in(values: Mapping[str, Any], shown: CasePage, stage: Stage) -> Said:
    """What a form says beside its act."""
    how = values.get("served_how") or ""
    return Said(
        reasons=with_code((values.get("reasons") or "").strip(), values.get("departure") or ""),
        basis=basis_in(values),
        text=text_in(values, shown, stage),
        served_how=kept_as(how) if how else "",
        promises=items_in(values),
        findings=findings_in(values),
    )


def text_in(values: Mapping[str, Any], shown: CasePage, stage: Stage) -> str:
    """The document that a form draws up; empty where its stage draws up none."""
    if not stage.states:
        return ""
    sections: dict[Stated, str] = {one: values.get(one.value) or "" for one in WRITTEN}
    sections[Stated.REASONS] = values.get("reasons") or ""
    sections[Stated.BASIS] = law_lines(laws_kept(basis_in(values), places_of(shown.procedure, stage.act)))
    return compose(
        title_of(stage),
        sections,
        reference=shown.reference,
        organisation=_organisation(shown.case),
        on=shown.today,
    )


def _organisation(case: Case) -> str:
    names = subject_names(Language.ZH, [case.subject_id])
    return f"{names.get(case.subject_id, '')} {case.subject.identifier}".strip()
