"""What the owner of the database does to rows and files is found and named."""

from __future__ import annotations

import pytest

from goodstanding.ledger.checking import check
from goodstanding.postgres import Role
from tests.integration.installation import Installation


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("UPDATE ledger_content SET body = replace(body, '\"A\"', '\"C\"')", "GS-LEDGER-066"),
        ("UPDATE ledger_content SET subject_id = (SELECT max(id) FROM ledger_subject)", "GS-LEDGER-068"),
        ("UPDATE ledger_content SET decided_on = '1999-01-01', occurred_on = '1999-01-01'", "GS-LEDGER-068"),
        ("DELETE FROM ledger_content WHERE record_id = (SELECT min(id) FROM ledger_record)", "GS-LEDGER-069"),
        ("DELETE FROM ledger_record WHERE id = (SELECT max(id) FROM ledger_record)", "GS-LEDGER-065"),
        ("UPDATE ledger_record SET leaf = sha256('x') WHERE id = (SELECT min(id) FROM ledger_record)", "GS-LEDGER-065"),
        ("UPDATE ledger_subjectname SET text = 'OTHER'", "GS-LEDGER-065"),
        ("UPDATE ledger_delivery SET loaded = loaded - 1, reported = reported + 1", "GS-LEDGER-065"),
        ("UPDATE ledger_record SET source_key = gen_random_uuid()", "GS-LEDGER-065"),
        ("UPDATE ledger_item SET path = path || 'x'", "GS-LEDGER-065"),
        ("UPDATE ledger_event SET at = at - interval '1 day'", "GS-LEDGER-065"),
        ("UPDATE ledger_content SET access = 2", "GS-LEDGER-073"),
        ("DELETE FROM ledger_position WHERE number = 1", "GS-LEDGER-063"),
        ("UPDATE ledger_position SET root = sha256('x') WHERE number = 1", "GS-LEDGER-064"),
    ],
)  # fmt: skip
def test_what_the_owner_does_is_found_and_named(filled: Installation, deed: str, code: str) -> None:
    assert check(filled.home).sound
    with filled.connect(Role.OWNER) as owner:
        tables = [str(row[0]) for row in owner.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%append\\_only'"
        ).fetchall()]  # fmt: skip
        for table in tables:
            owner.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER'.encode())
        owner.execute("BEGIN")
        owner.execute(deed.encode())
        owner.execute("COMMIT")
        for table in tables:
            owner.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER'.encode())
    assert code in {finding.code for finding in check(filled.home).findings}


def test_a_part_of_the_extract_that_was_changed_is_found(filled: Installation) -> None:
    part = next(filled.home.extract.glob("*/records-*.parquet"))
    with part.open("r+b") as handle:
        handle.seek(40)
        byte = handle.read(1)
        handle.seek(40)
        handle.write(bytes([byte[0] ^ 1]))
    assert "GS-LEDGER-071" in {finding.code for finding in check(filled.home).findings}
    part.unlink()
    assert "GS-LEDGER-070" in {finding.code for finding in check(filled.home).findings}
