"""What the ledger's check finds in orders: versions against the packs, and every order against its entry, in sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from goodstanding.catalogue.loading import Catalogue
from goodstanding.ledger.finding import Finding, findings_of
from goodstanding.measures.models import Adoption, Body, MeasureVersion, MemorandumVersion
from goodstanding.measures.triggering import triggering_procedures
from goodstanding.measures.versions import digest_of, said_of_measure, said_of_memorandum, standing_law

_ORDERS = (
    (
        "The order has no law, no entry that triggers it, or another's subject or days.",
        """SELECT o.public_id FROM measures_order o JOIN measures_measureversion m ON m.id = o.measure_id
        JOIN measures_memorandumversion f ON f.id = o.memorandum_id JOIN measures_body b ON b.id = o.authority_id
        LEFT JOIN procedures_step s ON s.record_id = o.record_id AND s.act = 'serve_decision'
            AND s.effective_to IS NOT NULL
        LEFT JOIN procedures_case k ON k.id = s.case_id
        LEFT JOIN procedures_procedureversion v ON v.id = k.procedure_id
        WHERE NOT coalesce(m.executable AND m.hits = 'listed' AND m.law <> '[]'::jsonb AND o.law = m.law
            AND k.subject_id = o.subject_id AND (o.event_id = s.event_id OR EXISTS (SELECT FROM measures_adoption a
                WHERE a.memorandum_id = f.id AND a.said AND a.standing <> '[]')) AND o.from_on >= s.effective_from
            AND o.to_on <= s.effective_to AND f.procedures ? v.path AND f.effect = m.effect
            AND f.agreed @> jsonb_build_array(jsonb_build_array(m.path, b.path, 'ordered')) AND NOT b.market
            AND o.from_on >= f.valid_from AND (f.valid_to IS NULL OR o.to_on <= f.valid_to)
            AND left(k.division, length(m.division)) = m.division, false)""",
    ),
    (
        "The order outlives its entry: nobody lifted it.",
        """SELECT o.public_id FROM measures_order o
        WHERE NOT EXISTS (SELECT FROM measures_lifting l WHERE l.order_id = o.id) AND (
            EXISTS (SELECT FROM ledger_ending e WHERE e.record_id = o.record_id)
            OR EXISTS (SELECT FROM ledger_erasure x WHERE x.record_id = o.record_id))""",
    ),
    (
        "The order was lifted while its entry stands, and its memorandum.",
        """SELECT o.public_id FROM measures_order o JOIN measures_lifting l ON l.order_id = o.id
        WHERE NOT EXISTS (SELECT FROM ledger_ending e WHERE e.record_id = o.record_id AND e.event_id = l.event_id)
          AND NOT EXISTS (SELECT FROM ledger_erasure x WHERE x.record_id = o.record_id
                          AND x.event_id = l.event_id)
          AND NOT EXISTS (SELECT FROM measures_repeal r WHERE r.order_id = o.id AND r.event_id = l.event_id)""",
    ),
    (
        "The order was lifted on another day than that on which this was written.",
        """SELECT o.public_id FROM measures_order o JOIN measures_lifting l ON l.order_id = o.id
        JOIN ledger_event e ON e.id = l.event_id WHERE abs(l."on" - e.day) > 1""",
    ),
)


def orders() -> Iterator[Finding]:
    """Orders that no guard would have let in, and those that should be lifted."""
    for what, query in _ORDERS:
        yield from findings_of(
            "GS-LEDGER-084",
            "order",
            f"The order does not follow from its entry: {what}",
            f"{query} ORDER BY 1",
        )


def versions(catalogue: Catalogue) -> Iterator[Finding]:
    """Versions of measures and memoranda, and bodies, that are not what the packs say."""
    measures = [said_of_measure(one) for pack in catalogue.packs for one in pack.measures]
    memoranda = [said_of_memorandum(one, pack) for pack in catalogue.packs for one in pack.memoranda]
    for model, said in ((MeasureVersion, measures), (MemorandumVersion, memoranda)):
        by_digest = {str(one["digest"]): one for one in said}
        for row in model._default_manager.order_by("pk").values():
            yield from _compared(row, by_digest.get(str(row["digest"])))
    standing = {
        digest_of(one, *triggering_procedures(one, pack)): standing_law(one)
        for pack in catalogue.packs
        for one in pack.memoranda
    }
    said_now = Adoption.objects.order_by("pk").values_list(
        "memorandum__digest", "memorandum__path", "standing"
    )
    for digest, path, law in said_now:
        if standing.get(digest, law) != law:
            yield Finding(
                "GS-LEDGER-079", path, "The pack names another law that reaches entries that stand."
            )
    markets = {one.path: one.market for pack in catalogue.packs for one in pack.authorities}
    for path, market in Body.objects.order_by("pk").values_list("path", "market"):
        if markets.get(path) != market:
            yield Finding(
                "GS-LEDGER-079",
                path,
                "The packs do not say that this is "
                + ("a market participant." if market else "an authority that can be ordered."),
            )


def _compared(row: Mapping[str, object], said: Mapping[str, object] | None) -> Iterator[Finding]:
    about = f"{row['path']} {str(row['digest'])[:12]}"
    if said is None:
        yield Finding(
            "GS-LEDGER-079",
            about,
            "No pack here has this version. If it is of an older pack, name that with --pack.",
        )
        return
    wrong = sorted(name for name, value in said.items() if row[name] != value)
    if wrong:
        yield Finding("GS-LEDGER-079", about, f"It is not what the pack says: {', '.join(wrong)} differ.")
