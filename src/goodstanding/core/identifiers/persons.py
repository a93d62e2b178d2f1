"""Numbers of natural persons in any text: found, so that the row is refused, and never repeated.

What is looked for: the Chinese resident identity number (GB 11643-1999: 18 characters, birth date and check
character valid) and the Brazilian CPF (11 digits, check digits valid), not inside a longer run of digits.
`spelling` folds the characters; between any two digits up to three separators may stand.

Dates, amounts and telephone numbers have digits and separators too, so that separators are weighed:

- An identity number is seldom met by chance (its date and its check character make it one in some ten
  thousand), so it may be cut anywhere. Cut elsewhere than at its own parts (division, birth date, serial,
  check character), it must be cut by one kind of separator, beside one in the birth date and one before the
  check character, and begin with a province. Zeros may stand before it.
- A CPF is met by chance once in a hundred. In its own groups, 3-3-3-2 or with some of these cuts missing, it
  may be cut by dots, dashes and spaces and, before the last two, a stroke, anywhere in a text. By other
  separators, or in the groups of `_CUSTOMARY`, it must be the whole of a list with one kind of separator
  (another kind may stand before the check digits), and not written as an amount of money is: 123.456.789,12.
  Telephone groups (3-4-4, 2-5-4) and dates are not customary. A zero may stand before it if it is cut,
  three if the 14 digits are no CNPJ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from stdnum.br import cnpj, cpf
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from goodstanding.core.identifiers import spelling
from goodstanding.core.identifiers.folding import quoted
from goodstanding.core.identifiers.legacy import check_organisation_code
from goodstanding.core.identifiers.sql import let
from goodstanding.core.identifiers.usci import CATEGORIES, check_usci

CN_IDENTITY = "cn-identity-number"
CPF = "cpf"

_BETWEEN = "[ ./_,-]{0,3}"
_RUN = re.compile(f"[0-9](?:{_BETWEEN}[0-9])*(?:{_BETWEEN}X)?")
_TRAILING = " ./_,-X"
_GROUP = re.compile("[0-9]+X?|X")

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

# The cuts at an identity number's own parts, the other cuts of a birth date, and those at a CPF's.
_PARTS, _IN_DATE, _BEFORE_CHECK = frozenset({6, 14, 17}), frozenset({10, 12}), 17
_CPF_PARTS = frozenset({3, 6, 9})
_CUSTOMARY = frozenset(
    {
        (1,) * 11,
        (2, 2, 2, 2, 2, 1),
        (2, 2, 2, 2, 1, 2),
        (3, 3, 3, 1, 1),
        (4, 4, 3),
        (4, 4, 1, 2),
        (4, 5, 2),
        (5, 4, 2),
        (5, 5, 1),
        (9, 1, 1),
        (10, 1),
    }
)


# The same in RE2 (DuckDB), which cannot look around, nor counts cheaply: any number of separators will do.
_ANY, _SOME = f"{spelling.ASCII_BETWEEN_CLASS}*", f"{spelling.ASCII_BETWEEN_CLASS}+"
_IDENTITY_FORM = _ANY.join(
    [
        "[1-9]",
        *["[0-9]"] * 5,
        "(?:1",
        "[89]|2",
        "0)",
        *["[0-9]"] * 2,
        "[01]",
        "[0-9]",
        "[0-3]",
        *["[0-9]"] * 4,
    ]
)
_CPF_FORMS = [_ANY.join(f"[0-9]{{{size}}}" for size in (3, 3, 3, 2))] + [
    _SOME.join(f"[0-9]{{{size}}}" for size in sizes) for sizes in sorted(_CUSTOMARY)
]
_FORM = (
    f"(?:^|[^0-9])0*(?:{_IDENTITY_FORM}{_ANY}(?:[0-9](?:$|[^0-9])|[Xx])"
    f"|(?:{'|'.join(_CPF_FORMS)})(?:$|[^0-9]))"
)
# Eleven digits at least, whatever stands between, in a text that is not ASCII.
_MANY_DIGITS = f"(?:{spelling.DIGIT_CLASS}{spelling.BETWEEN_CLASS}*){{10}}{spelling.LAST_CLASS}"


@dataclass(frozen=True)
class _Written:
    """Eleven or eighteen characters of a run, and how they are cut.

    Args:
        number: without separators and without zeros before it.
        cuts: after how many characters a separator stands, and its kind.
        zeros: how many zeros stood right before it and are left out.
        around: the kinds of the separators before and after it within the run.
    """

    number: str
    cuts: tuple[tuple[int, str], ...]
    zeros: int
    around: frozenset[str]


def personal_number_in(text: str) -> str | None:
    """The kind of personal number that a text contains: `cn-identity-number`, `cpf`, or None.

    The value itself is never given out. A text that is wholly a USCI, down to the inner organisation code,
    contains none: one in some hundred thousand of them has the form of a person's. A CNPJ never has.
    """
    folded = text.translate(spelling.TABLE)
    runs = [run for match in _RUN.finditer(folded) if len(run := match.group()) >= 11]
    runs += [run.rstrip(_TRAILING) for run in runs if run.endswith("X")]  # the X may begin a word
    if any(_is_identity_number(one) for run in runs for one in _written(run, 18)):
        return None if _is_organisation(folded) else CN_IDENTITY
    return CPF if any(_is_cpf(one) for run in runs for one in _written(run, 11)) else None


def suspect_sql(column_sql: str) -> str:
    """A cheap DuckDB BOOLEAN: true for every text in which `personal_number_in` finds something.

    It is true for some others too (of free text the form alone is asked); the caller asks
    `personal_number_in` about those rows. A text with eleven digits in all, as in a column of telephone numbers
    or of amounts, is asked its check digits here, and so is one that is nothing but a longer number. NULL gives
    false.
    """
    column = f"({column_sql})"
    folded = f"translate({column}, {quoted(spelling.FROM)}, {quoted(spelling.TO)})"
    # CASE, not AND: DuckDB works out all of a conjunction for every row
    form = quoted(_FORM)
    wide = f"CASE WHEN regexp_matches({column}, {quoted(_MANY_DIGITS)}) THEN regexp_matches({folded}, {form}) END"
    formed = (
        f"CASE WHEN strlen({column}) = length({column}) THEN regexp_matches({column}, {form}) ELSE {wide} END"
    )
    # an amount of nine digits and two decimals, say: all of its digits are a CPF, or none is in it
    plain = f"CASE WHEN strlen({column}) = length({column}) THEN {column} ELSE {folded} END"
    digits = f"regexp_replace({plain}, '[^0-9]', '', 'g')"
    return (
        f"coalesce(CASE WHEN strlen({column}) < 11 THEN false WHEN {formed} THEN CASE "
        f"WHEN length({digits}) = 11 THEN {let('gs_digits', digits, _cpf_sql('gs_digits'))} "
        f"WHEN regexp_full_match({column}, '[0-9]{{17}}[0-9X]') THEN {_identity_sql(column)} "
        f"WHEN regexp_full_match({column}, '[0-9]{{12,17}}') "
        f"THEN strlen({column}) = 14 AND starts_with({column}, '000') ELSE true END END, false)"
    )


SUSPECT = "gs_person_suspect"
"""The macro's name."""


