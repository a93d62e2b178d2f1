"""China's numbers from before 1 October 2015, and how they map to the USCI.

The organisation code is places 9–17 of the USCI and the last nine characters of the tax number. The
registration number has no arithmetic relation to either: only a table of pairs maps it.
"""

from __future__ import annotations

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_10

_DIGITS = frozenset("0123456789")
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def organisation_check_character(body: str) -> str:
    """The ninth character for eight of 0–9 and A–Z (GB 11714-1997): 11 − Σ mod 11; 10 is X and 11 is 0."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def check_organisation_code(value: str) -> str | None:
    """Reason code for a nine-character organisation code in its normal form, or None."""
    if len(value) != 9:
        return "length"
    if not (set(value[:8]) <= _DIGITS | _LETTERS and value[8] in "0123456789X"):
        return "alphabet"
    return None if organisation_check_character(value[:8]) == value[8] else "check"


def check_registration_number(value: str) -> str | None:
    """Reason code for a 15-digit registration number (GS 15-2006; ISO 7064 MOD 11,10), or None."""
    if len(value) != 15:
        return "length"
    if not set(value) <= _DIGITS:
        return "alphabet"
    try:
        mod_11_10.validate(value)
    except ValidationError:
        return "check"
    return None


def check_tax_number(value: str) -> str | None:
    """Reason code for a tax number of 15 characters, division and organisation code, or None.

    Numbers of 17, 18 or 20 characters were given to persons and are refused by their length.
    """
    if len(value) != 15:
        return "length"
    if not (set(value[:14]) <= _DIGITS | _LETTERS and value[14] in "0123456789X"):
        return "alphabet"
    if not set(value[:6]) <= _DIGITS:
        return "division"
    return check_organisation_code(value[6:])


def refused_registration(value: str) -> str | None:
    """`individual-business` if the sequence of a registration number begins with 6–9, else None."""
    return "individual-business" if value[6:7] and value[6] in "6789" else None


def organisation_code_of(scheme: str, value: str) -> str | None:
    """The organisation code that a good value of another scheme contains; None where only a table maps it.

    Args:
        scheme: `usci`, `cn-organisation-code`, `cn-tax-number` or `cn-registration`.
        value: in its normal form.
    """
    match scheme:
        case "usci":
            return value[8:17]
        case "cn-tax-number":
            return value[6:15]
        case "cn-organisation-code":
            return value
        case _:
            return None
