"""Matches become lines: each record's share of what its rule may give, under the cap.

One window per subject and rule adds up what the records before have used. What is sure comes first, so that
what is not sure only widens the interval; a record whose day is not known comes last, and absence after it.
Rules without a bound need no window. Everything is worked out in sizes, without sign.
"""

from __future__ import annotations

from ...model import CountOfRecords, Latest, Table
from .probes import Probe, Probes

MET, UNKNOWN, ABSENT = 1, 2, 3  # `status` of a line
KEY = "(subject_id * 32768 + probe)"  # a subject and a probe as one number; subject ids lie below 2^48


def _count_table(probes: Probes) -> str:
    """The size that a table by count gives for n records; NULL for rules without such a table."""
    whens = []
    for probe in probes.with_role("rule"):
        assert probe.rule is not None
        award = probe.rule.award
        if isinstance(award, Table) and isinstance(award.measure, CountOfRecords):
            for bracket in reversed(award.brackets):
                whens.append(
                    f"WHEN probe = {probe.number} AND n >= {bracket.range.low} THEN {abs(bracket.points)}"
                )
            whens.append(f"WHEN probe = {probe.number} THEN 0")
    return f"CASE {' '.join(whens)} END" if whens else ""


def by_count(probes: Probes) -> bool:
    """Whether a rule gives points by how many records there are."""
    return bool(_count_table(probes))


def absences(probes: Probes, matches: str) -> str:
    """A row for each subject and probe of an item of which nothing is known beyond what may be recorded."""
    asked = [one for one in probes.all if one.presence is not None]
    wanted = ", ".join(f"({one.number}, {one.presence})" for one in asked if not one.group)
    parts = [_absent_members(probes, matches)] if any(one.group for one in asked) else []
    if wanted:
        parts.append(_absent_alone(wanted, matches))
    uncovered = ", ".join(f"({one.number})" for one in probes.all if one.uncovered)
    if uncovered:
        parts.append(
            f"SELECT s.subject_id, a.probe FROM subjects AS s CROSS JOIN (VALUES {uncovered}) AS a(probe)"
        )
    return " UNION ALL ".join(parts)


def _absent_members(probes: Probes, matches: str) -> str:
    """Of a group: one member of which nothing is recorded is enough."""
    asked = [one for one in probes.all if one.presence is not None and one.group]
    wanted = ", ".join(f"({one.number}, {one.presence})" for one in asked)
    presences = ", ".join(str(one.presence) for one in asked)
    return (
        f"SELECT s.subject_id, a.probe FROM subjects AS s CROSS JOIN (VALUES {wanted}) AS a(probe, presence) "
        "LEFT JOIN (SELECT root, probe, count(*) AS members FROM groups GROUP BY root, probe) AS z "
        "ON z.root = s.subject_id AND z.probe = a.presence "
        f"LEFT JOIN (SELECT subject_id, probe, count(DISTINCT member) AS told FROM {matches} "
        f"WHERE sure AND probe IN ({presences}) GROUP BY subject_id, probe) AS t "
        "ON t.subject_id = s.subject_id AND t.probe = a.presence "
        "WHERE coalesce(t.told, 0) < coalesce(z.members, 1)"
    )


def _absent_alone(wanted: str, matches: str) -> str:
    return (
        f"SELECT s.subject_id, a.probe FROM subjects AS s CROSS JOIN (VALUES {wanted}) AS a(probe, presence) "
        f"WHERE NOT EXISTS (SELECT 1 FROM {matches} AS m "
        "WHERE m.subject_id = s.subject_id AND m.probe = a.presence AND m.sure)"
    )


def crowded(probes: Probes, matches: str) -> str:
    """Keys of the subjects and rules where several records share one bound; nearly all have a single one.

    Empty where the window cannot be spared: where absence counts as well, or points go by how many there are.
    """
    if by_count(probes) or not any(one.rule and one.rule.reach is not None for one in probes.all):
        return ""
    return f"SELECT {KEY} AS k FROM {matches} WHERE bound GROUP BY k HAVING count(*) > 1"