def suspect_macro() -> str:
    """A statement that gives a DuckDB connection `suspect_sql` as a macro of one text.

    It is 28 kB: written out for each of thirty columns, parsing it is half the time that a small file takes.
    """
    return f"CREATE OR REPLACE TEMP MACRO {SUSPECT}(cell) AS {suspect_sql('cell')}"


def _weighted(column_sql: str, weights: Sequence[int]) -> str:
    """Σ weight · digit over the first characters, all digits."""
    terms = " + ".join(f"ord(({column_sql})[{at}]) * {weight}" for at, weight in enumerate(weights, 1))
    return f"({terms} - {48 * sum(weights)})"


def _cpf_sql(column_sql: str) -> str:
    tests = [
        f"(11 - {_weighted(column_sql, range(size + 1, 1, -1))} % 11) % 11 % 10 "
        f"= ord(({column_sql})[{size + 1}]) - 48"
        for size in (9, 10)
    ]
    return " AND ".join(tests)


def _identity_sql(column_sql: str) -> str:
    """ISO 7064 MOD 11-2 over all 18: the weights are 2^(18 − i) mod 11, and X is 10."""
    weights = [pow(2, 18 - at, 11) for at in range(1, 18)]
    last = f"CASE WHEN ({column_sql})[18] = 'X' THEN 10 ELSE ord(({column_sql})[18]) - 48 END"
    return f"({_weighted(column_sql, weights)} + {last}) % 11 = 1"


