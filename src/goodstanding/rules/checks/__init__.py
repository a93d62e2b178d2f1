"""Checks of a rulebook: what the model alone cannot refuse."""

from __future__ import annotations

from ..model import Rulebook
from ..records import Catalogue
from .examples import examples
from .findings import Finding
from .grades import bands, brackets, named, reachable, repeated
from .laws import cited
from .matching import dated, matching
from .names import amended, circles, given, known, unique
from .persons import no_persons
from .references import Named, references
from .sums import sums

__all__ = ["Finding", "Named", "check_rulebook"]

ALONE = (
    *(unique, known, amended, given, circles, cited, no_persons),
    *(bands, brackets, reachable, repeated, named, sums, dated),
)


def check_rulebook(
    rulebook: Rulebook, catalogue: Catalogue | None = None, named: Named | None = None
) -> tuple[Finding, ...]:
    """Everything wrong with a rulebook; empty if nothing is.

    With a catalogue (items by full path) it is also checked that every rule can match, and the examples run;
    with `named`, that the authority, the list and the rulebooks exist that it names.
    """
    found = [one for check in ALONE for one in check(rulebook)]
    if named is not None:
        found += references(rulebook, named)
    if catalogue is not None:
        found += matching(rulebook, catalogue)
        if not found:
            found += examples(rulebook, catalogue)
    return tuple(found)