def rule_lines(
    probes: Probes, matches: str, *, absent: bool, sure: bool = False, few: bool = False
) -> tuple[str, str]:
    """Lines of the rules: subject_id, rule, record_id, low, high, status, access; low or high NULL is open.

    Two queries, either of which may be empty: of the lines that no other record bears on, cheap enough to be
    asked twice, and of those that need the window. With `sure` every match is known to be sure; with `few`
    the table `crowded` names where the window is needed.
    """
    numbers = [one.number for one in probes.with_role("rule")]
    if not numbers:
        return "", ""
    within = within_rules(probes)
    columns = "subject_id, probe, record_id, day, sure, size, access, bound"
    source = f"(SELECT {columns} FROM {matches} WHERE {within})"
    if absent:
        nothing = (
            "NULL::BIGINT AS record_id, NULL::DATE AS day, FALSE AS sure, NULL::BIGINT AS size, 0 AS access, "
            "reach IS NOT NULL AS bound"
        )
        source = (
            f"(SELECT {columns} FROM {matches} WHERE {within} UNION ALL "
            f"SELECT subject_id, probe, {nothing} FROM absences JOIN reaches USING (probe) WHERE {within})"
        )
    capped = [one for one in probes.with_role("rule") if one.rule and one.rule.reach is not None]
    if few:
        alone = f"(SELECT * FROM {source} AS m WHERE NOT (bound AND {KEY} IN (SELECT k FROM crowded)))"
        sharing = f"(SELECT * FROM {source} AS m WHERE bound AND {KEY} IN (SELECT k FROM crowded))"
    else:
        alone = source if not capped else f"(SELECT * FROM {source} AS m WHERE NOT bound)"
        sharing = source if len(capped) == len(numbers) else f"(SELECT * FROM {source} AS m WHERE bound)"
    free = bound = ""
    if few or len(capped) < len(numbers):
        free = f"SELECT {columns}, size AS share FROM {alone} AS m"
    if capped:
        # One packed key sorts faster than two columns.
        order = f"PARTITION BY {KEY} ORDER BY "
        order += (
            "day, record_id" if sure and not absent else "sure DESC, day NULLS LAST, record_id NULLS LAST"
        )
        rows = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
        at = _count_table(probes)
        numbered = f", row_number() OVER ({order}) AS n" if at else ""
        window = (
            f"SELECT m.*, u.reach, coalesce(m.size, u.reach) AS step, "
            f"sum(coalesce(m.size, u.reach)) OVER ({order} {rows})::BIGINT AS used{numbered} "
            f"FROM {sharing} AS m JOIN reaches AS u USING (probe)"
        )
        before, after = "(used - step)", "used"
        if at:
            prior = at.replace("AND n >=", "AND n - 1 >=")
            after = f"coalesce(CASE WHEN record_id IS NULL THEN used ELSE {at} END, used)"
            before = f"coalesce({prior}, {before})"
        share = f"least({after}, reach) - least({before}, reach)"
        bound = f"SELECT {columns}, {share} AS share FROM ({window}) AS w"
    low = f"CASE WHEN {minus(probes)} THEN -share WHEN sure THEN share ELSE 0 END"
    high = f"CASE WHEN {minus(probes)} THEN (CASE WHEN sure THEN -share ELSE 0 END) ELSE share END"
    status = f"CASE WHEN sure THEN {MET} WHEN record_id IS NULL THEN {ABSENT} ELSE {UNKNOWN} END"
    head = (
        f"SELECT subject_id, probe::SMALLINT AS rule, record_id, ({low})::BIGINT AS points_low, "
        f"({high})::BIGINT AS points_high, ({status})::TINYINT AS status, access::TINYINT AS access "
    )

    def told(one: str) -> str:
        return f"{head} FROM ({one}) AS shares" if one else ""

    return told(free), told(bound)


def within_rules(probes: Probes) -> str:
    """The test that a match is of a rule."""
    numbers = [one.number for one in probes.with_role("rule")]
    return "TRUE" if len(numbers) == len(probes.all) else f"probe <= {max(numbers, default=0)}"


def minus(probes: Probes) -> str:
    """The test that a match of a rule deducts points."""
    rules = probes.with_role("rule")
    deducting = [str(one.number) for one in rules if one.rule and one.rule.deducts]
    return "TRUE" if len(deducting) == len(rules) else f"probe IN ({', '.join(deducting) or 'NULL'})"


def single_lines(probes: Probes, matches: str) -> str:
    """The lines of matches of rules that are all sure, and that no other match bears on."""
    points = f"(CASE WHEN {minus(probes)} THEN -size ELSE size END)::BIGINT"
    return (
        f"SELECT subject_id, probe::SMALLINT AS rule, record_id, {points} AS points_low, {points} AS points_high, "
        f"{MET}::TINYINT AS status, access::TINYINT AS access FROM {matches} AS m"
    )


def tops(probes: Probes, matches: str) -> str:
    """The latest match of each fact that reads the latest record, or nothing if no fact does.

    A day that is not known may be the latest.
    """
    numbers = ", ".join(str(one.number) for one in probes.with_role("fact") if _is_latest(one))
    if not numbers:
        return ""
    return (
        f"SELECT * FROM (SELECT m.*, row_number() OVER (PARTITION BY subject_id, probe "
        f"ORDER BY coalesce(day, DATE '9999-12-31') DESC, record_id DESC) AS place FROM {matches} AS m "
        f"WHERE probe IN ({numbers})) AS t WHERE place = 1"
    )


def _is_latest(probe: Probe) -> bool:
    return isinstance(probe.fact, Latest)


def other_lines(probes: Probes, matches: str, *, absent: bool) -> list[str]:
    """Lines of facts and conditions, without points."""
    latest = [one.number for one in probes.with_role("fact") if _is_latest(one)]
    rest = [one.number for one in probes.with_role("fact", "exists") if one.number not in latest]
    status = f"CASE WHEN m.sure THEN {MET} ELSE {UNKNOWN} END"
    columns = (
        "SELECT m.subject_id, u.entry::SMALLINT AS rule, {record} AS record_id, 0::BIGINT AS points_low, "
        "0::BIGINT AS points_high, ({status})::TINYINT AS status, {access}::TINYINT AS access "
        "FROM {source} AS m JOIN entries AS u USING (probe)"
    )
    found = []
    if latest:
        found.append(columns.format(record="m.record_id", status=status, access="m.access", source="tops"))
    if rest:
        numbers = ", ".join(map(str, rest))
        source = f"(SELECT * FROM {matches} WHERE probe IN ({numbers}))"
        found.append(columns.format(record="m.record_id", status=status, access="m.access", source=source))
    if absent and (latest or rest):
        numbers = ", ".join(map(str, latest + rest))
        source = f"(SELECT * FROM absences WHERE probe IN ({numbers}))"
        found.append(columns.format(record="NULL::BIGINT", status=str(ABSENT), access="0", source=source))
    return found
