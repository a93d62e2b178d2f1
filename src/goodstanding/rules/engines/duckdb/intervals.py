"""Intervals as two SQL expressions: a NULL end is open. Whole numbers only, and no silent overflow.

Values of facts are BIGINT, and what is worked out of several is HUGEINT until the result is cast back: a number
beyond its type is an error of the database, which a run turns into a refusal, and never another number.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Range, Rounding


def within(low: str, high: str, span: Range) -> str:
    """Whether an interval lies in a range, as a nullable boolean; NULL bounds are open."""
    met, failed = [], []
    if span.low is not None:
        met.append(f"{low} >= {span.low}")
        failed.append(f"{high} < {span.low}")
    if span.high is not None:
        met.append(f"{high} < {span.high}")
        failed.append(f"{low} >= {span.high}")
    if not met:
        return "TRUE"
    return f"(CASE WHEN {' AND '.join(met)} THEN TRUE WHEN {' OR '.join(failed)} THEN FALSE END)"


def outside(low: str, high: str, span: Range) -> str:
    """Whether an interval surely lies outside a range, TRUE or not: shorter than `within(...) IS FALSE`."""
    failed = [] if span.low is None else [f"{high} < {span.low}"]
    failed += [] if span.high is None else [f"{low} >= {span.high}"]
    return " OR ".join(failed) or "FALSE"


def exact(name: str) -> str:
    """Whether a number is known, TRUE or FALSE; its ends are the columns <name>_low and <name>_high."""
    return f"(({name}_low IS NOT NULL AND {name}_low = {name}_high) IS TRUE)"


def clip(value: str, end: str, low: int | None, high: int | None) -> str:
    """A bound kept between two bounds; an open low end becomes the lower bound, an open high end the upper."""
    if low is not None:
        open_low = str(low) if end == "low" else "NULL"
        value = f"(CASE WHEN {value} IS NULL THEN {open_low} ELSE greatest({value}, {low}) END)"
    if high is not None:
        open_high = str(high) if end == "high" else "NULL"
        value = f"(CASE WHEN {value} IS NULL THEN {open_high} ELSE least({value}, {high}) END)"
    return value


def extreme(name: str, values: Sequence[str]) -> str:
    """`least` or `greatest` of one value or several."""
    return values[0] if len(values) == 1 else f"{name}({', '.join(values)})"


def quotient(number: str, divisor: str, rounding: Rounding, *, signed: bool = True) -> str:
    """number / divisor as a whole number, as `Rounding.quotient`; the divisor is above 0.

    Division of whole numbers drops the fraction, so that a number below 0 is divided by its size. Without
    `signed` the number is known to be at least 0.
    """
    if rounding is Rounding.HALF_UP:
        number, divisor = f"(2 * {number} + {divisor})", f"(2 * {divisor})"
    if not signed:
        begun = f" + {divisor} - 1" if rounding is Rounding.UP else ""
        return f"(({number}{begun}) // {divisor})"
    if rounding is Rounding.UP:
        return (
            f"(CASE WHEN {number} > 0 THEN ({number} + {divisor} - 1) // {divisor} "
            f"ELSE -((-{number}) // {divisor}) END)"
        )
    return (
        f"(CASE WHEN {number} >= 0 THEN {number} // {divisor} "
        f"ELSE -(({divisor} - 1 - {number}) // {divisor}) END)"
    )
