"""Checks of the examples: there are some, they hold, and each grade is shown by one."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Rulebook
from ..records import Catalogue
from ..running import run_examples
from .findings import Finding, finding


def examples(rulebook: Rulebook, catalogue: Catalogue) -> Iterator[Finding]:
    """Every example holds, and every grade is the outcome of one, or possible in one that cannot tell."""
    if not rulebook.examples:
        yield finding(25, "examples", "the rulebook carries no examples", "add one for each grade")
        return
    shown: set[str] = set()
    for result in run_examples(rulebook, catalogue):
        shown.update(result.assessment.possible if result.assessment else ())
        for difference in result.differences:
            yield finding(24, result.example.place or "example", difference, "mend the rule or the example")
    for grade in rulebook.grades:
        if grade not in shown:
            yield finding(25, "examples", f"no example leads to {grade}", "add one")
