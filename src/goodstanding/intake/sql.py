"""Small pieces of SQL that every stage uses: literals, trimming, folding."""

from __future__ import annotations

from collections.abc import Iterable

SPACES = (
    " \t\n\r\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
"""What is cut from both ends of a cell: white space of any script, zero-width space, byte-order mark."""

UNSTABLE = (
    r"[\x{0300}-\x{036F}\x{0374}\x{037E}\x{0387}\x{0483}-\x{0487}\x{0591}-\x{05C7}\x{0610}-\x{061A}\x{064B}-\x{0670}\x{06D6}-\x{1FFF}"
    r"\x{2000}\x{2001}\x{20D0}-\x{20F0}\x{2126}-\x{212B}\x{2329}\x{232A}\x{2ADC}\x{2CEF}-\x{2DFF}"
    r"\x{302A}-\x{302F}\x{3099}\x{309A}\x{A66F}-\x{ABED}\x{D7B0}-\x{D7FF}\x{F900}-\x{FDCF}\x{FE20}-\x{FE2F}\x{101FD}-\x{1FFFF}\x{2F800}-\x{10FFFF}]"
)
"""A coarse class that holds every character that Unicode's NFC may change (tested against `unicodedata`)."""


def text(value: str) -> str:
    """A string literal."""
    return "'" + value.replace("'", "''") + "'"


def name(value: str) -> str:
    """A quoted identifier."""
    return '"' + value.replace('"', '""') + '"'


def one_of(expression: str, values: Iterable[str]) -> str:
    """Whether the expression is one of the values; false for no values and for NULL.

    Neither IN nor list_contains: DuckDB makes a join of a longer list, which loses the order of the file's
    rows, and with it their numbers.
    """
    cases = " ".join(f"WHEN {text(value)} THEN true" for value in values)
    return f"CASE {expression} {cases} ELSE false END" if cases else "false"


def trimmed(cell: str, *, exotic: bool) -> str:
    """The cell without white space at its ends, NULL if nothing is left.

    Cutting costs more than looking: only a cell that begins or ends with a space is cut. `exotic` says that
    the file may hold spaces other than ASCII's (the survey of its bytes tells).
    """
    looks = [f"{cell} < '!'", f"ends_with({cell}, ' ')"]
    if exotic:
        odd = "".join(one for one in SPACES if one != " ")
        looks.append(f"regexp_matches({cell}, {text(f'^[{odd}]|[{odd}]$')})")
    cut = f"nullif(trim({cell}, {text(SPACES)}), '')"
    return f"CASE WHEN {' OR '.join(looks)} THEN {cut} ELSE {cell} END"


def composed(cell: str) -> str:
    """The text in Unicode's NFC, as it is kept. Most cells hold nothing that NFC could change."""
    changes = f"strlen({cell}) <> length({cell}) AND regexp_matches({cell}, {text(UNSTABLE)})"
    return f"CASE WHEN {changes} THEN nfc_normalize({cell}) ELSE {cell} END"


_WIDE = "".join(chr(0xFF01 + offset) for offset in range(94)) + "\u3000\u2010\u2011\u2012\u2013\u2212"
_NARROW = "".join(chr(0x21 + offset) for offset in range(94)) + " -----"
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def folded(cell: str) -> str:
    """Full-width letters, digits and signs made narrow, dashes made hyphens.

    For identifiers, codes, dates and numbers only: text is kept as sent.
    """
    return f"translate({cell}, {text(_WIDE)}, {text(_NARROW)})"


def narrowed(cell: str) -> str:
    """Full-width letters and digits made narrow, signs left alone: for codes, whose brackets may be meant."""
    wide = "".join(chr(0xFEE0 + ord(one)) for one in _LETTERS)
    changes = f"strlen({cell}) <> length({cell}) AND regexp_matches({cell}, {text(f'[{wide}]')})"
    return f"CASE WHEN {changes} THEN translate({cell}, {text(wide)}, {text(_LETTERS)}) ELSE {cell} END"


def json_text(cell: str) -> str:
    """The text as a string of canonical JSON (RFC 8785, section 3.2.2.2).

    DuckDB writes JSON strings as the RFC asks, but for control characters without a short form: there it
    writes hexadecimal digits in capitals. Those cells are escaped character by character.
    """
    slow = f"replace(replace({cell}, '\\', '\\\\'), '\"', '\\\"')"
    short = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r"}
    for code in range(1, 32):
        slow = f"replace({slow}, chr({code}), {text(short.get(code, f'{chr(92)}u{code:04x}'))})"
    written = f"to_json({cell})::VARCHAR"
    return f"CASE WHEN contains({written}, '\\u00') THEN '\"' || {slow} || '\"' ELSE {written} END"
