"""Whether a text can be kept as it is written: of characters that the database has, and no longer than its place."""

from __future__ import annotations

from goodstanding.core.errors import Refusal

LINE = 200
"""Characters of an instrument, an article, or the path of a rulebook."""
PARAGRAPH = 400
"""Characters of what became of an organisation: the document, and why."""
PASSAGE = 2000
"""Characters of what is promised, and of how that is checked."""


def refuse_unwritable(text: str) -> None:
    """Let a text pass that can be kept.

    Raises:
        Refusal: GS-CASE-151 for a NUL, or half of a character (a surrogate), which no text can hold in a database.
    """
    for place, char in enumerate(text, 1):
        if char == "\0" or "\ud800" <= char <= "\udfff":
            raise Refusal(
                "GS-CASE-151",
                "The text holds a character that cannot be kept.",
                where=f"character {place}: U+{ord(char):04X}",
                why="It is no character of any writing: something went wrong where the text comes from.",
                remedy="Type that place anew, in UTF-8.",
            )


def refuse_long(most: int, **texts: str) -> None:
    """Let texts pass that are not too long for their place.

    Raises:
        Refusal: GS-CASE-152 for the first of more than `most` characters; it is named by its place.
    """
    for place, text in texts.items():
        if len(text) > most:
            raise Refusal(
                "GS-CASE-152",
                f"A text has {len(text)} characters, and no more than {most} are kept of it.",
                where=place,
                why="What is kept of a case stays readable, and is never cut.",
                remedy="Say it shorter, and put the rest into a document of the case.",
            )
