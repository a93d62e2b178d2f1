"""What a run begins with: the small tables, groups, and the records as one view, in one store."""

from __future__ import annotations

from collections.abc import Sequence

from goodstanding.core.errors import Refusal

from ...extract import Extract
from ...model import NotStated, Per, Rule, invalid
from ...ranking import CutOffs
from ...ties import NEEDED
from . import around
from .around import Results
from .probes import Probes
from .store import Store
from .tabling import table


class Opening:
    """One run's store, and what every later stage reads."""

    def __init__(
        self,
        store: Store,
        probes: Probes,
        extract: Extract,
        subject: int | None,
        results: Results | None = None,
        cut_offs: CutOffs | None = None,
    ) -> None:
        self.store = store
        self.probes = probes
        self.extract = extract
        self.subject = subject
        self.results = results or {}
        self.cut_offs = None if cut_offs is None else dict(cut_offs)
        self.merged = extract.resolved()
        self.grouped = bool(probes.grouped()) and bool(extract.ties)
        self.kept: list[tuple[str, str]] = []
        self.all_sure = False
        self.complete = False  # whether `sums` has one row for each subject, and for nobody else
        self.strangers: bool | None = (
            None  # whether there are lines of others than the subjects; None: not told
        )
        self.unsure_lines = "every_line"  # where the lines stand whose points are not known

    def table(self, name: str, query: str) -> None:
        """Keep the result of a query of the plan."""
        self.kept.append(("TABLE", name))
        self.store.table(name, query)

    def view(self, name: str, query: str) -> None:
        """Name a query, to be asked when it is read."""
        self.kept.append(("VIEW", name))
        self.store.view(name, query)

    def by_subject(self, name: str, query: str) -> None:
        """Keep the result of a query that groups by subject."""
        self.kept.append(("TABLE", name))
        self.store.by_subject(name, query)

    def every_line(self, parts: Sequence[str]) -> None:
        """The view of every line, from queries that may be empty."""
        found = [one for one in parts if one] or [
            "SELECT NULL::BIGINT AS subject_id, NULL::SMALLINT AS rule, NULL::BIGINT AS record_id, "
            "NULL::BIGINT AS points_low, NULL::BIGINT AS points_high, NULL::TINYINT AS status, "
            "NULL::TINYINT AS access WHERE FALSE"
        ]
        every = " UNION ALL ".join(f"SELECT * FROM ({one}) AS p{number}" for number, one in enumerate(found))
        self.view("every_line", every)

    def open_ended(self) -> bool:
        """Whether a line can be without bound."""
        rules = self.probes.with_role("rule")
        return any(one.rule is not None and _may_be_open(one.rule, one.may_lack) for one in rules)

    def forget(self) -> None:
        """Drop what was kept: the next bucket of subjects begins with the small tables alone."""
        for kind, name in reversed(self.kept):
            self.store.drop(kind, name)
        self.kept.clear()

    def prepare(self) -> None:
        """The small tables: probes, reaches, entries, merges, groups, results of other rulebooks."""
        types = self.store.columns(self.extract.records) if self.extract.records else {}
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
        names, rows = table(self.probes)
        texts = types["item"] == "VARCHAR"
        if not texts and self.extract.items is None:
            raise invalid(
                27, "the records number their items, and no numbers are given", remedy="pass `items`"
            )
        place = names.index("item VARCHAR")
        if not texts:
            names[place] = "item INTEGER"
            numbers = self.extract.items or {}
            for row in rows:
                row[place] = numbers.get(str(row[place]))
        self.store.small("probes", names, rows)
        self.store.table("reaches", "SELECT probe, reach FROM probes")
        self.store.table("entries", "SELECT probe, entry FROM probes")
        self.store.small(
            "merges",
            ("from_subject_id BIGINT", "into_subject_id BIGINT"),
            [list(one) for one in self.merged.items()],
        )
        self.group()
        for number, key in enumerate(self.probes.others()):
            self.store.view(
                f"other{number}",
                around.results(self.results.get(key), f"o{number}", self.store.files, self.store.held),
            )
        self.fill(types)

    def group(self) -> None:
        """The groups that probes look at: probe, root, member."""
        if not self.grouped:
            self.store.small("groups", ("probe SMALLINT", "root BIGINT", "member BIGINT"), [])
            return
        types = self.store.columns(self.extract.ties)
        if not set(types) >= NEEDED:
            raise Refusal(
                "GS-RULES-027",
                f"the ties lack {', '.join(sorted(NEEDED - set(types)))}",
                where=str(self.extract.ties[0]),
                remedy="name Parquet files of the documented columns",
            )
        numbered = {"tie_id", "replaces"} <= set(types)
        ties = around.standing(self.store.files(self.extract.ties), self.probes.on, numbered=numbered)
        self.store.table("tied", ties)
        parts = []
        for kinds, probes in self.probes.grouped().items():
            numbers = ", ".join(f"({one}::SMALLINT)" for one in probes)
            parts.append(
                f"SELECT v.probe, g.root, g.member FROM ({self.store.closure(kinds, self.subject)}) AS g "
                f"CROSS JOIN (VALUES {numbers}) AS v(probe)"
            )
        self.store.table("groups", " UNION ALL ".join(parts))

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
            members = {self.subject, *self.members()}
            ids = sorted(members | {one for one, into in self.merged.items() if into in members})
            where = f" WHERE subject_id IN ({', '.join(map(str, ids))})"
        source = f"{self.store.files(self.extract.records)}{where}"
        if not self.extract.records:
            source = "(SELECT 0::BIGINT AS record_id, 0::BIGINT AS subject_id, '' AS item) WHERE FALSE"
        self.store.view("records", f"SELECT {', '.join(['*', *lacking])} FROM {source}")

    def members(self) -> list[int]:
        """Everyone in a group."""
        return [row[0] for row in self.store.rows("SELECT DISTINCT member FROM groups")]


def _may_be_open(rule: Rule, may_lack: bool) -> bool:
    """Whether a line of the rule can be without bound."""
    if rule.reach is not None:
        return False
    award = rule.award
    unstated = isinstance(award, NotStated) and award.at_most is None
    return may_lack or isinstance(award, Per) or unstated
