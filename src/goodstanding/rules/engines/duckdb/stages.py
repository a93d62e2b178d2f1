"""The stages of a run: small tables, matches, lines, outcome, in order, in one store."""

from __future__ import annotations

from goodstanding.core.reader import Access

from ...ranking import LOWEST, NOBODY, CutOff, place_of
from . import around
from .footers import stated_in
from .matching import columns, day, matches, quoted
from .ordinary import Ordinary
from .outcome import Outcome
from .pointing import MET, absences, by_count, other_lines, rule_lines, tops

RESTED = ("subject_id", "grade", "points_low", "points_high", "access")  # what another rulebook may rest on
CLOSED = 4  # `status` of a line whose record the reader may not see


class Stages(Ordinary):
    """One run's tables, built in order."""

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
        return f"SELECT subject_id, registered_on FROM {self.store.files(self.extract.subjects)} WHERE {self.fits()}"

    def fits(self) -> str:
        """The test that a row of the subjects is assessed: its kind fits, and it is merged into no other."""
        kinds = ", ".join(quoted(kind) for kind in self.probes.rulebook.subject_kinds)
        merged = "subject_id IN (SELECT from_subject_id FROM merges)"
        return f"(kind IN ({kinds})) IS TRUE" + (f" AND NOT {merged}" if self.merged else "")

    def match(self) -> str:
        """The matches: records that count, joined with the probes, of subjects that are assessed."""
        query = f"SELECT * FROM ({matches(self.probes, 'records', stated_in(self.extract.records))}) AS q"
        if self.extract.endings:
            self.store.table(
                "ended",
                f"SELECT record_id FROM {self.store.files(self.extract.endings)} "
                f"WHERE counts_until <= {day(self.probes.on)}",
            )
            query += " ANTI JOIN ended AS e USING (record_id)"
        others = ", ".join(f"q.{name}" for name in columns(self.probes))
        if self.merged:
            query = (
                f"SELECT coalesce(m.into_subject_id, q.subject_id) AS subject_id, {others} FROM ({query}) AS q "
                "LEFT JOIN merges AS m ON q.subject_id = m.from_subject_id"
            )
        if self.probes.grouped():
            query = around.regrouped(query, others)
            if self.subject is not None:
                query = f"SELECT * FROM ({query}) AS q WHERE subject_id = {self.subject}"
        if self.unfit():
            query = f"SELECT * FROM ({query}) AS q ANTI JOIN unfit AS s USING (subject_id)"
        return query

    def unfit(self) -> bool:
        """Keep the subjects that get no assessment, if there are any: often there are none or few."""
        if not self.extract.subjects or self.subject is not None:
            return False
        self.store.table(
            "unfit",
            f"SELECT subject_id FROM {self.store.files(self.extract.subjects)} WHERE NOT ({self.fits()})",
        )
        return not self.store.quick or bool(self.store.rows("SELECT count(*) FROM unfit")[0][0])

    def lines(self) -> None:
        """The lines: a view over what was matched where no cap applies, and a table where one does; their sums."""
        probes = self.probes
        absent = any(one.may_lack for one in probes.all)
        if self.store.quick and not absent and not by_count(probes):
            self.ordinary()
            return
        if absent:
            self.table("absences", absences(probes, "matches"))
        latest = tops(probes, "matches")
        if latest:
            self.table("tops", latest)
        free, bound = rule_lines(probes, "matches", absent=absent)
        parts = [free, *other_lines(probes, "matches", absent=absent)]
        if bound:
            self.table("bound_lines", bound)
            parts.append("SELECT * FROM bound_lines")
        self.every_line(parts)
        self.by_subject("sums", Outcome(probes).sums("every_line", open_ended=self.open_ended()))

    def show(self, readable: Access) -> None:
        """Lines and assessments as a reader may see them, without the records of unknown subjects."""
        if self.store.quick and self.strangers is None:
            summed, known = self.store.rows(
                "SELECT (SELECT count(*) FROM sums), (SELECT count(lined) FROM results)"
            )[0]
            self.strangers = summed != known
        semi = "" if self.strangers is False else " SEMI JOIN subjects USING (subject_id)"
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

    def rank(self) -> None:
        """Keep what quotas rank; of the next bucket of subjects, beside that of those before."""
        self.store.append("ranking", Outcome(self.probes).ranking(self.joined()))

    def cut(self) -> None:
        """The cut-offs of every quota, once all are ranked."""
        self.cut_offs = {}
        for place, quota in enumerate(self.probes.rulebook.quotas):
            pool = Outcome(self.probes, self.cut_offs).pool(place, "ranking")
            many = f"SELECT count(*), count(*) FILTER (WHERE sure) FROM ({pool}) AS p"
            every, sure = self.store.rows(many)[0]
            few, most = place_of(quota, sure), place_of(quota, every)
            surely = possibly = NOBODY
            if few is not None:
                surely = self._at(few, "high", pool)
            if most is not None:
                possibly = self._at(most, "low", f"SELECT * FROM ({pool}) AS s WHERE sure", LOWEST)
            self.cut_offs[quota.id] = CutOff(surely, possibly)

    def _at(self, place: int, end: str, pool: str, beyond: int = NOBODY) -> int:
        """The value at a place, the largest first and from 0; `beyond` if there are not so many."""
        rows = self.store.rows(f"SELECT {end} FROM ({pool}) AS p ORDER BY {end} DESC LIMIT 1 OFFSET {place}")
        return int(rows[0][0]) if rows else beyond

    @property
    def unranked(self) -> bool:
        """Whether quotas lack their cut-offs, and everyone is here to be ranked."""
        return bool(self.probes.rulebook.quotas) and self.cut_offs is None and self.subject is None

    def joined(self) -> str:
        """Subjects with all that was summed up, one row each."""
        probes = self.probes
        outcome = Outcome(probes)
        rules = len(probes.rulebook.rules)
        joins = [] if self.complete else ["LEFT JOIN sums AS s USING (subject_id)"]
        if probes.with_role("fact", "exists"):
            joins.append(f"LEFT JOIN ({outcome.counts('matches')}) AS c USING (subject_id)")
        if tops(probes, "matches"):
            joins.append(f"LEFT JOIN ({outcome.latest_values()}) AS v USING (subject_id)")
        distinct = outcome.distinct_codes("matches")
        if distinct:
            joins.append(f"LEFT JOIN ({distinct}) AS d USING (subject_id)")
        if any(one.may_lack for one in probes.with_role("fact", "exists")):
            joins.append(f"LEFT JOIN ({outcome.absent_flags()}) AS a USING (subject_id)")
        names = "CASE rule " + " ".join(
            f"WHEN {one.number} THEN {quoted(one.owner)}" for one in probes.with_role("rule")
        )
        if probes.with_role("rule") and not self.all_sure:
            joins.append(
                f"LEFT JOIN (SELECT subject_id, list(DISTINCT {names} END) AS unsure_rules FROM {self.unsure_lines} "
                f"WHERE status <> {MET} AND rule <= {rules} AND points_low IS DISTINCT FROM points_high "
                "GROUP BY subject_id) AS m USING (subject_id)"
            )
        else:
            joins.append("CROSS JOIN (SELECT NULL::VARCHAR[] AS unsure_rules) AS m")
        for number in range(len(probes.others())):
            joins.append(f"LEFT JOIN other{number} USING (subject_id)")
        return f"SELECT * FROM {'sums' if self.complete else 'subjects'} {' '.join(joins)}"

    def outcome(self) -> None:
        """One row per subject."""
        self.table("results", self.outcomes())

    def outcomes(self) -> str:
        """A query of one row per subject."""
        return Outcome(self.probes, self.cut_offs).query(self.joined())
