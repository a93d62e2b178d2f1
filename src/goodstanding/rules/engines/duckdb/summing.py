"""What is summed up per subject, of lines and matches, before a subject becomes one row."""

from __future__ import annotations

from ...model import Code, Count, Largest, Latest, Rulebook, Sum
from .pointing import minus, within_rules
from .probes import Probes

HERE = (
    1 << 32
)  # what a subject adds to its own weight; the rest of the weight counts matches, which are fewer
PLACES = 62  # bits of one number, by which rules are told apart


class Summing:
    """The sums that a rulebook needs, as queries over lines and matches."""

    def __init__(self, probes: Probes) -> None:
        self.probes = probes
        self.rulebook: Rulebook = probes.rulebook
        self.names = {one.id: f"f{number}" for number, one in enumerate(self.rulebook.facts)}
        self.layers: list[str] = []
        self.unsure: list[tuple[str, str]] = []  # (id, expression: it is not known)

    def sums(self, lines: str, *, open_ended: bool, sure: bool = False, access: int | None = None) -> str:
        """Points per subject and section. With `sure`, both ends are the same; `access` where all have it."""
        most = "max(access)" if access is None else str(access)
        parts = ["subject_id", "TRUE AS lined", f"{most} AS access"]
        for number, section in enumerate((None, *self.rulebook.sections)):
            mine = self.rules_of(section.id if section else None)
            keep = (
                "" if not self.rulebook.sections else f" FILTER (WHERE rule IN ({', '.join(mine) or 'NULL'}))"
            )
            for end in ("low", "high"):
                total = f"coalesce(sum(points_{'low' if sure else end}){keep}, 0)::BIGINT"
                if open_ended:
                    opened = f"coalesce(bool_or(points_{end} IS NULL){keep}, FALSE)"
                    total = f"CASE WHEN NOT {opened} THEN {total} END"
                parts.append(f"{total} AS s{number}_{end}")
        return f"SELECT {', '.join(parts)} FROM {lines} GROUP BY subject_id"

    def weights(self, matches: str, *, sure: bool, open_to_all: bool, few: bool) -> str:
        """Per subject, of every match at its full size: points by section, access, whether it is ordinary.

        `bits` has a bit for each rule with a bound and a sure match, `weight` counts these matches and those that
        are not sure: the bits are as many as the weight says if each stands alone. Every subject of the table
        `subjects` has a row and 2^32 on its weight. `open_to_all`: no record is closed to anyone. `few`: there are
        so few matches that most subjects have none, and nobody but subjects gets a row.
        """
        rules = within_rules(self.probes)
        told, counted = ("bound", "bound") if sure else ("bound AND sure", f"(bound OR NOT sure) AND {rules}")
        place = f"(1::BIGINT << (probe % {PLACES})::BIGINT)"
        latest = [one.number for one in self.probes.with_role("fact") if isinstance(one.fact, Latest)]
        columns = [
            "subject_id",
            f"(CASE WHEN {counted} THEN 1 ELSE 0 END)::BIGINT AS weight",
            f"CASE WHEN {told} THEN {place} ELSE 0 END AS bits",
        ]
        sums = ["subject_id", "sum(weight)::BIGINT AS weight", "bit_or(bits) AS bits"]
        size = f"CASE WHEN {minus(self.probes)} THEN -size ELSE size END"
        sections = (None, *self.rulebook.sections)
        for number, section in enumerate(sections):
            mine = size
            if self.rulebook.sections:
                numbers = self.rules_of(section.id if section else None)
                mine = f"CASE WHEN probe IN ({', '.join(numbers) or 'NULL'}) THEN {size} ELSE 0 END"
            columns.append(f"{mine} AS t{number}")
            sums.append(f"sum(t{number}) AS t{number}")
        nothing = ["subject_id", f"{HERE}::BIGINT", "0::BIGINT", *["0::BIGINT" for _ in sections]]
        parts = [f"SELECT {', '.join(columns)} FROM {matches}"]
        if not open_to_all:
            shown = f"probe NOT IN ({', '.join(map(str, latest))})" if latest else "TRUE"
            parts = [
                f"SELECT {', '.join(columns)}, CASE WHEN {shown} THEN access ELSE 0 END AS access FROM {matches}"
            ]
            nothing.append("0")
            if latest:
                parts.append(f"SELECT subject_id, {', '.join(['0'] * (len(nothing) - 2))}, access FROM tops")
        sums.append("0 AS access" if open_to_all else "max(access) AS access")
        if not few:
            parts.append(f"SELECT {', '.join(nothing)} FROM subjects")
        summed = f"SELECT {', '.join(sums)} FROM ({' UNION ALL '.join(parts)}) AS w GROUP BY subject_id"
        if not few:
            return summed
        names = [
            f"coalesce({one}, 0) AS {one}" for one in ("bits", *(f"t{n}" for n, _ in enumerate(sections)))
        ]
        return (
            f"SELECT subject_id, coalesce(weight, 0) + {HERE} AS weight, {', '.join(names)}, "
            f"coalesce(access, 0) AS access FROM subjects LEFT JOIN ({summed}) AS s USING (subject_id)"
        )

    def weighed(self, weights: str, sums: str = "") -> list[str]:
        """The columns of `sums` from the weights: of the ordinary, or of others whose points stand in `sums`."""
        found = ["subject_id", "TRUE AS lined", f"{weights}.access"]
        for number in range(1 + len(self.rulebook.sections)):
            for end in ("low", "high"):
                name = f"s{number}_{end}"
                found.append(f"{sums}.{name}" if sums else f"{weights}.t{number}::BIGINT AS {name}")
        return found

    def rules_of(self, section: str | None) -> list[str]:
        """The numbers of the rules of a section."""
        rules = self.probes.with_role("rule")
        return [str(one.number) for one in rules if one.rule and one.rule.section == section]

    def counts(self, matches: str) -> str:
        """What facts and conditions need, per subject."""
        parts = ["subject_id"]
        closes = self.probes.closing()
        for probe in self.probes.with_role("fact", "exists"):
            keep = f"FILTER (WHERE probe = {probe.number}"
            name = f"p{probe.number}"
            parts.append(f"count(*) {keep} AND sure) AS {name}_sure")
            parts.append(f"count(*) {keep}) AS {name}_all")
            fact = probe.fact
            if isinstance(fact, Sum | Largest):
                parts.append(f"count(*) {keep} AND value IS NULL) AS {name}_null")
            if isinstance(fact, Sum):
                for end, extreme in (("low", "least"), ("high", "greatest")):
                    step = f"CASE WHEN sure THEN value ELSE {extreme}(value, 0) END"
                    parts.append(f"coalesce(sum({step}) {keep}), 0)::BIGINT AS {name}_{end}")
            if isinstance(fact, Largest):
                parts.append(f"max(value) {keep} AND sure) AS {name}_low")
                parts.append(f"max(value) {keep}) AS {name}_high")
            if probe.number in closes and not isinstance(fact, Latest):
                parts.append(f"max(access) {keep}) AS {name}_access")
        return f"SELECT {', '.join(parts)} FROM {matches} GROUP BY subject_id"

    def latest_values(self) -> str:
        """The value of the latest record of each fact, per subject; NULL where it is not known."""
        parts = ["subject_id"]
        closes = self.probes.closing()
        for probe in self.probes.with_role("fact"):
            if isinstance(probe.fact, Latest):
                column = "code" if isinstance(probe.fact.of, Code) else "value"
                keep = f"FILTER (WHERE probe = {probe.number}"
                parts.append(f"max({column}) {keep} AND sure) AS p{probe.number}_value")
                if probe.number in closes:
                    parts.append(f"max(access) {keep}) AS p{probe.number}_access")
        return f"SELECT {', '.join(parts)} FROM tops GROUP BY subject_id"

    def distinct_codes(self, matches: str) -> str:
        """How many codes each fact that counts codes finds, per subject; empty where no fact does.

        Surely: codes of matches that are sure. At most: every code, and one for each match that states none.
        """
        mine = [
            one.number
            for one in self.probes.with_role("fact")
            if isinstance(one.fact, Count) and one.fact.distinct is not None
        ]
        if not mine:
            return ""
        parts = ["subject_id"]
        for number in mine:
            keep = f"FILTER (WHERE probe = {number} AND code IS"
            parts.append(f"count(*) {keep} NOT NULL AND surely = 1) AS p{number}_low")
            parts.append(
                f"count(*) {keep} NOT NULL) + coalesce(sum(many) {keep} NULL), 0)::BIGINT AS p{number}_high"
            )
        numbers = ", ".join(map(str, mine))
        return (
            f"SELECT {', '.join(parts)} FROM (SELECT subject_id, probe, code, count(*) AS many, "
            f"max(CASE WHEN sure THEN 1 ELSE 0 END) AS surely FROM {matches} WHERE probe IN ({numbers}) "
            "GROUP BY subject_id, probe, code) AS by_code GROUP BY subject_id"
        )

    def absent_flags(self) -> str:
        """Which probes have nothing recorded, per subject."""
        parts = ["subject_id"]
        for probe in self.probes.with_role("fact", "exists"):
            if probe.may_lack:
                parts.append(f"bool_or(probe = {probe.number}) AS p{probe.number}_absent")
        return f"SELECT {', '.join(parts)} FROM absences GROUP BY subject_id"
