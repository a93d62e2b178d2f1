"""Unified social credit identifiers in SQL (GB 32100-2015), one expression for millions of rows.

The generator computes check characters by itself rather than through intake's validator: two writers of one
rule that are tested equal find a fault that one of them alone would plant and then accept.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 symbols of GB 32100; I, O, S, V and Z are never used."""

_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_PERSON_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))

BODIES = 31**6
"""How many organisation codes one class has: six free symbols after its two letters."""


def _sum(text: str, alphabet: str, weights: tuple[int, ...]) -> str:
    terms = (
        f"{weight} * (strpos('{alphabet}', substr({text}, {place}, 1)) - 1)"
        for place, weight in enumerate(weights, 1)
    )
    return "(" + " + ".join(terms) + ")"


def check_character(text: str) -> str:
    """SQL of the 18th character of the 17 in `text` (GB 32100: 31 less the remainder, and 31 is written 0)."""
    return f"substr('{ALPHABET}', ((31 - {_sum(text, ALPHABET, _WEIGHTS)} % 31) % 31 + 1)::BIGINT, 1)"


def organisation_check(text: str) -> str:
    """SQL of the 9th character of an organisation code (GB 11714: 10 is written X, 11 is written 0)."""
    total = _sum(text, _ORGANISATION_ALPHABET, _ORGANISATION_WEIGHTS)
    return f"substr('0123456789X', ((11 - {total} % 11) % 11 + 1)::BIGINT, 1)"


def body(number: str) -> str:
    """SQL of six symbols that write the number, 0 … BODIES - 1, in base 31."""
    return " || ".join(
        f"substr('{ALPHABET}', (({number} // {31**power}) % 31 + 1)::BIGINT, 1)" for power in range(5, -1, -1)
    )


def person_check(text: str) -> str:
    """SQL of the 18th character of a citizen's number (GB 11643), for the planted fault only."""
    total = _sum(text, "0123456789", _PERSON_WEIGHTS)
    return f"substr('10X98765432', ({total} % 11 + 1)::BIGINT, 1)"


def wrong_check(code: str) -> str:
    """SQL of the code with the next symbol of the alphabet as its last: never valid."""
    place = f"(strpos('{ALPHABET}', substr({code}, 18, 1)) % 31 + 1)::BIGINT"
    return f"substr({code}, 1, 17) || substr('{ALPHABET}', {place}, 1)"


def individual_business(code: str) -> str:
    """SQL of a valid code of an individual business (92 …) made from an organisation's code."""
    head = f"('92' || substr({code}, 3, 15))"
    return f"{head} || {check_character(head)}"


def registration_check(text: str) -> str:
    """SQL of the 15th digit of an old registration number (GS 15-2006; ISO 7064 MOD 11,10).

    Nested without repeating itself: `(x + 9) % 10 + 1` is x modulo 10 with 0 written 10.
    """
    product = "10"
    for place in range(1, 15):
        product = f"((({product} + substr({text}, {place}, 1)::INTEGER + 9) % 10 + 1) * 2 % 11)"
    return f"((11 - {product}) % 10)::VARCHAR"
