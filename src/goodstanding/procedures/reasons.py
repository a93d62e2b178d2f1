"""What is decided has its reasons and its law, in words that say something."""

from __future__ import annotations

from collections.abc import Sequence

from goodstanding.catalogue.procedure import Act
from goodstanding.core.errors import Refusal
from goodstanding.core.words import says_something
from goodstanding.procedures.deed import ENDING, Deed


def with_reasons(deed: Deed, reasons: str, basis: Sequence[tuple[str, str]]) -> None:
    """What is decided needs its reasons and its law; so does a finding on whether a promise was kept, for it has
    consequences. A law that is named at all is named in words."""
    lawful = all(says_something(instrument) for instrument, _ in basis)
    reasoned = says_something(reasons)
    if deed.act in (Act.KEEP, Act.FOLLOW) and not (reasoned and basis and lawful):
        raise Refusal(
            "GS-CASE-013",
            "It is not said why the promise counts as kept or broken, or why this follows.",
            why="The organisation must be able to answer it.",
            remedy="Give the reasons and the law.",
        )
    decides = deed.act in (Act.DECIDE, Act.CONFIRM)
    if not lawful or (decides and not (reasoned and basis)) or (deed.outcome in ENDING and not reasoned):
        raise Refusal(
            "GS-CASE-110",
            "The reasons, or the law, are missing.",
            why="Whoever is concerned must be able to answer them, and a court to weigh them.",
            remedy="Give the reasons in words, and each law by the name of its instrument.",
        )
