"""What two spellings of one number may differ in: width, case, spaces and dashes.

One table serves the single value (`str.translate`) and the vectorised check (DuckDB's `translate`), so
that both fold the same characters. Case is folded for ASCII only: `str.upper` would turn the dotless ı
into I and ß into SS, which makes letters out of what is none.
"""

from __future__ import annotations

SPACES = (
    "\t\n\v\f\r \x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"

_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
_NARROW = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F))
_LOWER = "abcdefghijklmnopqrstuvwxyz"


def folding(*, drop: str, upper: bool) -> tuple[str, str]:
    """The (from, to) pair of strings: `from[i]` becomes `to[i]`; what is beyond the end of `to` is dropped.

    Args:
        drop: half-width characters that separate and carry no meaning; their full-width forms go too.
        upper: whether a–z become A–Z.
    """
    source, target = "", ""
    for wide, narrow in zip(_WIDE, _NARROW, strict=True):
        if narrow not in drop:
            source += wide
            target += narrow.upper() if upper else narrow
    if upper:
        source += _LOWER
        target += _LOWER.upper()
    dropped = drop + "".join(w for w, n in zip(_WIDE, _NARROW, strict=True) if n in drop)
    return source + dropped, target


def translation(pair: tuple[str, str]) -> dict[int, int | None]:
    """The pair as a table for `str.translate`."""
    source, target = pair
    return {ord(char): ord(target[at]) if at < len(target) else None for at, char in enumerate(source)}


def quoted(text: str) -> str:
    """A DuckDB string literal."""
    return "'" + text.replace("'", "''") + "'"
