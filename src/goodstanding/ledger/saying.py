"""Reasons and grounds that the ledger keeps for ever: they say something, and name no person by number."""

from __future__ import annotations

from goodstanding.core.errors import Refusal
from goodstanding.core.identifiers.persons import personal_number_in
from goodstanding.core.words import says_something


def reason_of(text: str) -> str:
    """The text, if it can be kept as a reason. The database holds reasons to the same (`sql/words.sql`).

    Raises:
        Refusal: GS-LEDGER-106 if it says nothing; GS-LEDGER-107 if it holds a personal number, which is not repeated.
    """
    if not says_something(text):
        raise Refusal(
            "GS-LEDGER-106",
            "A reason is missing.",
            why="It is kept for ever, and whoever is concerned must be able to answer it.",
            remedy="Say why, in words.",
        )
    if personal_number_in(text) is not None:
        raise Refusal(
            "GS-LEDGER-107",
            "The text holds a personal number.",
            why="It is kept for ever, and no number of a natural person is.",
            remedy="Leave the number out; name the decision by its own number.",
        )
    return text