def _written(run: str, size: int) -> Iterator[_Written]:
    """Every stretch of whole groups of a run that has `size` characters, zeros before it left out."""
    groups = list(_GROUP.finditer(run))
    kinds = [_kind(run[one.end() : other.start()]) for one, other in pairwise(groups)]
    for first, start in enumerate(groups):
        head = start.group()
        zeros_before = len(head) - len(head.lstrip("0"))
        total = 0
        for last in range(first, len(groups)):
            total += len(groups[last].group())
            if total > size + zeros_before:
                break
            if total >= size:
                zeros = total - size
                parts = [head[zeros:], *(one.group() for one in groups[first + 1 : last + 1])]
                around = kinds[max(first - 1, 0) : first] + kinds[last : last + 1]
                ends = list(accumulate(len(part) for part in parts))[:-1]
                if parts[0]:
                    cuts = tuple(zip(ends, kinds[first:last], strict=True))
                    yield _Written("".join(parts), cuts, zeros, frozenset(around))


def _kind(between: str) -> str:
    """What separates: the signs but for spaces around them, once if they are all the same."""
    signs = between.replace(" ", "")
    return signs if len(set(signs)) > 1 else signs[:1] or " "


def _is_identity_number(written: _Written) -> bool:
    # Not ric.validate: it also asks for a place of birth that its table knows, and the table is not complete.
    value = written.number
    if not "1800" <= value[6:10] < "2100":
        return False
    try:
        ric.get_birth_date(value)
    except ValidationError:
        return False
    return (
        value[0] != "0"
        and value[:17].isdigit()
        and ric.calc_check_digit(value) == value[-1]
        and _is_cut_as_identity(written)
    )


def _is_cut_as_identity(written: _Written) -> bool:
    if {at for at, _ in written.cuts} <= _PARTS:
        return True
    dated = {kind for at, kind in written.cuts if at in _IN_DATE}
    main = {kind for at, kind in written.cuts if at not in _IN_DATE and at != _BEFORE_CHECK}
    # A list with commas of an amount, a date with dashes and an amount is no number of one person.
    single = len(main) <= 1 and len(dated) <= 1 and (main == dated or not main or not dated or main == {" "})
    return single and written.number[:2] in _PROVINCES


def _is_cpf(written: _Written) -> bool:
    if not cpf.is_valid(written.number):
        return False
    if written.zeros and not written.cuts:
        return written.zeros == 3 and not cnpj.is_valid("000" + written.number)
    if written.zeros > 1 or (written.zeros and all(at != 9 for at, _ in written.cuts)):  # 0591-55390846
        return False
    own = {at for at, _ in written.cuts} <= _CPF_PARTS
    if own and all(kind in (" .-/" if at == 9 else " .-") for at, kind in written.cuts):
        return True
    ends = [0, *(at for at, _ in written.cuts), 11]
    if not own and tuple(end - at for at, end in pairwise(ends)) not in _CUSTOMARY:
        return False
    *before, (last_at, last) = written.cuts
    main = {kind for _, kind in before} if last_at >= 9 else {kind for _, kind in written.cuts}
    money = last_at == 9 and last in (".", ",") and last not in main and main <= {" ", ".", ","}
    return len(main) <= 1 and not money and not (main or {last}) & written.around


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
