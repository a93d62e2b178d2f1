"""The plan, second half: records joined once with the table of probes.

The result has one row for each record that a probe takes, surely or perhaps: subject_id, probe, record_id,
day, sure, size (points before the cap, without sign; NULL is not known), access, and for facts the value.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ...bounds import HIGHEST, LOWEST
from ...model import CountOfRecords, DateUsed, NotStated, Per, Table
from .probes import Measure, Probes
from .tabling import CHUNK, CODE, DATED, DATES, DAY, EFFECT, MEASURE, SERIOUSNESS

LAST = date(9999, 12, 30)  # what is not stated passes every comparison


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def day(value: date) -> str:
    """A day as an SQL literal."""
    return f"DATE '{value.isoformat()}'"


@dataclass(frozen=True)
class Shape:
    """What the matches need beside the least: values of facts, codes of facts."""

    values: bool
    codes: bool


def shape(probes: Probes) -> Shape:
    """Which value columns the facts of a rulebook need."""
    facts = probes.with_role("fact")
    return Shape(
        values=any(probes.of(one) is not None for one in facts),
        codes=any(probes.code_of(one) is not None for one in facts),
    )


def columns(probes: Probes) -> list[str]:
    """The names of the columns of the matches beside `subject_id`."""
    need = shape(probes)
    names = ["probe", "record_id", "day", "sure", "size", "access", "bound"]
    return names + ["value"] * need.values + ["code"] * need.codes


def _column(measure: Measure) -> str:
    """A measure as an expression over a record: NULL where it is not known or in another currency."""
    kind, which = measure
    if kind == "amount":
        return f"CASE WHEN currency = {quoted(str(which))} THEN amount END"
    return f"number_{int(which) + 1}"


def _by_probe(probes: Probes, cases: list[tuple[int, str]], otherwise: str) -> str:
    """An expression that differs by probe."""
    if not cases:
        return otherwise
    if len({text for _, text in cases}) == 1 and len(cases) == len(probes.all):
        return cases[0][1]
    by_text: dict[str, list[int]] = {}
    for number, text in cases:
        by_text.setdefault(text, []).append(number)
    whens = " ".join(
        f"WHEN u.probe IN ({', '.join(map(str, numbers))}) THEN {text}" for text, numbers in by_text.items()
    )
    return f"CASE {whens} ELSE {otherwise} END"


def _value(probes: Probes) -> str:
    """The value that a probe's rule or fact uses."""
    used = sorted(
        {probes.measures.index(one) for probe in probes.all if (one := probes.of(probe)) is not None}
    )
    if not used:
        return "NULL::BIGINT"
    if len(used) == 1:
        return f"r.m{used[0]}"
    whens = " ".join(f"WHEN u.measure = {number} THEN r.m{number}" for number in used)
    return f"CASE {whens} END"


def _size(probes: Probes, value: str) -> tuple[str, str]:
    """The size of a match's points and whether it is known, as expressions."""
    awards = [(one, one.rule.award) for one in probes.with_role("rule") if one.rule]
    size, known = "u.size", "u.known"
    if any(isinstance(award, Per) for _, award in awards):
        begun = f"({value} + u.round_up) // u.unit"
        units = f"(CASE WHEN {value} > 0 THEN {begun} WHEN {value} IS NOT NULL THEN 0 END)"
        size = f"CASE WHEN u.unit IS NULL THEN {size} ELSE u.size * {units} END"
        known = f"({known} AND (u.unit IS NULL OR {value} IS NOT NULL))"
    tables = [
        (probe, award)
        for probe, award in awards
        if isinstance(award, Table) and not isinstance(award.measure, CountOfRecords)
    ]
    if tables:
        cases = []
        for probe, award in tables:
            measure = probes.of(probe)
            assert measure is not None
            column = f"r.m{probes.measures.index(measure)}"
            whens = []
            for bracket in award.brackets:
                tests = [f"{column} IS NOT NULL"]
                if bracket.range.low is not None:
                    tests.append(f"{column} >= {bracket.range.low}")
                if bracket.range.high is not None:
                    tests.append(f"{column} < {bracket.range.high}")
                whens.append(f"WHEN {' AND '.join(tests)} THEN {abs(bracket.points)}")
            cases.append(
                (probe.number, f"CASE WHEN {column} IS NULL THEN u.size {' '.join(whens)} ELSE 0 END")
            )
        size = _by_probe(probes, cases, size)
        known = f"({known} AND (NOT u.tabled OR {value} IS NOT NULL))"
    if size != "u.size" or any(isinstance(award, NotStated) for _, award in awards):
        # No record gives more than its rule can give.
        size = f"CASE WHEN u.reach IS NULL THEN {size} ELSE least(coalesce({size}, u.reach), u.reach) END"
    return size, known


