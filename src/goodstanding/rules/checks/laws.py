"""Checks of citations: nothing counts, or is left out, without a law."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Kind, Rulebook
from .findings import Finding, finding


def cited(rulebook: Rulebook) -> Iterator[Finding]:
    """Each entry names its law, and a list without criteria says why it has none."""
    cited_by = [(one.id, one.basis) for one in rulebook.entries()]
    cited_by += [(one.id, one.basis) for one in rulebook.untranslatable]
    cited_by += [(one.id, one.basis) for one in rulebook.amendments]
    for owner, laws in cited_by:
        if not laws or not all(law.instrument.strip() for law in laws):
            yield finding(18, owner, "no law is cited", "cite the instrument, and the article if it is known")
    if rulebook.kind is Kind.LIST and rulebook.without_criteria and not rulebook.untranslatable:
        yield finding(18, "criteria", "no criteria, and no reason why", "say why under `untranslatable`")
