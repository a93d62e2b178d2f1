"""How the characters of a person's number are spelt: digits of any script, look-alikes of X, separators.

`folding` serves identifiers of organisations, which are read strictly. Here nothing may hide a number, so
that more is folded: every digit that Unicode knows, from Arabic-Indic to mathematical and circled ones, X of
other alphabets, dashes and spaces of every kind; what has no width is dropped. The fold is one character to
one or none, so that DuckDB's `translate` does the same with the same pair of strings.
"""

from __future__ import annotations

import unicodedata

from goodstanding.core.identifiers.folding import DASHES, SPACES

_LAST = 0x1FC00  # beyond it Unicode has no digits (tested)


def _digits() -> dict[str, str]:
    found = {}
    for code in range(0x80, _LAST):
        value = unicodedata.digit(chr(code), None)
        if value is not None:
            found[chr(code)] = str(value)
    return found


def _crosses() -> str:
    """Letters that read as X: those that NFKC makes one, Cyrillic and Greek ones, the signs."""
    styled = (
        *range(0x2160, 0x2180),
        *range(0x24B6, 0x24EA),
        *range(0xFF21, 0xFF5B),
        *range(0x1D400, 0x1D6A4),
    )
    return "ХхΧχ×✕✖" + "".join(
        chr(code) for code in styled if unicodedata.normalize("NFKC", chr(code)) in ("X", "x")
    )


DIGITS = _digits()
CROSSES = _crosses()
# Zero-width and direction marks, variation selectors, combining marks, the frame of a key.
DROPPED = "\u200b\u200c\u200d\u2060\ufeff" + "".join(
    chr(code)
    for first, last in (
        (0xAD, 0xAD),
        (0x300, 0x36F),
        (0x61C, 0x61C),
        (0x180B, 0x180E),
        (0x200E, 0x200F),
        (0x202A, 0x202E),
        (0x2061, 0x206F),
        (0x20D0, 0x20F0),
        (0xFE00, 0xFE0F),
    )
    for code in range(first, last + 1)
)
# What each of the six separators stands for.
_SEPARATORS = {
    " ": "".join(char for char in SPACES if char not in " " + DROPPED),
    "-": "".join(char for char in DASHES if char != "-") + "－~～〜﹣\u2e3a\u2e3b\u00af\u02d7",
    ".": "．。·•・‧∙⋅﹒｡\uff65",
    "/": "／⁄∕\\＼|｜¦",
    "_": "＿‗",
    ",": "，、﹐､;；'’`´",
}


def _pair() -> tuple[str, str]:
    table = {**DIGITS, "x": "X", **dict.fromkeys(CROSSES, "X")}
    for plain, others in _SEPARATORS.items():
        table |= dict.fromkeys(others, plain)
    return "".join(table) + DROPPED, "".join(table.values())


FROM, TO = _pair()
"""For DuckDB's `translate`: FROM[i] becomes TO[i]; what is beyond the end of TO is dropped."""
TABLE: dict[int, int | None] = {
    ord(char): ord(TO[at]) if at < len(TO) else None for at, char in enumerate(FROM)
}
"""The same for `str.translate`."""


def _ranges(chars: str) -> str:
    """The inside of an RE2 character class."""
    found: list[list[int]] = []
    for code in sorted({ord(char) for char in chars}):
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"\\x{{{first:X}}}-\\x{{{last:X}}}" for first, last in found)


DIGIT_CLASS = f"[{_ranges('0123456789' + ''.join(DIGITS))}]"
LAST_CLASS = f"[{_ranges('0123456789Xx' + ''.join(DIGITS) + CROSSES)}]"
BETWEEN_CLASS = f"[{_ranges(''.join(_SEPARATORS) + ''.join(_SEPARATORS.values()) + DROPPED)}]"
_ASCII = "".join(one for one in (*_SEPARATORS, *"".join(_SEPARATORS.values())) if one.isascii())
ASCII_BETWEEN_CLASS = f"[{_ranges(_ASCII)}]"
