"""The laws of the criteria that a candidate met, each with its article: what a notice rests on first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goodstanding.catalogue.model import Basis
from goodstanding.catalogue.procedure import Act, Procedure, Stage
from goodstanding.portal import shelf
from goodstanding.procedures.models import Case
from goodstanding.rules.telling import items_of

_WEIGHED = (Act.REVIEW, Act.NOTIFY, Act.DECIDE)
"""Acts that say whether the criteria are met."""


def laws_for(case: Case, stage: Stage, procedure: Procedure, items: Iterable[str]) -> tuple[Basis, ...]:
    """The laws that a stage rests on, of the case and then of its procedure.

    A law that the procedure names as a whole is left out where a criterion names an article of it.

    Args:
        items: of the records that the case rests on.
    """
    met = tuple(_met(case, frozenset(items))) if stage.act in _WEIGHED else ()
    whole = [one for one in stage.basis or procedure.basis if not _named_in_part(one, met)]
    return tuple(dict.fromkeys((*met, *whole)))


def _met(case: Case, items: frozenset[str]) -> Iterator[Basis]:
    """What the rulebook that proposed the case cites for its criteria about these items; nothing where none did."""
    proposed = case.proposed_by or {}
    book = next((one.rulebook for one in shelf.rulebooks() if one.digest == proposed.get("digest")), None)
    if book is None:
        return
    for one in (*book.overrides, *book.rules):
        if items & items_of(book, one.id):
            yield from one.basis


def _named_in_part(whole: Basis, laws: tuple[Basis, ...]) -> bool:
    """Whether an article of a law is named. One place gives its number alone, another its title behind it."""
    return not whole.article and any(
        one.article and one.instrument.startswith(whole.instrument) for one in laws
    )
