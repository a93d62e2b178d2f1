"""The same schemes, vectorised: DuckDB expressions that answer as `Scheme` does, for millions.

A checked value is cut into pieces of eight bytes, each read as one integer; every byte then picks its
weighted value from a table of its own place. That is about half the time of a substring and a search for
each place. `list_transform([x], lambda …)[1]` binds a value to a name within an expression: DuckDB would
otherwise work it out once for each mention.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from goodstanding.core.identifiers.folding import quoted
from goodstanding.core.identifiers.legacy import ORGANISATION_WEIGHTS
from goodstanding.core.identifiers.registry import scheme
from goodstanding.core.identifiers.scheme import Scheme
from goodstanding.core.identifiers.usci import AUTHORITIES, REFUSED_AUTHORITIES, VALUE, WEIGHTS

DIGITS = {char: at for at, char in enumerate("0123456789")}
ALNUM = {char: at for at, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
CHECK_X = DIGITS | {"X": 10}

# Weighted sums stay far below these, so one integer says what is wrong: the largest mark wins.
_DIVISION, _AUTHORITY, _ALPHABET = 10**5, 10**7, 10**9

Place = Callable[[str], int]


def let(name: str, value_sql: str, body_sql: str) -> str:
    """`body_sql` with `name` bound to a value that is worked out once."""
    return f"list_transform([{value_sql}], lambda {name}: {body_sql})[1]"


def normalise_sql(name: str | Scheme, column_sql: str) -> str:
    """A VARCHAR expression equal to `Scheme.normalise`; NULL for NULL."""
    known = name if isinstance(name, Scheme) else scheme(name)
    source, target = known.folding
    plain = "0-9A-Z" if known.upper else "!-~"
    return (
        f"CASE WHEN regexp_matches({column_sql}, '[^{plain}]') "
        f"THEN translate({column_sql}, {quoted(source)}, {quoted(target)}) ELSE {column_sql} END"
    )


def fault_sql(name: str | Scheme, column_sql: str) -> str:
    """A VARCHAR expression equal to `Scheme.fault`: a reason code, or NULL for a good value.

    `column_sql` is repeated, so it should be a column. The names that start with gs_ are bound inside.

    NULL and the empty string both give `empty`: NULL must not pass for good. A value that needs no folding
    is checked where it lies; only the others are folded first.
    """
    known = name if isinstance(name, Scheme) else scheme(name)
    folded = normalise_sql(known, column_sql)
    if known.pattern is not None:
        form = f"CASE WHEN regexp_full_match(gs_text, {quoted(known.pattern)}) THEN NULL ELSE 'pattern' END"
        return let("gs_text", folded, f"CASE WHEN coalesce(gs_text, '') = '' THEN 'empty' ELSE {form} END")
    size, fault = _FAULTS[known.name]
    strange = (
        f"CASE WHEN gs_text = '' THEN 'empty' WHEN length(gs_text) <> {size} THEN 'length' "
        f"WHEN regexp_matches(gs_text, '[^0-9A-Z]') THEN 'alphabet' ELSE {fault('gs_text')} END"
    )
    return (
        f"CASE WHEN coalesce({column_sql}, '') = '' THEN 'empty' "
        f"WHEN regexp_matches({column_sql}, '[^0-9A-Z]') THEN {let('gs_text', folded, strange)} "
        f"WHEN strlen({column_sql}) <> {size} THEN 'length' ELSE {fault(column_sql)} END"
    )


def refused_as_subject_sql(column_sql: str) -> str:
    """A VARCHAR expression equal to `refused_as_subject`, on a USCI in its normal form."""
    authorities = ", ".join(quoted(char) for char in REFUSED_AUTHORITIES)
    return (
        f"CASE WHEN starts_with({column_sql}, '92') THEN 'individual-business' "
        f"WHEN left({column_sql}, 1) IN ({authorities}) THEN 'refused-authority' END"
    )


def _place(weight: int, modulus: int, values: dict[str, int], otherwise: Place | None = None) -> Place:
    """What a character adds to the sum; one that has no value adds the mark of its fault."""

    def added(char: str) -> int:
        if char in values:
            return values[char] * weight % modulus
        return otherwise(char) if otherwise else _ALPHABET

    return added


def _symbol(mark: int) -> Place:
    """The mark for a symbol of the USCI's alphabet in a place where it may not stand."""
    return lambda char: mark if char in VALUE else _ALPHABET


def _letter(mark: int) -> Place:
    """The mark for a letter in a place for digits."""
    return lambda char: mark if char in ALNUM else _ALPHABET


def _sum_sql(text_sql: str, places: Sequence[Place]) -> str:
    """Σ places[i](text[i]) for a string of 0–9 and A–Z that is as long as `places`."""
    sums = []
    for start in range(0, len(places), 8):
        part = places[start : start + 8]
        tables = [
            "[" + ",".join(str(place(chr(code))) for code in range(48, 91)) + "]::BIGINT[]" for place in part
        ]
        if len(part) < 4:
            sums += [f"({table})[ord({text_sql}[{start + at}]) - 47]" for at, table in enumerate(tables, 1)]
            continue
        # Every byte less 47: 0 becomes 1, the first place of a table, and Z becomes 43.
        base = int.from_bytes(b"\x2f" * len(part), "big")
        piece = f"CAST(CAST(encode(substr({text_sql}, {start + 1}, {len(part)})) AS BIT) AS BIGINT) - {base}"
        shifts = range(8 * (len(part) - 1), -1, -8)
        terms = [
            f"({table})[(gs_bytes >> {shift}) & 63]" for table, shift in zip(tables, shifts, strict=True)
        ]
        sums.append(let("gs_bytes", piece, " + ".join(terms)))
    return " + ".join(sums)