def _code_bit(slot: int, chunk: int, named: list[str]) -> str:
    """A record's code as one bit: 1 not stated, 2 another value, 4 and up a value that a rule names."""
    values = ", ".join(quoted(one) for one in named[chunk : chunk + CHUNK])
    place = f"list_position([{values}], code_{slot + 1})"
    return (
        f"CASE WHEN code_{slot + 1} IS NULL THEN 1::BIGINT ELSE 2::BIGINT << coalesce({place}, 0)::BIGINT END"
    )


def _retention(probes: Probes, never_null: frozenset[str]) -> list[tuple[str, str, str]]:
    """What of retention the windows do not say already: (column, its value over a record, bound of a probe).

    The days are those of `catalogue.retention`. A record that states none of them passes here: it does not
    state its window's day either, and is marked for that.
    """
    found = []
    other = any(one.window.used is not DateUsed.DECIDED_ON for one in probes.all)
    decided = "decided_on" in never_null
    if any(probes.kept(one)[0] > date.min for one in probes.all) and (other or not decided):
        days = f"coalesce(decided_on, occurred_on, effective_from, {day(LAST)})"
        found.append(("kept_on", "decided_on" if decided else days, "kept_from"))
    if any(probes.kept(one)[1] > date.min for one in probes.all):
        found.append(("left_on", f"coalesce(effective_to, {day(LAST)})", "left_from"))
    return found


def _dated(probes: Probes, never_null: frozenset[str]) -> tuple[list[str], list[str]]:
    """Dates that selections test beside their windows: tests over a record, and what it may not state."""
    tests, nulls = [], []
    for used, many in probes.dated():
        at = f"r.{used.value}"
        unknown = "" if used.value in never_null else f"{at} IS NULL OR "
        bounds = f"u.in_{used.value}"
        tests.append(f"({unknown}{bounds}_from IS NULL OR {at} >= {bounds}_from)")
        tests.append(f"({unknown}{bounds}_to IS NULL OR {at} < {bounds}_to)")
        for place in range(many):
            bounds = f"u.out{place}_{used.value}"
            tests.append(f"({unknown}{bounds}_from IS NULL OR {at} < {bounds}_from OR {at} >= {bounds}_to)")
        if unknown:
            nulls.append(f"CASE WHEN {at} IS NULL THEN {DATED << DATES.index(used)} ELSE 0 END")
    return tests, nulls


