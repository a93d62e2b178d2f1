"""What the ledger's check finds in cases: versions against the packs, and every case against the law, in sets.

The guards refuse all of it when it is written. Here stands what an owner of the database finds who had switched them
off: in a dozen queries, each over all cases at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.procedure import Procedure
from goodstanding.ledger.finding import Finding, rows_of
from goodstanding.procedures.counting import calendars_of
from goodstanding.procedures.counting import said_of as calendar_said
from goodstanding.procedures.models import CalendarVersion, Keeper, ProcedureVersion, Silence, TermVersion
from goodstanding.procedures.versions import keepers_in, reach_of, said_of, silences_of, terms_of

_SHOWN = 20


def versions(catalogue: Catalogue) -> Iterator[Finding]:
    """Versions, and keepers of sources, that are not what the packs say."""
    packs = {one.digest: one for one in catalogue.procedures}
    by_path: dict[str, list[Procedure]] = {}
    for one in catalogue.procedures:
        by_path.setdefault(one.path, []).append(one)
    for row in ProcedureVersion.objects.order_by("pk").values("reach__items", "reach__division", *_COLUMNS):
        known = packs.get(str(row["digest"]))
        about = f"{row['path']} {str(row['digest'])[:12]}"
        if known is None:
            others = [set(_less(row, said_of(one))) for one in by_path.get(str(row["path"]), ())]
            less = sorted(set.intersection(*others)) if others else []
            yield Finding(
                "GS-LEDGER-079",
                about,
                "No pack here has this version"
                + (f", and it asks less than the pack's: {', '.join(less)}." if less else ".")
                + " If it is of an older pack, name that with --pack.",
            )
            continue
        said = {**said_of(known), **{f"reach__{name}": value for name, value in reach_of(known).items()}}
        # A version from before reaches were kept has none; no case about a record can be opened under it.
        wrong = [n for n, v in said.items() if row[n] != v and not (n.startswith("reach") and row[n] is None)]
        if wrong:
            yield Finding(
                "GS-LEDGER-079", about, f"It is not what the pack says: {', '.join(sorted(wrong))} differ."
            )
    yield from _silences(packs)
    yield from _terms(packs)
    yield from _calendars(catalogue)
    known_keepers = keepers_in(catalogue)
    for source, authority in Keeper.objects.order_by("pk").values_list("source", "authority"):
        if (source, authority) not in known_keepers:
            yield Finding(
                "GS-LEDGER-079",
                f"{source} {authority}",
                "No pack here says that this authority keeps the source.",
            )


def _silences(packs: dict[str, Procedure]) -> Iterator[Finding]:
    for row in Silence.objects.select_related("procedure").order_by("pk"):
        known = packs.get(row.procedure.digest)
        said = silences_of(known).get(row.act) if known is not None else None
        if known is not None and said != {name: getattr(row, name) for name in _OF_SILENCE}:
            yield Finding(
                "GS-LEDGER-079",
                f"{row.procedure.path} {row.procedure.digest[:12]}",
                f"The pack does not say that this follows from silence at {row.act}.",
            )


def _terms(packs: dict[str, Procedure]) -> Iterator[Finding]:
    for row in TermVersion.objects.select_related("procedure").order_by("pk"):
        known = packs.get(row.procedure.digest)
        said = terms_of(known).get(row.act) if known is not None else None
        if known is not None and said != {name: getattr(row, name) for name in _OF_TERM}:
            yield Finding(
                "GS-LEDGER-079",
                f"{row.procedure.path} {row.procedure.digest[:12]}",
                f"The pack says another term of {row.act}.",
            )


def _calendars(catalogue: Catalogue) -> Iterator[Finding]:
    """A version that a pack here has, and that was registered with other days."""
    for name, calendar in calendars_of(catalogue).items():
        said = calendar_said(calendar)
        for row in CalendarVersion.objects.filter(pack=name, version=calendar.version).values("pk", *said):
            if any(row[column] != value for column, value in said.items()):
                yield Finding(
                    "GS-LEDGER-079", f"calendar {name} {calendar.version}", "The pack says other days of it."
                )


_OF_TERM = ("starts", "amount", "unit", "on_day")
_OF_SILENCE = ("follows", "starts", "amount", "unit", "law")
_COLUMNS = (
    "path",
    "digest",
    "kind",
    "authority",
    "levels",
    "reviewed_by",
    "officials",
    "statement_days",
    "item",
    "months",
)


def _less(row: dict[str, object], said: dict[str, object]) -> Iterator[str]:
    """In what a version asks less of the authority than another."""
    for name, more in (("officials", 1), ("statement_days", 1), ("months", -1)):
        there, wanted = row[name], said[name]
        if isinstance(wanted, int) and (not isinstance(there, int) or (there - wanted) * more < 0):
            yield name
    if said["reviewed_by"] and not row["reviewed_by"]:
        yield "reviewed_by"
    levels, wanted_levels = row["levels"], said["levels"]
    if isinstance(levels, list) and isinstance(wanted_levels, list) and not set(levels) <= set(wanted_levels):
        yield "levels"


# An appointment, as far as it was known when a step was written: a withdrawal that came later undoes nothing.
_WITHDRAWN = """EXISTS (SELECT FROM procedures_withdrawal w WHERE w.{kind}_id = {one}.id AND w."on" <= s."on"
    AND w.event_id < s.event_id)"""
_COVERS = """coalesce({one}.authority = k.authority AND left(k.division, length({one}.division)) = {one}.division
    AND s."on" >= {one}.from_on AND s."on" < {one}.to_on
    AND (CASE WHEN s.party = 'superior' THEN procedures_levels_from(v.reviewed_by) ELSE v.levels END) ? {one}.level,
    false) AND NOT """ + _WITHDRAWN.replace("{kind}", "appointment")
_STEPS = """FROM procedures_step s JOIN procedures_case k ON k.id = s.case_id
    JOIN procedures_procedureversion v ON v.id = k.procedure_id"""
_ENTRY = "s.act = 'serve_decision' AND s.effective_to IS NOT NULL"

_BY_WHOM: tuple[tuple[str, str], ...] = (
    (
        "An official who was not competent took the step, or nobody did.",
        f"""SELECT k.public_id, s.number {_STEPS} LEFT JOIN procedures_appointment a ON a.id = s.appointment_id
        WHERE s.party IN ('official', 'head', 'superior')
          AND NOT ({_COVERS.format(one="a")} AND (s.party <> 'head' OR a.head))""",
    ),
    (
        "Two officials decide this.",
        f"""SELECT k.public_id, s.number {_STEPS} LEFT JOIN procedures_appointment a ON a.id = s.appointment_id
        LEFT JOIN procedures_appointment b ON b.id = s.second_id WHERE s.act = 'decide' AND v.officials = 2
          AND NOT (coalesce(a.account <> b.account, false) AND {_COVERS.format(one="b")})""",
    ),
    (
        "Who decided confirmed the decision.",
        f"""SELECT k.public_id, s.number {_STEPS} JOIN procedures_appointment a ON a.id = s.appointment_id
        WHERE s.party = 'superior' AND EXISTS (SELECT FROM procedures_step d JOIN procedures_appointment o
            ON o.id IN (d.appointment_id, d.second_id)
            WHERE d.case_id = s.case_id AND d.act = 'decide' AND o.account = a.account)""",
    ),
    (
        "Who acts for the organisation acted for the authority.",
        f"""SELECT k.public_id, s.number {_STEPS} JOIN procedures_appointment a
            ON a.id IN (s.appointment_id, s.second_id)
        JOIN procedures_mandate m ON m.account = a.account AND m.subject_id = k.subject_id
            AND m.event_id < s.event_id WHERE s.party IN ('official', 'head', 'superior')""",
    ),
    (
        "The step is by no representative of the organisation.",
        f"""SELECT k.public_id, s.number {_STEPS} LEFT JOIN procedures_mandate m ON m.id = s.mandate_id
        WHERE s.party = 'subject' AND NOT (coalesce(m.subject_id = k.subject_id AND s."on" >= m.from_on
            AND s."on" < m.to_on, false) AND NOT {_WITHDRAWN.format(kind="mandate", one="m")})""",
    ),
    (
        "The authority does not answer for the record, or the procedure is not about it.",
        """SELECT k.public_id, NULL FROM procedures_case k JOIN procedures_procedureversion v ON v.id = k.procedure_id
        LEFT JOIN procedures_reach r ON r.procedure_id = v.id JOIN ledger_record e ON e.id = k.record_id
        LEFT JOIN ledger_source q ON q.id = e.source_id LEFT JOIN ledger_content c ON c.record_id = k.record_id
        LEFT JOIN ledger_item i ON i.id = c.item_id
        LEFT JOIN procedures_step s ON s.record_id = k.record_id AND s.act = 'serve_decision'
            AND s.effective_to IS NOT NULL LEFT JOIN procedures_case m ON m.id = s.case_id
        WHERE NOT CASE WHEN m.id IS NOT NULL THEN k.authority = m.authority
            ELSE k.authority = v.authority OR EXISTS (SELECT FROM procedures_keeper p
                WHERE p.source = q.path AND p.authority = k.authority) END
           OR (i.path IS NOT NULL AND r.id IS NOT NULL AND r.items <> '[]'::jsonb AND NOT r.items ? i.path)
           OR left(k.division, length(coalesce(r.division, ''))) <> coalesce(r.division, '')""",
    ),
)
_IN_ORDER: tuple[tuple[str, str], ...] = (
    (
        "A step was written down before the one that it follows.",
        f"""SELECT x.public_id, x.number FROM (SELECT k.public_id, s.number, e.day, s.event_id, lag(e.day) OVER of_case
            AS before, lag(s.event_id) OVER of_case AS event_before {_STEPS} JOIN ledger_event e ON e.id = s.event_id
            WINDOW of_case AS (PARTITION BY s.case_id ORDER BY s.number)) x
        WHERE x.day < x.before OR x.event_id < x.event_before""",
    ),
)
_PROMISED: tuple[tuple[str, str], ...] = (
    (
        "What became of the promises is not what the step says.",
        f"""SELECT k.public_id, s.number {_STEPS}, LATERAL (
            SELECT count(*) AS items, count(f.id) AS found, count(*) FILTER (WHERE f.outcome = 'kept') AS kept,
                   count(*) FILTER (WHERE f.outcome = 'broken') AS broken,
                   count(*) FILTER (WHERE f.outcome <> 'kept' AND p.due_on >= s."on") AS early
            FROM procedures_promise p LEFT JOIN procedures_promisefound f ON f.promise_id = p.id
            WHERE p.case_id = k.id) n
        WHERE s.act = 'keep' AND n.items > 0 AND (n.found < n.items OR n.early > 0 OR s.outcome <>
            CASE n.items WHEN n.kept THEN 'kept' WHEN n.broken THEN 'broken' ELSE 'partly' END)""",
    ),
    (
        "Something follows from a promise before the organisation could answer.",
        f"""SELECT k.public_id, s.number {_STEPS} WHERE s.act = 'follow' AND NOT EXISTS (
            SELECT FROM procedures_step n JOIN procedures_step f ON f.case_id = n.case_id AND f.act = 'keep'
            WHERE n.case_id = k.id AND n.act = 'serve_notice' AND n.number > f.number
              AND n.open_until < s."on")""",
    ),
)
_TO_WHAT_END: tuple[tuple[str, str], ...] = (
    (
        "A listing rests on no record.",
        f"""SELECT k.public_id, s.number {_STEPS} WHERE s.act = 'decide' AND s.outcome = 'listed'
          AND NOT EXISTS (SELECT FROM procedures_ground g WHERE g.case_id = k.id)""",
    ),
    (
        "The entry is not what the step that made it says.",
        f"""SELECT k.public_id, s.number {_STEPS} LEFT JOIN ledger_content c ON c.record_id = s.record_id
        LEFT JOIN ledger_item i ON i.id = c.item_id WHERE {_ENTRY}
          AND NOT EXISTS (SELECT FROM ledger_erasure x WHERE x.record_id = s.record_id)
          AND (coalesce(NOT (c.subject_id = k.subject_id AND i.path = v.item AND c.effective_from = s.effective_from
                             AND c.effective_to = s.effective_to), true)
               OR s.effective_to > s.effective_from + make_interval(months => v.months)
               OR s.record_id >> 32 <> s.event_id)""",
    ),
    (
        "The case ended its entry before its term without a decision, or did not end it.",
        f"""SELECT k.public_id, s.number {_STEPS} LEFT JOIN procedures_step m ON m.case_id = k.id
            AND m.act = 'serve_decision' AND m.effective_to IS NOT NULL
        WHERE s.act = 'lift' AND k.kind = 'listing' AND (m.record_id IS DISTINCT FROM s.record_id
          OR NOT (s.party = 'clock' AND m.effective_to <= s."on") AND NOT EXISTS (
            SELECT FROM procedures_case o JOIN procedures_step d ON d.case_id = o.id AND d.act = 'decide'
                AND d.outcome = 'granted' WHERE o.record_id = s.record_id AND EXISTS (
                    SELECT FROM procedures_step t WHERE t.case_id = o.id AND t.event_id = s.event_id))
          OR NOT EXISTS (SELECT FROM ledger_ending e WHERE e.record_id = s.record_id AND e.event_id = s.event_id))""",
    ),
)
_ENTRIES: tuple[tuple[str, str], ...] = (
    (
        "The entry was erased, and no step of its case had ended it.",
        f"""SELECT r.public_id FROM ledger_erasure x JOIN procedures_step s ON s.record_id = x.record_id AND {_ENTRY}
        JOIN ledger_record r ON r.id = x.record_id WHERE NOT EXISTS (
            SELECT FROM ledger_ending e WHERE e.record_id = x.record_id AND e.event_id < x.event_id)""",
    ),
    (
        "No decision of a case wrote this entry of ours.",
        """SELECT r.public_id FROM ledger_content c JOIN ledger_item i ON i.id = c.item_id
        JOIN ledger_record r ON r.id = c.record_id WHERE i.path ~ '/listing[.]' AND NOT EXISTS (
            SELECT FROM procedures_step s WHERE s.record_id = c.record_id AND s.act = 'serve_decision'
              AND s.effective_to IS NOT NULL)""",
    ),
    (
        "The entry ended, and no step of its case says so.",
        f"""SELECT r.public_id FROM ledger_ending e JOIN procedures_step s ON s.record_id = e.record_id AND {_ENTRY}
        JOIN ledger_record r ON r.id = e.record_id WHERE NOT EXISTS (
            SELECT FROM procedures_step t WHERE t.record_id = e.record_id AND t.event_id = e.event_id
              AND t.act = 'lift')""",
    ),
)


def against_the_law() -> Iterator[Finding]:
    """Steps by nobody who may take them, entries and endings that no case brought about."""
    for about, what in _cases(_BY_WHOM):
        yield Finding("GS-LEDGER-081", about, f"One acted who may not: {what}")
    for about, what in _cases(_IN_ORDER):
        yield Finding("GS-LEDGER-080", about, f"The course is not lawful: {what}")
    for about, what in _cases(_PROMISED):
        yield Finding("GS-LEDGER-080", about, f"The course is not lawful: {what}")
    for about, what in _cases(_TO_WHAT_END):
        yield Finding("GS-LEDGER-082", about, f"An entry and its case do not agree: {what}")
    for what, query in _ENTRIES:
        for (record,) in rows_of(f"{query} ORDER BY 1 LIMIT {_SHOWN}"):
            yield Finding("GS-LEDGER-082", f"record {record}", f"An entry and its case do not agree: {what}")


def _cases(queries: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    for what, query in queries:
        for case, number in rows_of(f"SELECT * FROM ({query}) found ORDER BY 1, 2 LIMIT {_SHOWN}"):
            yield f"case {case}" + (f", step {number}" if number else ""), what
