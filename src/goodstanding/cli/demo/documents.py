"""What the documents of the demo's cases say: drawn up from the case by what fills the office's forms."""

from __future__ import annotations

from datetime import date

from goodstanding.catalogue.procedure import Procedure, Stage, Stated
from goodstanding.office.drafting import compose, law_lines, proposed, title_of
from goodstanding.office.grounds import GroundLine
from goodstanding.office.naming import subject_names
from goodstanding.portal.citing import laws_kept, places_of
from goodstanding.portal.language import Language
from goodstanding.procedures.effects import reference
from goodstanding.procedures.models import Case

_REMEDIES = (
    "对决定不服的，可自送达之日起六十日内向上一级机关申请行政复议，或者自送达之日起六个月内提起行政诉讼。\n"
    "Against this decision you may apply to the authority above for reconsideration within sixty days of its service, "
    "or bring a suit within six months."
)
"""Administrative Reconsideration Law, article 20; Administrative Litigation Law, article 46."""


def document_of(
    case: Case,
    stage: Stage,
    procedure: Procedure,
    grounds: tuple[GroundLine, ...],
    *,
    reasons: str,
    law: tuple[tuple[str, str], ...],
    on: date,
) -> str:
    """The notice or decision of a stage; empty where it draws up none."""
    if not stage.states:
        return ""
    sections = {one: proposed(one, procedure, grounds, division=case.division, on=on) for one in stage.states}
    sections |= {
        Stated.REASONS: reasons,
        Stated.BASIS: law_lines(laws_kept(law, places_of(procedure, stage.act))),
    }
    if Stated.REMEDIES in sections:
        sections[Stated.REMEDIES] = _REMEDIES
    name = subject_names(Language.ZH, [case.subject_id]).get(case.subject_id, "")
    return compose(
        title_of(stage),
        sections,
        reference=reference(case),
        organisation=f"{name} {case.subject.identifier}".strip(),
        on=on,
    )


def application_under(procedure: Procedure) -> str:
    """What an organisation hands in: a line for each document that the procedure asks for."""
    lines = [f"# {procedure.title.zh} {procedure.title.en}"]
    for one in procedure.evidence:
        lines += ["", f"## {one.title.zh} {one.title.en}", "见附件。 Enclosed."]
    return "\n".join(lines) + "\n"
