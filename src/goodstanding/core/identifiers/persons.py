"""Numbers of natural persons in any text: found, so that the row is refused, and never repeated.

What is looked for: the Chinese resident identity number (GB 11643-1999: 18 characters, birth date and check
character valid) and the Brazilian CPF (11 digits, check digits valid), with or without the usual
punctuation, not inside a longer run of digits. Full-width characters are folded first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stdnum.br import cpf
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from goodstanding.core.identifiers.folding import quoted
from goodstanding.core.identifiers.legacy import check_organisation_code
from goodstanding.core.identifiers.usci import CATEGORIES, check_usci

CN_IDENTITY = "cn-identity-number"
CPF = "cpf"

# The same forms twice: Python asks what stands around by looking, RE2 (DuckDB) has to match it. RE2 sees the
# text before folding, so that its classes hold the full-width forms too.
_CLASSES = {"D": "[0-9]", "X": "[0-9Xx]", "S": "[ -]", "P": "[. -]", "H": "[/. -]"}
_WIDE_CLASSES = {
    "D": "[0-9０-９]",
    "X": "[0-9０-９XxＸｘ]",
    "S": "[ \u00a0\u3000\\-－]",
    "P": "[ \u00a0\u3000\\-－.．]",
    "H": "[ \u00a0\u3000\\-－.．/／]",
}
# Birth years from 1800 to 2099: nobody else bears such a number, and order numbers seldom fit.
_IDENTITY = "{D}{{6}}{S}?{C}{D}{{2}}{M}{D}{T}{D}{S}?{D}{{3}}{X}"
_CPF = "{D}{{3}}{P}?{D}{{3}}{P}?{D}{{3}}{H}?{D}{{2}}"

# First two digits of a division: provinces of GB/T 2260, and 10 for the national registration office.
_REGIONS = {
    "1": "012345",
    "2": "123",
    "3": "1234567",
    "4": "123456",
    "5": "01234",
    "6": "12345",
    "7": "1",
    "8": "12",
}
_PROVINCES = frozenset(region + place for region, places in _REGIONS.items() for place in places)

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " "}


def _form(form: str, classes: dict[str, str]) -> str:
    wide = classes is _WIDE_CLASSES
    century = "(?:[1１][8８9９]|[2２][0０])" if wide else "(?:1[89]|20)"
    month, day = ("[01０１]", "[0-3０-３]") if wide else ("[01]", "[0-3]")
    return form.format(C=century, M=month, T=day, **classes)


_IDENTITY_FORM = re.compile(f"(?<![0-9])(?={_form(_IDENTITY, _CLASSES)}(?![0-9]))")
_IDENTITY_TAKE = re.compile(_form(_IDENTITY, _CLASSES))
_CPF_FORM = re.compile(f"(?<![0-9])(?={_form(_CPF, _CLASSES)}(?![0-9]))")
_CPF_TAKE = re.compile(_form(_CPF, _CLASSES))
_NO_NUMBER = re.compile("[^0-9Xx]")


def personal_number_in(text: str) -> str | None:
    """The kind of personal number that a text contains: `cn-identity-number`, `cpf`, or None.

    The value itself is never given out. A text that is wholly a USCI, down to the inner organisation code,
    contains none: one in some hundred thousand of them has the form of a person's. A CNPJ never has.
    """
    folded = text if text.isascii() else text.translate(_FOLD)
    suspects = [_numbers(_IDENTITY_FORM, _IDENTITY_TAKE, folded), _numbers(_CPF_FORM, _CPF_TAKE, folded)]
    if any(suspects) and _is_organisation(folded):
        return None
    if any(_is_identity_number(number) for number in suspects[0]):
        return CN_IDENTITY
    return CPF if any(cpf.is_valid(number) for number in suspects[1]) else None


def suspect_sql(column_sql: str) -> str:
    """A cheap DuckDB BOOLEAN: true for every text in which `personal_number_in` finds something.

    It is true for some others too (of free text the form alone is asked); the caller asks
    `personal_number_in` about those rows. A text that is nothing but one number in plain digits, a column of
    telephone numbers say, is asked its check digits here. NULL gives false.
    """
    digit = _WIDE_CLASSES["D"]
    before, after = f"(?:^|[^{digit[1:]})", f"(?:$|[^{digit[1:]})"
    forms = "|".join(_form(form, _WIDE_CLASSES) for form in (_IDENTITY, _CPF))
    # Eleven bytes at least; a run of three digits comes first in both forms, and most texts have none.
    return (
        f"coalesce(strlen({column_sql}) >= 11 AND regexp_matches({column_sql}, "
        f"{quoted(before + '(?:' + forms + ')' + after)}) AND CASE "
        f"WHEN regexp_full_match({column_sql}, '[0-9]{{11}}') THEN {_cpf_sql(column_sql)} "
        f"WHEN regexp_full_match({column_sql}, '[0-9]{{17}}[0-9X]') THEN {_identity_sql(column_sql)} "
        "ELSE true END, false)"
    )


def _weighted(column_sql: str, weights: Sequence[int]) -> str:
    """Σ weight · digit over the first characters, all digits."""
    terms = " + ".join(f"ord({column_sql}[{at}]) * {weight}" for at, weight in enumerate(weights, 1))
    return f"({terms} - {48 * sum(weights)})"


def _cpf_sql(column_sql: str) -> str:
    tests = [
        f"(11 - {_weighted(column_sql, range(size + 1, 1, -1))} % 11) % 11 % 10 = ord({column_sql}[{size + 1}]) - 48"
        for size in (9, 10)
    ]
    return " AND ".join(tests)


def _identity_sql(column_sql: str) -> str:
    """ISO 7064 MOD 11-2 over all 18: the weights are 2^(18 − i) mod 11, and X is 10."""
    weights = [pow(2, 18 - at, 11) for at in range(1, 18)]
    last = f"CASE WHEN {column_sql}[18] = 'X' THEN 10 ELSE ord({column_sql}[18]) - 48 END"
    return f"({_weighted(column_sql, weights)} + {last}) % 11 = 1"


def _numbers(form: re.Pattern[str], take: re.Pattern[str], text: str) -> list[str]:
    """Every candidate, overlapping ones too, without its punctuation."""
    found = (take.match(text, at.start()) for at in form.finditer(text))
    return [_NO_NUMBER.sub("", match.group()) for match in found if match]


def _is_identity_number(number: str) -> bool:
    # Not ric.validate: it also asks for a place of birth that its table knows, and the table is not complete.
    value = number.upper()
    try:
        ric.get_birth_date(value)
    except ValidationError:
        return False
    return value[0] != "0" and ric.calc_check_digit(value) == value[-1]


def _is_organisation(text: str) -> bool:
    """Wholly a USCI that nothing speaks against.

    One identity number in 31 · 11 has both check characters of a USCI by chance. Read as one, most of them
    begin with a category that does not exist or come from a province that does not.
    """
    usci = text.strip().upper()
    return (
        check_usci(usci) is None
        and usci[1] in CATEGORIES[usci[0]]
        and usci[2:4] in _PROVINCES
        and check_organisation_code(usci[8:17]) is None
    )
