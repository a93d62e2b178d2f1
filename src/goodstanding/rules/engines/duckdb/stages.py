"""The stages of a run: small tables, matches, lines, outcome, in order, on one DuckDB connection."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access

from ...extract import Extract
from ...model import NotStated, Per, Rule, invalid
from .emit import emit
from .matching import day, matches, quoted
from .outcome import Outcome
from .pointing import MET, absences, crowded, other_lines, rule_lines, tops
from .probes import Probes, table

CLOSED = 4  # `status` of a line whose record the reader may not see


def _files(parts: tuple[Path, ...]) -> str:
    """Parquet parts as a relation."""
    names = ", ".join(quoted(str(one)) for one in parts)
    return f"read_parquet([{names}], union_by_name = false)"


def literal(value: object) -> str:
    """A value of a small table as an SQL literal."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return day(value)
    return quoted(value) if isinstance(value, str) else str(value)


class Stages:
    """One run's tables, built in order."""

    def __init__(
        self, db: duckdb.DuckDBPyConnection, probes: Probes, extract: Extract, subject: int | None
    ) -> None:
        self.db = db
        self.probes = probes
        self.extract = extract
        self.subject = subject
        self.merged = extract.resolved()
        self.kept: list[tuple[str, str]] = []
        self.all_sure = False
        self.same_access: int | None = None

    def table(self, name: str, query: str) -> None:
        """Keep the result of a query of the plan."""
        self.kept.append(("TABLE", name))
        self.db.execute(f"CREATE TEMP TABLE {name} AS {emit(query)}")

    def view(self, name: str, query: str) -> None:
        """Name a query, to be asked when it is read."""
        self.kept.append(("VIEW", name))
        self.db.execute(f"CREATE TEMP VIEW {name} AS {emit(query)}")

    def forget(self) -> None:
        """Drop what was kept: the next bucket of subjects begins with the small tables alone."""
        for kind, name in reversed(self.kept):
            self.db.execute(f"DROP {kind} {name}")
        self.kept.clear()

    def columns(self, parts: tuple[Path, ...]) -> dict[str, str]:
        """Names and types of the columns of the parts."""
        try:
            rows = self.db.execute(f"DESCRIBE SELECT * FROM {_files(parts)}").fetchall()
        except duckdb.Error as error:
            raise Refusal(
                "GS-RULES-027",
                "a part of the extract cannot be read",
                where=", ".join(str(one) for one in parts[:3]),
                why=str(error).splitlines()[0],
                remedy="name Parquet files of the documented columns",
            ) from error
        return {row[0]: row[1] for row in rows}

    def prepare(self) -> None:
        """The small tables: probes, reaches, entries, merges."""
        types = self.columns(self.extract.records) if self.extract.records else {}
        if not types:  # a ledger that holds no record yet
            types = {"record_id": "BIGINT", "subject_id": "BIGINT", "item": "VARCHAR"}
        needed = {"record_id", "subject_id", "item"}
        if not needed <= set(types):
            raise Refusal(
                "GS-RULES-027",
                f"the records lack {', '.join(sorted(needed - set(types)))}",
                where=str(self.extract.records[0]),
                remedy="name Parquet files of the documented columns",
            )
        columns, rows = table(self.probes)
        texts = types["item"] == "VARCHAR"
        if not texts and self.extract.items is None:
            raise invalid(
                27, "the records number their items, and no numbers are given", remedy="pass `items`"
            )
        place = columns.index("item VARCHAR")
        if not texts:
            columns[place] = "item INTEGER"
            numbers = self.extract.items or {}
            for row in rows:
                row[place] = numbers.get(str(row[place]))
        self.db.execute(f"CREATE TEMP TABLE probes ({', '.join(columns)})")
        self.insert("probes", rows)
        self.db.execute("CREATE TEMP TABLE reaches AS SELECT probe, reach FROM probes")
        self.db.execute("CREATE TEMP TABLE entries AS SELECT probe, entry FROM probes")
        self.db.execute("CREATE TEMP TABLE merges (from_subject_id BIGINT, into_subject_id BIGINT)")
        self.insert("merges", [list(one) for one in self.merged.items()])
        self.fill(types)

    def insert(self, table: str, rows: list[list[object]]) -> None:
        """Fill a small table: literals in one statement are far faster than parameters row by row."""
        for start in range(0, len(rows), 1000):
            part = [f"({', '.join(literal(one) for one in row)})" for row in rows[start : start + 1000]]
            self.db.execute(f"INSERT INTO {table} VALUES {', '.join(part)}")

    def fill(self, types: dict[str, str]) -> None:
        """The records as a view, with the columns that a part may lack as NULL."""
        kinds = {
            **dict.fromkeys(("occurred_on", "decided_on", "effective_from", "effective_to"), "DATE"),
            "amount": "BIGINT",
            "currency": "VARCHAR",
            "seriousness": "TINYINT",
            "access": "TINYINT",
            **{f"number_{slot}": "BIGINT" for slot in range(1, 5)},
            **{f"code_{slot}": "VARCHAR" for slot in range(1, 5)},
        }
        lacking = [f"NULL::{kind} AS {name}" for name, kind in kinds.items() if name not in types]
        if "access" not in types:
            lacking = [one for one in lacking if not one.endswith(" AS access")] + ["0::TINYINT AS access"]
        where = ""
        if self.subject is not None:
            ids = [self.subject, *(one for one, into in self.merged.items() if into == self.subject)]
            where = f" WHERE subject_id IN ({', '.join(map(str, ids))})"
        source = f"{_files(self.extract.records)}{where}"
        if not self.extract.records:
            source = "(SELECT 0::BIGINT AS record_id, 0::BIGINT AS subject_id, '' AS item) WHERE FALSE"
        self.db.execute(f"CREATE TEMP VIEW records AS SELECT {', '.join(['*', *lacking])} FROM {source}")

    def universe(self, bucket: str = "TRUE") -> None:
        """The subjects that get an assessment; of one bucket, if its test is given."""
        one = bucket if self.subject is None else f"subject_id = {self.subject}"
        if self.extract.subjects:
            self.table("subjects", f"{self.fitting()} AND {one}")
            return
        self.table(
            "subjects",
            "SELECT subject_id, NULL::DATE AS registered_on FROM ("
            "SELECT DISTINCT coalesce(m.into_subject_id, r.subject_id) AS subject_id FROM records AS r "
            f"LEFT JOIN merges AS m ON r.subject_id = m.from_subject_id) AS d WHERE {one}",
        )

    def fitting(self) -> str:
        """The subjects that are assessed, from the parts."""
        return f"SELECT subject_id, registered_on FROM {_files(self.extract.subjects)} WHERE {self.fits()}"

    def fits(self) -> str:
        """The test that a row of the subjects is assessed: its kind fits, and it is merged into no other."""
        kinds = ", ".join(quoted(kind) for kind in self.probes.rulebook.subject_kinds)
        merged = "subject_id IN (SELECT from_subject_id FROM merges)"
        return f"(kind IN ({kinds})) IS TRUE" + (f" AND NOT {merged}" if self.merged else "")

    def stated(self) -> frozenset[str]:
        """Columns of which every part's own statistics say that no record lacks them."""
        if not self.extract.records:
            return frozenset()
        names = ", ".join(quoted(str(one)) for one in self.extract.records)
        rows = self.db.execute(
            f"SELECT path_in_schema FROM parquet_metadata([{names}]) GROUP BY path_in_schema "
            "HAVING bool_and(stats_null_count IS NOT NULL) AND sum(stats_null_count) = 0 "
            f"AND count(DISTINCT file_name) = {len(set(self.extract.records))}"
        ).fetchall()
        return frozenset(row[0] for row in rows)

    def match(self) -> str:
        """The matches: records that count, joined with the probes, of subjects that are assessed."""
        query = f"SELECT * FROM ({matches(self.probes, 'records', self.stated())}) AS q"
        if self.extract.endings:
            self.db.execute(
                f"CREATE TEMP TABLE ended AS SELECT record_id FROM {_files(self.extract.endings)} "
                f"WHERE counts_until <= {day(self.probes.on)}"
            )
            query += " ANTI JOIN ended AS e USING (record_id)"
        if self.merged:
            query = (
                f"SELECT q.* REPLACE (coalesce(m.into_subject_id, q.subject_id) AS subject_id) FROM ({query}) AS q "
                "LEFT JOIN merges AS m ON q.subject_id = m.from_subject_id"
            )
        if self.unfit():
            query = f"SELECT * FROM ({query}) AS q ANTI JOIN unfit AS s USING (subject_id)"
        return query

    def unfit(self) -> bool:
        """Keep the subjects that get no assessment, if there are any: often there are none or few."""
        if not self.extract.subjects or self.subject is not None:
            return False
        self.db.execute(
            f"CREATE TEMP TABLE unfit AS SELECT subject_id FROM {_files(self.extract.subjects)} "
            f"WHERE NOT ({self.fits()})"
        )
        return bool(self.db.execute("SELECT count(*) FROM unfit").fetchall()[0][0])

    def lines(self) -> None:
        """The lines: a view over what was matched where no cap applies, and a table where one does."""
        probes = self.probes
        absent = any(one.presence is not None for one in probes.all)
        unsure, lowest, highest = self.db.execute(
            "SELECT count(*) FILTER (WHERE NOT sure), min(access), max(access) FROM matches"
        ).fetchall()[0]
        self.all_sure = not unsure and not absent
        self.same_access = highest if lowest == highest and not absent else None
        if absent:
            self.table("absences", absences(probes, "matches"))
        latest = tops(probes, "matches")
        if latest:
            self.table("tops", latest)
        few = "" if absent else crowded(probes, "matches")
        if few:
            self.table("crowded", few)
        free, bound = rule_lines(probes, "matches", absent=absent, sure=self.all_sure, few=bool(few))
        parts = [free, *other_lines(probes, "matches", absent=absent)]
        if bound:
            self.table("bound_lines", bound)
            parts.append("SELECT * FROM bound_lines")
        found = [one for one in parts if one] or [
            "SELECT NULL::BIGINT AS subject_id, NULL::SMALLINT AS rule, NULL::BIGINT AS record_id, "
            "NULL::BIGINT AS points_low, NULL::BIGINT AS points_high, NULL::TINYINT AS status, "
            "NULL::TINYINT AS access WHERE FALSE"
        ]
        every = " UNION ALL ".join(f"SELECT * FROM ({one}) AS p{number}" for number, one in enumerate(found))
        self.view("every_line", every)
        self.table("sums", Outcome(probes).sums("every_line", **self.sums_options()))

    def sums_options(self) -> dict[str, Any]:
        """What is known of the lines before they are summed up."""
        rules = self.probes.with_role("rule")
        return {
            "open_ended": any(one.rule is not None and _may_be_open(one.rule, one.presence) for one in rules),
            "sure": self.all_sure,
            "access": self.same_access,
        }

    def show(self, readable: Access) -> None:
        """Lines and assessments as a reader may see them, without the records of unknown subjects."""
        summed, known = self.db.execute(
            "SELECT (SELECT count(*) FROM sums), (SELECT count(lined) FROM results)"
        ).fetchall()[0]
        semi = "" if summed == known else " SEMI JOIN subjects USING (subject_id)"
        own = Outcome(self.probes).own_lines("results")
        self.view("all_lines", " UNION ALL ".join([f"SELECT * FROM every_line{semi}", *own]))
        closed = f"access > {int(readable)}"
        self.view(
            "lines",
            f"SELECT subject_id, rule, "
            f"CASE WHEN NOT {closed} THEN record_id END AS record_id, "
            f"CASE WHEN NOT {closed} THEN points_low END AS points_low, "
            f"CASE WHEN NOT {closed} THEN points_high END AS points_high, "
            f"CASE WHEN {closed} THEN {CLOSED}::TINYINT ELSE status END AS status, access FROM all_lines"
            if readable < Access.RESTRICTED
            else "SELECT * FROM all_lines",
        )
        shown = ", ".join(
            f"CASE WHEN NOT {closed} THEN {one} END AS {one}"
            for one in ("grade", "possible", "points_low", "points_high", "missing")
        )
        self.view(
            "assessments",
            f"SELECT subject_id, {shown}, access FROM results"
            if readable < Access.RESTRICTED
            else "SELECT subject_id, grade, possible, points_low, points_high, missing, access FROM results",
        )

    def outcome(self) -> None:
        """One row per subject."""
        probes = self.probes
        outcome = Outcome(probes)
        rules = len(probes.rulebook.rules)
        joins = ["LEFT JOIN sums AS s USING (subject_id)"]
        if probes.with_role("fact", "exists"):
            joins.append(f"LEFT JOIN ({outcome.counts('matches')}) AS c USING (subject_id)")
        if tops(probes, "matches"):
            joins.append(f"LEFT JOIN ({outcome.latest_values()}) AS v USING (subject_id)")
        distinct = outcome.distinct_codes("matches")
        if distinct:
            joins.append(f"LEFT JOIN ({distinct}) AS d USING (subject_id)")
        if any(one.presence is not None for one in probes.with_role("fact", "exists")):
            joins.append(f"LEFT JOIN ({outcome.absent_flags()}) AS a USING (subject_id)")
        names = "CASE rule " + " ".join(
            f"WHEN {one.number} THEN {quoted(one.owner)}" for one in probes.with_role("rule")
        )
        if probes.with_role("rule") and not self.all_sure:
            joins.append(
                f"LEFT JOIN (SELECT subject_id, list(DISTINCT {names} END) AS unsure_rules FROM every_line "
                f"WHERE status <> {MET} AND rule <= {rules} AND points_low IS DISTINCT FROM points_high "
                "GROUP BY subject_id) AS m USING (subject_id)"
            )
        else:
            joins.append("CROSS JOIN (SELECT NULL::VARCHAR[] AS unsure_rules) AS m")
        self.table("results", outcome.query(f"SELECT * FROM subjects {' '.join(joins)}"))


def _may_be_open(rule: Rule, presence: int | None) -> bool:
    """Whether a line of the rule can be without bound."""
    if rule.reach is not None:
        return False
    award = rule.award
    unstated = isinstance(award, NotStated) and award.at_most is None
    return presence is not None or isinstance(award, Per) or unstated
