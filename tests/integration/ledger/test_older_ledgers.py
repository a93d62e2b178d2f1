"""A ledger from before names had classes: what it knows only from closed records closes, and it still verifies."""

from __future__ import annotations

from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connections

from goodstanding.core.home import Home
from goodstanding.core.reader import Access, Reader
from goodstanding.ledger.checking import check
from goodstanding.ledger.models import SubjectName
from goodstanding.ledger.queries import find_subject
from goodstanding.ledger.searching import search
from goodstanding.postgres import Lease, Role
from tests.integration.installation import point_django_at

_EVENT = """
INSERT INTO ledger_event (id, public_id, kind, at, day, actor, digest)
VALUES (1, gen_random_uuid(), 'intake', '2026-03-02', '2026-03-02', 'older', '');
INSERT INTO ledger_source (id, path, event_id) VALUES (1, 'cn/tax-matters', 1), (2, 'cn/registration', 1);
INSERT INTO ledger_item (id, path, event_id) VALUES (1, 'cn/open', 1), (2, 'cn/shared', 1), (3, 'cn/named', 1);
INSERT INTO ledger_subject (id, public_id, scheme, identifier, kind, division, event_id)
SELECT n, gen_random_uuid(), 'camis', 'S' || n, 'establishment', '', 1 FROM generate_series(1, 5) n;
INSERT INTO ledger_subjectname (subject_id, text, key, language, former, event_id)
SELECT n, 'NAME ' || n, 'name ' || n, 'en', false, 1 FROM generate_series(1, 5) n;
INSERT INTO ledger_subjectidentifier (subject_id, scheme, identifier, event_id)
SELECT n, 'old', 'OLD' || n, 1 FROM generate_series(1, 5) n;
"""
# Subject, item, class: 1 is public, 2 shared, 3 restricted, 4 both public and restricted; 5 has no record.
_RECORDS = ((1, 1, 0), (2, 2, 1), (3, 3, 2), (4, 3, 2), (4, 1, 0))
_DELIVERY = """
INSERT INTO ledger_delivery (public_id, file_digest, contract_digest, catalogue_digest, rows, loaded, corrections,
    subject_only, already, kept_out, refused, reported, vanished, rules, source_id, event_id)
VALUES (gen_random_uuid(), '', '', '', 6, 5, 0, 1, 0, 0, 0, 0, 0, '{}', 1, 1);
INSERT INTO ledger_position (number, event_id, root, chain) VALUES (0, 1, '', '');
"""


def _fill(lease: Lease) -> None:
    with psycopg.connect(lease.dsn(Role.APP)) as app:
        app.execute(_EVENT)
        for row, (subject, item, access) in enumerate(_RECORDS, (1 << 32) + 2):
            body = f'{{"instrument":{{"register":true}},"row":{row}}}'
            app.execute(
                "INSERT INTO ledger_record (id, public_id, source_id, source_key, revision, leaf) VALUES"
                " (%s, gen_random_uuid(), 1, gen_random_uuid(), 1, sha256(decode(repeat('00', 16), 'hex')"
                " || convert_to(%s, 'UTF8')))",
                (row, body),
            )
            app.execute(
                "INSERT INTO ledger_content (record_id, subject_id, item_id, access, digest, salt, body) VALUES"
                " (%s, %s, %s, %s, gen_random_uuid(), decode(repeat('00', 16), 'hex'), %s)",
                (row, subject, item, access, body),
            )
        app.execute(_DELIVERY)


def test_an_older_ledger_closes_what_only_closed_records_say(scratch: Lease, tmp_path: Path) -> None:
    point_django_at(scratch)
    call_command("migrate", "ledger", "0002", database="owner", verbosity=0)
    _fill(scratch)
    call_command("migrate", database="owner", verbosity=0)
    collector = Reader(Access.RESTRICTED, frozenset({"cn/named"}))
    inspector = Reader(Access.RESTRICTED)
    known = {
        reader: {n for n in range(1, 6) if find_subject(f"S{n}", reader) and find_subject(f"OLD{n}", reader)}
        for reader in (Reader.public(), Reader(Access.SHARED), collector, inspector)
    }
    # The fifth has no record, and may have been in the file for any: it is as closed as the most closed of these.
    assert list(known.values()) == [{1, 4}, {1, 2, 4}, {1, 2, 3, 4, 5}, {1, 2, 4}]
    assert [search(f"NAME {n}").total for n in range(1, 6)] == [1, 0, 0, 1, 0]
    assert list(SubjectName.objects.order_by("id").values_list("access", flat=True)) == [0, 1, 2, 0, 2]
    found = {one.code for one in check(Home.open(tmp_path / "home")).findings}
    assert found <= {"GS-LEDGER-068"}, (
        "roots, guards and classes hold; these contents say nothing of subjects"
    )
    connections.close_all()
