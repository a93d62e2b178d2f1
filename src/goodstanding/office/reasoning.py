"""Reasons as a page shows them: the code of a departure by its title, before what was said in words."""

from __future__ import annotations

from goodstanding.office.casepage import CasePage
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.procedures.departing import parted, title_of
from goodstanding.procedures.models import Step


def reasons_of(step: Step, shown: CasePage, lang: Language) -> str:
    """The reasons of a step."""
    said, code = parted(step.reasons)
    if not code:
        return said
    pack = shelf.pack_named(shown.procedure.path.split("/")[0])
    return f"{lang.of(title_of(code, pack))}\n{said}"
