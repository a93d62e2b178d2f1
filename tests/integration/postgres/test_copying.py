"""COPY in and out gives back the same bytes."""

from __future__ import annotations

import io
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from goodstanding.postgres import Lease, Role, copy_csv, copy_out

ROWS = '1,"一家 ""公司"", 有限",\n2,plain,2020-01-31\n'.encode()


@pytest.mark.parametrize("pieces", [[ROWS], [ROWS[:9], b"", ROWS[9:]]], ids=["whole", "cut in a character"])
def test_pieces_of_bytes(scratch: Lease, pieces: list[bytes]) -> None:
    with psycopg.connect(scratch.dsn(Role.OWNER)) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE firm (n integer, name text, since date)")
        assert copy_csv(cursor, "firm", ["n", "name", "since"], pieces) == 2
        target = io.BytesIO()
        assert copy_out(cursor, sql.SQL("SELECT * FROM firm ORDER BY n"), target) == 2
        assert target.getvalue() == ROWS


def test_a_file_with_a_header_larger_than_a_piece(scratch: Lease, tmp_path: Path) -> None:
    file = tmp_path / "firms.csv"
    file.write_bytes(b"n,name\n" + b"".join(b"%d,%s\n" % (n, b"x" * 90) for n in range(20000)))
    with psycopg.connect(scratch.dsn(Role.OWNER)) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE firm (n integer, name text)")
        table = sql.Identifier("public", "firm")
        assert copy_csv(cursor, table, ["n", "name"], file, header=True) == 20000
        assert cursor.execute("SELECT sum(n) FROM firm").fetchone() == (199990000,)
        target = io.BytesIO()
        query = sql.SQL("SELECT n, name FROM firm ORDER BY n")
        assert copy_out(cursor, query, target, header=True) == 20000
        assert target.getvalue() == file.read_bytes()


def test_a_bad_row_loads_nothing(scratch: Lease) -> None:
    with psycopg.connect(scratch.dsn(Role.OWNER), autocommit=True) as connection:
        connection.execute("CREATE TABLE firm (n integer)")
        with pytest.raises(psycopg.errors.InvalidTextRepresentation), connection.cursor() as cursor:
            copy_csv(cursor, "firm", ["n"], [b"1\n2\nx\n"])
        assert connection.execute("SELECT count(*) FROM firm").fetchone() == (0,)
