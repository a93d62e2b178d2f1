"""Take in a file: check it, and admit what is good in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from django.db import connection
from psycopg import Cursor

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.model import Contract, Delivery, Target
from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home
from goodstanding.intake import CheckedBatch, check_file, is_problem_file, workspace
from goodstanding.ledger.accounting import Sums, keep_delivery, keep_problems, report_of
from goodstanding.ledger.admitting import Admission, add_records, add_roles, add_subject_parts, add_ties
from goodstanding.ledger.classing import RowClass, row_class
from goodstanding.ledger.covering import cover, says_more, stated
from goodstanding.ledger.digests import SourceDigests
from goodstanding.ledger.models import Event, Source
from goodstanding.ledger.node import node_secret
from goodstanding.ledger.numbers import item_numbers, register_packs
from goodstanding.ledger.parts import sweep_orphans
from goodstanding.ledger.problems import sweep_problem_files
from goodstanding.ledger.report import DeliveryReport
from goodstanding.ledger.resolving import (
    add_identifiers,
    add_names,
    add_subjects,
    find_subjects,
    open_subjects,
)
from goodstanding.ledger.shuttle import Shuttle
from goodstanding.ledger.sorting import find_vanished, sort_rows
from goodstanding.ledger.withholding import withhold_erased
from goodstanding.ledger.writing import current_position, one_at_a_time, writing

Progress = Callable[[str, float], None]

_SKELETON = {Target.RECORDS: "ledger_record", Target.ROLES: "ledger_role", Target.TIES: "ledger_tie"}


class _NothingNew(Exception):
    """Leaves the transaction without a trace: the ledger holds all of the file already."""


def take_in(
    path: Path,
    contract: Contract,
    catalogue: Catalogue,
    *,
    home: Home,
    clock: Clock,
    actor: str,
    as_of: date | None = None,
    progress: Progress | None = None,
) -> DeliveryReport:
    """Read, check and admit one file; all of its good rows or, on an error, none.

    Args:
        path: the file as the authority delivered it.
        contract: the source's contract, of one of the catalogue's packs.
        catalogue: all packs in force.
        actor: who delivers, for the ledger's event.
        as_of: the last day that the file tells of; without it, a file that comes for the first time is as of today.

    Raises:
        Refusal: GS-INTAKE-… for a file that cannot be read under the contract; GS-LEDGER-… from the ledger.
    """
    items = {one.path: one for one in catalogue.items}
    pack = catalogue.pack(contract.path.split("/")[0])
    secret = node_secret(home, clock)
    with workspace(home.work) as room:
        batch = check_file(
            path,
            contract,
            items,
            work=room.work,
            con=room.con,
            today=clock.today(pack.zone),
            currency=pack.currency,
            schemes=pack.own_schemes,
            progress=progress,
        )
        in_part = is_problem_file(path, contract.delimiter)
        until = stated(contract, as_of, today=clock.today(pack.zone), part_of_a_file=in_part)
        sums = Sums()
        delivery = _Delivery(
            batch,
            contract,
            catalogue,
            home,
            secret,
            room.folder,
            sums,
            in_part,
            until,
            as_of is not None,
        )
        changed = True
        problem_file: Path | None = None
        try:
            with writing(Event.Kind.INTAKE, actor=actor, clock=clock) as event:
                delivery.admit(event)
                if progress:
                    progress("keeping the problem file", 0.95)
                problem_file = keep_problems(batch, contract, home)
        except _NothingNew:
            changed = False
            problem_file = keep_problems(batch, contract, home)
        report = report_of(batch, contract, sums, current_position(), changed, problem_file)
    if not report.agrees():
        raise Refusal(
            "GS-LEDGER-030",
            "The sums of the delivery do not agree.",
            where=str(path),
            why=f"{report.as_dict()}",
            remedy="This is a fault of Goodstanding: please report it with these sums.",
        )
    return report


@dataclass
class _Delivery:
    batch: CheckedBatch
    contract: Contract
    catalogue: Catalogue
    home: Home
    secret: bytes
    work: Path
    sums: Sums
    corrected: bool
    until: date | None
    said_so: bool

    def admit(self, event: Event) -> None:
        """Inside the event: resolve, sort, insert, count."""
        one_at_a_time()
        sweep_orphans(self.home)
        sweep_problem_files(self.home)
        new_content = register_packs(self.catalogue, event)
        with connection.cursor() as wrapper:
            cursor = cast("Cursor[tuple[object, ...]]", wrapper.cursor)
            shuttle = Shuttle(self.batch.con, cursor, self.work)
            source = Source.objects.get(path=self.contract.path)
            told = 0
            digests = SourceDigests(self.secret, self.contract.path)
            admission = Admission(shuttle, event, source.pk, self.home, digests)
            numbers = item_numbers()
            said = row_class(self.contract, {one.path: one for one in self.catalogue.items}, numbers)
            find_subjects(shuttle, self.batch.table, said)
            if self.contract.target in (Target.RECORDS, Target.SUBJECTS):
                self.sums.new_subjects = add_subjects(shuttle, event.pk)
                if self.sums.new_subjects:
                    add_subject_parts(admission)
                told = self._admit_files(admission, said)
            if self.contract.target is not Target.SUBJECTS:
                self._admit_rows(admission, numbers)
        wrote = self.sums.loaded or self.sums.subject_only or self.sums.new_subjects or told
        covers = self._covers(source)
        if not wrote and not (new_content and self.batch.counts.rows_read) and not (self.said_so and covers):
            raise _NothingNew
        keep_delivery(self.batch, self.contract, self.catalogue, self.sums, event, source)
        if covers and self.until is not None:
            cover(self.batch.con, event, self.contract, self.until, self.home)

    def _covers(self, source: Source) -> bool:
        """Whether the delivery tells of days that none did before: the same file again does only if it is said."""
        if self.until is None or not says_more(self.contract, self.until, current_position()):
            return False
        return self.said_so or not source.deliveries.filter(file_digest=self.batch.file_digest).exists()

    def _admit_files(self, admission: Admission, said: RowClass) -> int:
        """Names and identifiers; for the target `subjects` this is all that a row brings.

        Returns how many rows the ledger gained by it: what is new, and what is open to more readers than before.
        """
        shuttle, table, event_id = admission.shuttle, self.batch.table, admission.event.pk
        shuttle.con.execute("CREATE OR REPLACE TABLE named (subject_id BIGINT)")
        shuttle.con.execute("CREATE OR REPLACE TABLE others (subject_id BIGINT)")
        gained = open_subjects(shuttle, said, event_id)
        gained += add_names(shuttle, table, said, event_id)
        gained += add_identifiers(shuttle, table, self.batch.legacy_schemes, said, event_id)
        told = (
            "SELECT subject_id FROM subject_of WHERE is_new UNION SELECT subject_id FROM opened"
            " UNION SELECT subject_id FROM named UNION SELECT subject_id FROM others"
        )
        rows = "TRUE" if self.contract.target is Target.SUBJECTS else "g.subject_only"
        row = shuttle.con.execute(
            f"SELECT count(*) FILTER (t.subject_id IS NOT NULL), count(*) FILTER (t.subject_id IS NULL)"
            f" FROM {table} g JOIN subject_of u USING (scheme, identifier)"
            f" LEFT JOIN ({told}) t USING (subject_id) WHERE {rows}"
        ).fetchone()
        fresh, already = (int(row[0]), int(row[1])) if row else (0, 0)
        if self.contract.target is Target.SUBJECTS:
            self.sums.loaded += fresh
        else:
            self.sums.subject_only += fresh
        self.sums.already += already
        return gained

    def _admit_rows(self, admission: Admission, numbers: dict[str, int]) -> None:
        shuttle, target = admission.shuttle, self.contract.target
        good = f"(SELECT * FROM {self.batch.table} WHERE NOT coalesce(subject_only, false))"
        if target is not Target.RECORDS:
            good = self._only_of_known_subjects(admission, good)
        sort_rows(
            shuttle,
            good,
            skeleton=_SKELETON[target],
            source_id=admission.source_id,
            digests=admission.digests,
            body="body",
        )
        withheld = withhold_erased(
            shuttle,
            self.batch,
            skeleton=_SKELETON[target],
            source_id=admission.source_id,
            key_sql=admission.digests.key("source_key"),
        )
        self.sums.kept_out += withheld
        self.sums.reported -= withheld
        if target is Target.RECORDS:
            loaded, corrections = add_records(
                admission, good, {one.path: one for one in self.catalogue.items}, numbers
            )
            if self.contract.delivery is Delivery.WHOLE and not self.corrected:
                self.sums.vanished = find_vanished(shuttle, admission.source_id)
        elif target is Target.ROLES:
            loaded, corrections = add_roles(admission, good)
        else:
            loaded, corrections = add_ties(admission, good)
        self.sums.loaded += loaded
        self.sums.corrections = corrections
        fates = dict(shuttle.con.execute("SELECT fate, count(*) FROM sorted GROUP BY fate").fetchall())
        self.sums.already += int(fates.get("already", 0))
        self.sums.kept_out += int(fates.get("erased", 0))

    def _only_of_known_subjects(self, admission: Admission, good: str) -> str:
        """Roles and ties open no file: a row about an unknown organisation is reported."""
        con = admission.shuttle.con
        con.execute(
            f"CREATE OR REPLACE TABLE standing_rows AS SELECT g.* FROM {good} g JOIN subject_of u"
            " USING (scheme, identifier) WHERE u.subject_id IS NOT NULL"
        )
        if self.contract.target is Target.TIES:
            admission.shuttle.push_temporary(
                "SELECT DISTINCT other_scheme, other_identifier FROM standing_rows",
                "incoming_others",
                {"scheme": "text", "identifier": "text"},
            )
            admission.shuttle.pull(
                "SELECT i.scheme, i.identifier, s.id FROM incoming_others i JOIN ledger_subject s"
                " ON s.scheme = i.scheme AND s.identifier = i.identifier",
                "other_of",
                {"scheme": "VARCHAR", "identifier": "VARCHAR", "subject_id": "BIGINT"},
            )
            con.execute(
                "DELETE FROM standing_rows g WHERE NOT EXISTS (SELECT 1 FROM other_of o"
                " WHERE o.scheme = g.other_scheme AND o.identifier = g.other_identifier)"
            )
        con.execute(
            f"""
            INSERT INTO {self.batch.problems} (row, column_name, value_shown, rule, clause, remedy, outcome)
            SELECT row, NULL, identifier, 'unknown-subject', NULL,
                   'Send the registration of the organisation first: roles and ties open no file.', 'reported'
            FROM {good} g WHERE NOT EXISTS (SELECT 1 FROM standing_rows s WHERE s.row = g.row)
            """
        )
        row = con.execute(f"SELECT (SELECT count(*) FROM {good}) - count(*) FROM standing_rows").fetchone()
        self.sums.reported += int(row[0]) if row else 0
        return "standing_rows"
