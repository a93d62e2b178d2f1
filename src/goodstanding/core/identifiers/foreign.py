"""Numbers of organisations elsewhere: Brazil's CNPJ and the LEI (ISO 17442)."""

from __future__ import annotations

from stdnum.br import cnpj
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10

_DIGITS = frozenset("0123456789")
_ALNUM = _DIGITS | frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def check_cnpj(value: str) -> str | None:
    """Reason code for a CNPJ of 14 characters, or None.

    Twelve of 0–9 and A–Z (letters since July 2026) and two check digits. A number without a root, twelve
    zeros, is nobody's and is answered with `check`.
    """
    if len(value) != 14:
        return "length"
    if not (set(value[:12]) <= _ALNUM and set(value[12:]) <= _DIGITS):
        return "alphabet"
    try:
        cnpj.validate(value)
    except ValidationError:
        return "check"
    return None


def check_lei(value: str) -> str | None:
    """Reason code for an LEI of 20 characters, or None. python-stdnum looks at the remainder alone."""
    if len(value) != 20:
        return "length"
    if not (set(value[:18]) <= _ALNUM and set(value[18:]) <= _DIGITS):
        return "alphabet"
    try:
        mod_97_10.validate(value)
    except ValidationError:
        return "check"
    return None
