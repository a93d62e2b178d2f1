"""The probes as rows of a small table, which the records are joined with: bounds, masks, sizes.

What a probe does not test has bounds or masks that everything passes.
"""

from __future__ import annotations

from ...bounds import HIGHEST, LOWEST
from ...model import DateUsed, Each, NotStated, Once, Per, Rule, Table, all_points
from .probes import Probe, Probes

CHUNK = 60  # values of one mask: bit 0 is "not stated", bit 1 is "another value"

# Inputs that may be not stated, as bits of `needs`: four codes, three dates, and as many measures as there are.
DAY, SERIOUSNESS, EFFECT, CODE, DATED, MEASURE = 1, 2, 4, 8, 128, 1024
DATES = tuple(DateUsed)


def table(probes: Probes) -> tuple[list[str], list[list[object]]]:
    """Columns (name and type) and rows of the table of probes."""
    columns = [
        "probe SMALLINT",
        "entry SMALLINT",
        "role VARCHAR",
        "item VARCHAR",
        "day_kind VARCHAR",
        "day_from DATE",
        "day_to DATE",
        "kept_from DATE",
        "left_from DATE",
        "needs BIGINT",
        "in_effect BOOLEAN",
        "s_mask BIGINT",
        "size BIGINT",
        "known BOOLEAN",
        "unit BIGINT",
        "round_up BIGINT",
        "reach BIGINT",
        "measure SMALLINT",
        "tabled BOOLEAN",
    ]
    masks = [
        (slot, chunk) for slot, named in sorted(probes.codes.items()) for chunk in range(0, len(named), CHUNK)
    ]
    columns += [f"c{slot}_{chunk}_mask BIGINT" for slot, chunk in masks]
    for used, many in probes.dated():
        spans = ["in", *(f"out{place}" for place in range(many))]
        columns += [f"{one}_{used.value}_{end} DATE" for one in spans for end in ("from", "to")]
    for number in range(len(probes.measures)):
        columns += [f"m{number}_low BIGINT", f"m{number}_high BIGINT"]
    rows = [_row(probes, probe, masks) for probe in probes.all]
    return columns, rows


def _row(probes: Probes, probe: Probe, masks: list[tuple[int, int]]) -> list[object]:
    select = probe.select
    needs = DAY
    if select.seriousness:
        needs |= SERIOUSNESS
    if select.in_effect:
        needs |= EFFECT
    tested = {probes.code_slot(select.item, one.field): one.values for one in select.codes}
    for slot in tested:
        needs |= CODE << slot
    for dated in select.dated:
        needs |= DATED << DATES.index(dated.used)
    bounds = probes.bounds(probe)
    for number, tested_measure in enumerate(probes.measures):
        if tested_measure in bounds:
            needs |= MEASURE << number
    size, known, unit, round_up = _award(probe.rule)
    measure = probes.of(probe)
    row: list[object] = [
        probe.number,
        probe.entry,
        probe.role,
        select.item,
        probe.window.used.value,
        *probes.days(probe),
        *probes.kept(probe),
        needs,
        select.in_effect,
        sum(1 << one for one in select.seriousness) | 1 if select.seriousness else -1,
        size,
        known,
        unit,
        round_up,
        probe.rule.reach if probe.rule else None,
        None if measure is None else probes.measures.index(measure),
        probe.rule is not None and isinstance(probe.rule.award, Table) and measure is not None,
    ]
    for slot, chunk in masks:
        if slot not in tested:
            row.append(-1 if chunk == 0 else 0)
            continue
        part = probes.codes[slot][chunk : chunk + CHUNK]
        mask = sum(4 << place for place, value in enumerate(part) if value in tested[slot])
        row.append(mask | 1 if chunk == 0 else mask)
    for used, many in probes.dated():
        row += probes.spans(probe).get(used, (None, None))
        out = probes.left_out(probe).get(used, [])
        row += [day for one in (*out, *[(None, None)] * (many - len(out))) for day in one]
    for each in probes.measures:
        row += bounds.get(each, (LOWEST, HIGHEST))
    return row


def _award(rule: Rule | None) -> tuple[int | None, bool, int | None, int | None]:
    """Size of the points (of one unit, with `unit`), whether it is known, the unit, what rounds it up."""
    if rule is None:
        return 0, True, None, None
    award = rule.award
    if isinstance(award, Each | Once):
        return abs(award.points), True, None, None
    if isinstance(award, NotStated):
        return award.at_most, False, None, None
    if isinstance(award, Per):
        return abs(award.points), True, award.unit, award.unit - 1 if award.started else 0
    return max(abs(one) for one in all_points(award)), True, None, None