def _checked(text_sql: str, places: Sequence[Place], verdict: str) -> str:
    """The alphabet, then `verdict`: the remaining branches of a CASE on the sum `gs_sum`."""
    return let(
        "gs_sum", _sum_sql(text_sql, places), f"CASE WHEN gs_sum >= {_ALPHABET} THEN 'alphabet' {verdict} END"
    )


def _usci(x: str) -> str:
    digits = {char: VALUE[char] for char in DIGITS}
    authorities = {char: VALUE[char] for char in AUTHORITIES}
    places = [_place(WEIGHTS[0], 31, authorities, _symbol(_AUTHORITY)), _place(WEIGHTS[1], 31, VALUE)]
    places += [_place(WEIGHTS[at], 31, digits, _symbol(_DIVISION)) for at in range(2, 8)]
    places += [_place(WEIGHTS[at], 31, VALUE) for at in range(8, 17)]
    places.append(_place(1, 31, VALUE))
    return _checked(
        x,
        places,
        f"WHEN gs_sum >= {_AUTHORITY} THEN 'authority' WHEN gs_sum >= {_DIVISION} THEN 'division' "
        "WHEN gs_sum % 31 <> 0 THEN 'check'",
    )


def _organisation_places() -> list[Place]:
    # Check character + Σ ≡ 0 mod 11, X being 10: the same rule as 11 − Σ mod 11.
    return [_place(weight, 11, ALNUM) for weight in ORGANISATION_WEIGHTS] + [_place(1, 11, CHECK_X)]


def _organisation_code(x: str) -> str:
    return _checked(x, _organisation_places(), "WHEN gs_sum % 11 <> 0 THEN 'check'")


def _tax_number(x: str) -> str:
    places = [_place(0, 11, DIGITS, _letter(_DIVISION)) for _ in range(6)]
    return _checked(
        x,
        places + _organisation_places(),
        f"WHEN gs_sum >= {_DIVISION} THEN 'division' WHEN gs_sum % 11 <> 0 THEN 'check'",
    )


def _registration(x: str) -> str:
    """MOD 11,10 runs through the digits with a state, so it is nested instead of summed."""
    state = "10"
    for at in range(1, 15):
        state = f"(([10,1,2,3,4,5,6,7,8,9,10,1,2,3,4,5,6,7,8,9])[{state} + ord({x}[{at}]) - 47] * 2 % 11)"
    return (
        f"CASE WHEN regexp_matches({x}, '[A-Z]') THEN 'alphabet' "
        f"WHEN ({state} + ord({x}[15]) - 48) % 10 <> 1 THEN 'check' END"
    )


def _cnpj(x: str) -> str:
    """Both sums and both check digits ride in one integer: thousands apart, so that none spills over."""
    values = {char: ord(char) - 48 for char in ALNUM}

    def place(first: int, second: int) -> Place:
        one, two = _place(first, 11, values), _place(second, 11, values)
        return lambda char: one(char) + 1000 * two(char) if char in values else _ALPHABET

    pairs = zip((5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3), strict=True)
    places = [place(first, second) for first, second in pairs]
    places.append(lambda char: DIGITS[char] * (2_000 + 10**6) if char in DIGITS else _ALPHABET)
    places.append(lambda char: DIGITS[char] * 10**7 if char in DIGITS else _ALPHABET)
    return _checked(
        x,
        places,
        f"WHEN starts_with({x}, '000000000000') "
        "OR (11 - gs_sum % 1000 % 11) % 11 % 10 <> gs_sum // 1000000 % 10 "
        "OR (11 - gs_sum // 1000 % 1000 % 11) % 11 % 10 <> gs_sum // 10000000 THEN 'check'",
    )


def _lei(x: str) -> str:
    """Letters become two digits (A is 10); 18 letters and two digits just fit a HUGEINT."""
    # Between 9 and A lie seven characters that no value here holds.
    table = ",".join(quoted(str(ALNUM.get(chr(code), ""))) for code in range(48, 91))
    digits = ", ".join(f"([{table}])[ord({x}[{at}]) - 47]" for at in range(1, 21))
    return (
        f"CASE WHEN NOT regexp_full_match({x}, '[0-9A-Z]{{18}}[0-9]{{2}}') THEN 'alphabet' "
        f"WHEN CAST(concat({digits}) AS HUGEINT) % 97 <> 1 THEN 'check' END"
    )


# Length of a value, and what is wrong with one of that length that is all 0–9 and A–Z.
_FAULTS: dict[str, tuple[int, Callable[[str], str]]] = {
    "usci": (18, _usci),
    "cn-registration": (15, _registration),
    "cn-organisation-code": (9, _organisation_code),
    "cn-tax-number": (15, _tax_number),
    "cnpj": (14, _cnpj),
    "lei": (20, _lei),
}
