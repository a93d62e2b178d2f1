"""No number of a natural person is kept with a case, an order or a question."""

from __future__ import annotations

from goodstanding.core.errors import Refusal
from goodstanding.core.identifiers.persons import personal_number_in
from goodstanding.procedures.writable import refuse_unwritable


def name_nobody(*texts: str) -> None:
    """Let texts pass that can be kept and hold no personal number.

    Raises:
        Refusal: GS-CASE-012 for the first that holds one; the number is not repeated. GS-CASE-151.
    """
    for text in texts:
        refuse_unwritable(text)
        if personal_number_in(text) is not None:
            raise Refusal(
                "GS-CASE-012",
                "The text holds a personal number.",
                why="No number of a natural person is kept in a case, and reasons are published.",
                remedy="Leave the number out; name the office, not the person.",
            )
