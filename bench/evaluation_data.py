"""Fictional ledger extracts and a fictional rulebook of 95 rules, for measuring the engines.

Nothing here is a rule of any authority: items, codes and points are invented. The extract is generated
straight as Parquet, as a ledger writes it: a part for what arrived together, each sorted by subject.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import duckdb

from goodstanding.catalogue.model import (
    Absence,
    Basis,
    Field,
    FieldType,
    Item,
    Polarity,
    Retention,
    Title,
)
from goodstanding.core.reader import Access

ITEMS = 40
CODES = tuple(f"C{number}" for number in range(1, 9))
DAY = date(2024, 12, 31)
FIRST = date(2019, 1, 1)
PART = 1_000_000  # records in one part
ROW_GROUP = 10_240  # rows in one row group, as in a ledger's parts
FORMAT = "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION snappy"  # likewise


def path(number: int) -> str:
    """The path of an invented item."""
    return f"bench/matter.{number:02d}"


def catalogue() -> dict[str, Item]:
    """The invented items."""
    law = Basis("invented for the bench")
    return {
        path(number): Item(
            path=path(number),
            title=Title(f"Matter {number}", f"事项{number}"),
            category=16,
            domain="product_quality",
            polarity=Polarity.NEGATIVE,
            access=Access.PUBLIC,
            absence=Absence.NONE,
            basis=(law,),
            retention=Retention(60, law),
            fields=(
                Field("kind", Title("Kind", "类别"), FieldType.CODE, 1),
                Field("days", Title("Days", "天数"), FieldType.NUMBER, 1),
            ),
        )
        for number in range(1, ITEMS + 1)
    }


def rulebook_text() -> str:
    """A rulebook of 95 rules over the invented items, the same on every call."""
    dice = random.Random(95)
    lines = [
        "rulebook: bench/fictional-95",
        "kind: grade",
        "title: {en: Fictional rulebook of 95 rules, zh: 虚构的九十五条规则}",
        "authority: bench/nobody",
        "basis: [{instrument: invented for the bench}]",
        "in_force: {from: 2014-01-01}",
        "subjects: {kinds: [enterprise]}",
        "period: {months: 36}",
        "start: 100",
        "grades: {A: 90.., B: 70..90, C: 40..70, D: ..40}",
        "rules:",
    ]
    for number in range(95):
        item = number % ITEMS + 1
        select = [f"item: matter.{item:02d}"]
        shape = number % 5
        if shape == 0:
            select.append(f"amount: {{at_least: {dice.choice((50000, 100000, 150000))} CNY}}")
        elif shape == 1:
            select.append(f"seriousness: [{dice.choice(('minor', 'general', 'general, serious'))}]")
        elif shape == 2:
            select.append(f"where: {{kind: [{', '.join(sorted(dice.sample(CODES, 2)))}]}}")
        elif shape == 3:
            select.append(f"where: {{days: {{at_least: {dice.choice((90, 150))}}}}}")
        points = dice.choice((1, 3, 5, 11))
        lines.append(f"  - id: r{number + 1:02d}")
        lines.append(f"    title: {{en: Rule {number + 1}, zh: 规则{number + 1}}}")
        lines.append("    basis: [{instrument: invented for the bench}]")
        lines.append(f"    select: {{{', '.join(select)}}}")
        if number % 3:
            lines.append(f"    window: {{months: {dice.choice((6, 12, 24))}}}")
        if number % 7 == 0:
            lines.append(f"    once: -{points}")
        elif number % 11 == 0:
            lines.append("    per: {amount: 10000 CNY, points: -0.5}")
            lines.append("    cap: -10")
        else:
            lines.append(f"    each: -{points}")
            if number % 2:
                lines.append(f"    cap: -{2 * points}")
    return "\n".join(lines) + "\n"


def write_extract(folder: Path, subjects: int, records: int, threads: int = 2) -> None:
    """Write records, endings and subjects as Parquet parts below `folder`. One in 25 records has ended."""
    folder.mkdir(parents=True, exist_ok=True)
    days = (DAY - FIRST).days + 1
    with duckdb.connect() as db:
        db.execute(f"SET threads = {threads}; SET preserve_insertion_order = true")
        for part, start in enumerate(range(0, records, PART)):
            many = min(PART, records - start)
            db.execute(
                f"""
                COPY (
                    SELECT r AS record_id,
                        (({subjects} * pow((hash(r, 1) % 1000000007) / 1000000007.0, 1.5))::BIGINT
                            * 7919) % {subjects} + 1 AS subject_id,
                        (1 + floor({ITEMS} * pow((hash(r, 2) % 1000003) / 1000003.0, 1.3)))::INTEGER AS item,
                        (DATE '{FIRST}' + (hash(r, 3) % {days})::INTEGER)::DATE AS decided_on,
                        decided_on AS occurred_on,
                        decided_on AS effective_from,
                        NULL::DATE AS effective_to,
                        CASE WHEN hash(r, 4) % 100 > 0 THEN (hash(r, 5) % 20000000)::BIGINT END AS amount,
                        CASE WHEN hash(r, 4) % 100 > 0 THEN 'CNY' END AS currency,
                        (1 + hash(r, 6) % 3)::TINYINT AS seriousness,
                        0::TINYINT AS access,
                        (hash(r, 7) % 180)::BIGINT AS number_1,
                        NULL::BIGINT AS number_2, NULL::BIGINT AS number_3, NULL::BIGINT AS number_4,
                        'C' || (1 + hash(r, 8) % {len(CODES)}) AS code_1,
                        NULL::VARCHAR AS code_2, NULL::VARCHAR AS code_3, NULL::VARCHAR AS code_4
                    FROM range({start}, {start + many}) AS t(r) ORDER BY subject_id
                ) TO '{folder}/records-{part:04d}.parquet'
                    ({FORMAT}, ROW_GROUP_SIZE {ROW_GROUP})
                """
            )
        db.execute(
            f"""
            COPY (
                SELECT r AS record_id,
                    CASE WHEN hash(r, 9) % 4 = 0 THEN DATE '0001-01-01'
                        ELSE DATE '{FIRST}' + (hash(r, 10) % ({days} * 2))::INTEGER END AS counts_until
                FROM range(0, {records}) AS t(r) WHERE hash(r, 11) % 25 = 0
            ) TO '{folder}/endings.parquet' ({FORMAT})
            """
        )
        db.execute(
            f"""
            COPY (
                SELECT s AS subject_id, 'enterprise' AS kind,
                    DATE '{FIRST - timedelta(days=3000)}' + (hash(s, 12) % 3000)::INTEGER AS registered_on,
                    '320100' AS division
                FROM range(1, {subjects} + 1) AS t(s)
            ) TO '{folder}/subjects.parquet' ({FORMAT})
            """
        )
