"""Whether a text says something: more than blanks, which can be typed in many ways."""

from __future__ import annotations

# Spaces of every kind, line and paragraph breaks, control and format characters (zero-width ones, direction marks,
# tags), variation selectors, and letters that are drawn as nothing: fillers, the empty Braille pattern.
BLANK = (
    (0x00, 0x20), (0x7F, 0xA0), (0xAD, 0xAD), (0x34F, 0x34F), (0x600, 0x605), (0x61C, 0x61C), (0x6DD, 0x6DD),
    (0x70F, 0x70F), (0x890, 0x891), (0x8E2, 0x8E2), (0x115F, 0x1160), (0x1680, 0x1680), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x206F), (0x2800, 0x2800), (0x3000, 0x3000),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFC), (0x110BD, 0x110BD),
    (0x110CD, 0x110CD), (0x13430, 0x1345F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
"""Ranges of code points, both ends included; the database has the same (`ledger_says_something`, tested equal)."""

_CODES = frozenset(code for first, last in BLANK for code in range(first, last + 1))


def says_something(text: str) -> bool:
    """Whether a text has a character that is no blank. A law, a ground and a reason must."""
    return any(ord(char) not in _CODES for char in text)
