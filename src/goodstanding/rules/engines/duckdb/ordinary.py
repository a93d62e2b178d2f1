"""Most subjects are ordinary: every match is sure, and no two share a bound. Each match is then a line as it is.

One pass over the matches adds up each subject's points and tells, by counting, who is ordinary; windows,
intervals and lists of what is not known are for the matches of the few others. Nothing may be absent, and
questions to the store must be quick.
"""

from __future__ import annotations

from ...model import RegisteredFor, leaves
from .opening import Opening
from .outcome import Outcome
from .pointing import crowded, other_lines, rule_lines, single_lines, tops, within_rules
from .summing import HERE

ORDINARY = f"(weight & {HERE - 1}) = bit_count(bits)"


class Ordinary(Opening):
    """Lines and sums where nothing is absent."""

    def ordinary(self) -> None:
        """The view `every_line`, and `sums` of everyone; tables of their own for the few others."""
        probes = self.probes
        outcome = Outcome(probes)
        many, unsure, lowest, highest, here = self.store.rows(
            "SELECT count(*), count(*) FILTER (WHERE NOT sure), min(access), max(access), "
            "(SELECT count(*) FROM subjects) FROM matches"
        )[0]
        self.all_sure = not unsure
        open_to_all = not lowest and not highest
        latest = tops(probes, "matches")
        if latest:
            self.table("tops", latest)
        few = many < here
        weights = outcome.weights("matches", sure=self.all_sure, open_to_all=open_to_all, few=few)
        (self.table if few else self.by_subject)("weights", weights)
        parts, sums = [], [f"SELECT {', '.join(outcome.weighed('weights'))} FROM weights WHERE {ORDINARY}"]
        if probes.with_role("rule"):
            self.others()
            mine = f"(SELECT * FROM matches ANTI JOIN others USING (subject_id) WHERE {within_rules(probes)})"
            parts = [single_lines(probes, mine), "SELECT * FROM others_lines"]
            columns = ", ".join(outcome.weighed("weights", "others_sums"))
            sums.append(f"SELECT {columns} FROM others_sums JOIN weights USING (subject_id)")
        self.every_line([*parts, *other_lines(probes, "matches", absent=False)])
        self.view("sums", " UNION ALL ".join(sums))
        strangers, twice = self.store.rows(
            f"SELECT count(*) FILTER (WHERE weight < {HERE}), count(*) FILTER (WHERE weight >= {2 * HERE}) "
            "FROM weights"
        )[0]
        self.strangers = few or strangers > 0
        asked = [leaf for _, condition in probes.rulebook.conditions() for leaf in leaves(condition)]
        registered = any(isinstance(one, RegisteredFor) for one in asked)
        self.complete = not (strangers or twice or registered)

    def others(self) -> None:
        """Lines and sums of those who are not ordinary."""
        probes = self.probes
        self.table("others", f"SELECT subject_id FROM weights WHERE NOT ({ORDINARY})")
        self.table(
            "others_matches",
            f"SELECT * FROM matches SEMI JOIN others USING (subject_id) WHERE {within_rules(probes)}",
        )
        sharing = crowded(probes, "others_matches")
        if sharing:
            self.table("crowded", sharing)
        found = rule_lines(probes, "others_matches", absent=False, sure=self.all_sure, few=bool(sharing))
        self.table("others_lines", " UNION ALL ".join(f"({one})" for one in found if one))
        self.unsure_lines = "others_lines"
        sums = Outcome(probes).sums("others_lines", open_ended=self.open_ended(), sure=self.all_sure)
        self.table("others_sums", sums)