def matches(probes: Probes, records: str, never_null: frozenset[str] = frozenset()) -> str:
    """The join of the records with the probes.

    Args:
        probes: the plan.
        records: the relation of records.
        never_null: columns of which it is known that every record states them.
    """

    def stated(column: str, value: str, otherwise: str) -> str:
        return value if column in never_null else f"coalesce({value}, {otherwise})"

    if not probes.all:  # a rulebook that looks at no record
        return (
            "SELECT subject_id, 0::SMALLINT AS probe, record_id, NULL::DATE AS day, FALSE AS sure, "
            f"0::BIGINT AS size, 0::TINYINT AS access, FALSE AS bound FROM {records} WHERE FALSE"
        )
    nulls = []
    used = sorted({one.window.used.value for one in probes.all})
    inner = ["record_id", "subject_id", "item", "access", *used]
    tests = []
    for name in used:
        mine = [probes.days(one) for one in probes.all if one.window.used.value == name]
        first, last = min(one for one, _ in mine), max(one for _, one in mine)
        span = f"{name} >= {day(first)} AND {name} < {day(last)}"
        tests.append(f"({span})" if name in never_null else f"({name} IS NULL OR ({span}))")
    on = ["r.item = u.item"]
    if len(used) == 1:
        at = f"r.{used[0]}"
    else:
        at = "CASE u.day_kind " + " ".join(f"WHEN '{one}' THEN r.{one}" for one in used) + " END"
    if set(used) <= never_null:
        on += [f"{at} >= u.day_from", f"{at} < u.day_to"]
    else:
        on.append(f"coalesce({at}, {day(LAST)}) >= u.day_from")
        on.append(f"coalesce({at}, DATE '0001-01-01') < u.day_to")
        nulls.append(f"CASE WHEN {at} IS NULL THEN {DAY} ELSE 0 END")
    for column, value, bound in _retention(probes, never_null):
        inner.append(f"{value} AS {column}")
        on.append(f"r.{column} >= u.{bound}")
    if any(one.select.seriousness for one in probes.all):
        inner.append("seriousness")
        level = stated("seriousness", "r.seriousness", "0")
        on.append(f"(u.s_mask & (1::BIGINT << {level}::BIGINT)) <> 0")
        if "seriousness" not in never_null:
            nulls.append(f"CASE WHEN r.seriousness IS NULL THEN {SERIOUSNESS} ELSE 0 END")
    if any(one.select.in_effect for one in probes.all):
        inner += [one for one in ("effective_from", "effective_to") if one not in inner]
        today = day(probes.on)
        begun = f"coalesce(r.effective_from, {today}) <= {today}"
        going = f"coalesce(r.effective_to, {day(probes.on + timedelta(days=1))}) > {today}"
        on.append(f"(NOT u.in_effect OR ({begun} AND {going}))")
        nulls.append(f"CASE WHEN r.effective_from IS NULL THEN {EFFECT} ELSE 0 END")
    for slot, named in sorted(probes.codes.items()):
        bits = []
        for chunk in range(0, len(named), CHUNK):
            inner.append(f"{_code_bit(slot, chunk, named)} AS c{slot}_{chunk}")
            bits.append(f"(u.c{slot}_{chunk}_mask & r.c{slot}_{chunk}) <> 0")
        on.append("(" + " OR ".join(bits) + ")")
        nulls.append(f"CASE WHEN r.c{slot}_0 = 1 THEN {CODE << slot} ELSE 0 END")
    tested, unstated = _dated(probes, never_null)
    inner += [one.value for one, _ in probes.dated() if one.value not in inner]
    on += tested
    nulls += unstated
    bounds = [probes.bounds(one) for one in probes.all]
    for number, measure in enumerate(probes.measures):
        inner.append(f"{_column(measure)} AS m{number}")
        mine_bounds = [one[measure] for one in bounds if measure in one]
        column = "" if measure[0] == "amount" else f"number_{int(measure[1]) + 1}"
        if any(low > LOWEST for low, _ in mine_bounds):
            on.append(f"{stated(column, f'r.m{number}', str(HIGHEST))} >= u.m{number}_low")
        if any(high < HIGHEST for _, high in mine_bounds):
            on.append(f"{stated(column, f'r.m{number}', str(LOWEST))} <= u.m{number}_high")
        if mine_bounds and column not in never_null:
            nulls.append(f"CASE WHEN r.m{number} IS NULL THEN {MEASURE << number} ELSE 0 END")
    told = f"(u.needs & ({' + '.join(nulls)})) = 0" if nulls else "TRUE"
    need = shape(probes)
    value = _value(probes)
    size, known = _size(probes, value)
    outer = [
        "r.subject_id",
        "u.probe",
        "r.record_id",
        f"{at} AS day",
        f"({told}) AND {known} AS sure",
        f"{size} AS size",
        "r.access" if "access" in never_null else "coalesce(r.access, 2)::TINYINT AS access",
        "u.reach IS NOT NULL AS bound",
    ]
    if need.values:
        outer.append(f"{value} AS value")
    if need.codes:
        cases = []
        for probe in probes.with_role("fact"):
            used_code = probes.code_of(probe)
            if used_code is not None:
                cases.append((probe.number, f"r.code_{used_code + 1}"))
                if f"code_{used_code + 1}" not in inner:
                    inner.append(f"code_{used_code + 1}")
        outer.append(f"{_by_probe(probes, cases, 'NULL::VARCHAR')} AS code")
    return (
        f"SELECT {', '.join(outer)} FROM (SELECT {', '.join(inner)} FROM {records} "
        f"WHERE {' OR '.join(tests)}) AS r JOIN probes AS u ON {' AND '.join(on)}"
    )
